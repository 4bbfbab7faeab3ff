import type { AlertRule, Measured } from '../../model/alert.ts';
import { speechOf } from '../../predict/index.ts';
import { forecastOfRun } from '../../store/past-results.ts';
import { dealScorePage, partnerScorePage } from '../../store/results.ts';
import { ownersOfSubjects } from '../../store/alert-names.ts';
import type { Store } from '../../store/store.ts';
import { dealValues, partnerValues } from '../../writeback/values.ts';
import { spokenSettings } from '../measure/spoken.ts';

/** Scores that are in memory at once. */
const PAGE = 500;

/** Numbers of a score under the names that rules use: its outputs and its metrics. */
function numbersOf(
  values: Record<string, unknown>,
  kpis: readonly { kpi: string; value: number | null }[],
  wanted: ReadonlySet<string>,
): [on: string, value: number][] {
  const named = [...Object.entries(values), ...kpis.map(({ kpi, value }) => [kpi, value] as const)];
  return named.flatMap(([on, value]): [string, number][] =>
    wanted.has(on) && typeof value === 'number' && Number.isFinite(value) ? [[on, value]] : [],
  );
}

/** The numbers of all scores, a page of them in memory at a time. */
async function numbersOfAll<Score>(
  pageAfter: (id: string) => Promise<Score[]>,
  of: (score: Score) => { subject: string; id: string; numbers: [on: string, value: number][] },
): Promise<Omit<Measured, 'ownerId'>[]> {
  const found: Omit<Measured, 'ownerId'>[] = [];
  let after = '';
  for (;;) {
    const page = (await pageAfter(after)).map(of);
    for (const { subject, numbers } of page)
      found.push(...numbers.map(([on, value]) => ({ on, subject, value })));
    if (page.length < PAGE) return found;
    after = page.at(-1)!.id;
  }
}

/**
 * What rules watch of the partners of a run, and of its open deals where it is the last: scores of
 * deals are kept of no other.
 */
export async function measuredInRun(
  store: Store,
  connectionId: string,
  runId: string,
  rules: readonly AlertRule[],
): Promise<Measured[]> {
  const wanted = new Set(rules.map(({ on }) => on));
  const forecast = await forecastOfRun(store, connectionId, runId);
  const settings = await spokenSettings(store, connectionId);
  const speech = speechOf({ ...settings, asOfMs: forecast?.asOfMs ?? 0 });
  const partners = await numbersOfAll(
    async (after) => await partnerScorePage(store, connectionId, runId, after, PAGE),
    (score) => ({
      subject: `partner:${score.partnerId}`,
      id: score.partnerId,
      numbers: numbersOf(partnerValues(score, speech), score.kpis, wanted),
    }),
  );
  const deals = [...wanted].some((on) => on.startsWith('deal.'))
    ? await numbersOfAll(
        async (after) => await dealScorePage(store, connectionId, runId, after, PAGE),
        (score) => ({
          subject: `deal:${score.dealId}`,
          id: score.dealId,
          numbers: numbersOf(dealValues(score, speech), [], wanted),
        }),
      )
    : [];
  const found = [...partners, ...deals];
  const owners = await ownersOfSubjects(
    store,
    connectionId,
    found.map(({ subject }) => subject),
  );
  return found.map((one) => ({ ...one, ownerId: owners.get(one.subject) ?? null }));
}
