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
  const found: Omit<Measured, 'ownerId'>[] = [];
  for (let after = '', full = true; full; ) {
    const page = await partnerScorePage(store, connectionId, runId, after, PAGE);
    for (const score of page)
      for (const [on, value] of numbersOf(partnerValues(score, speech), score.kpis, wanted))
        found.push({ on, subject: `partner:${score.partnerId}`, value });
    after = page.at(-1)?.partnerId ?? '';
    full = page.length === PAGE;
  }
  const deals = [...wanted].some((on) => on.startsWith('deal.'));
  for (let after = '', full = deals; full; ) {
    const page = await dealScorePage(store, connectionId, runId, after, PAGE);
    for (const score of page)
      for (const [on, value] of numbersOf(dealValues(score, speech), [], wanted))
        found.push({ on, subject: `deal:${score.dealId}`, value });
    after = page.at(-1)?.dealId ?? '';
    full = page.length === PAGE;
  }
  const owners = await ownersOfSubjects(
    store,
    connectionId,
    found.map(({ subject }) => subject),
  );
  return found.map((one) => ({ ...one, ownerId: owners.get(one.subject) ?? null }));
}
