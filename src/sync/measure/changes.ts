import type { ChangeReport, ChangeSince, PartnerChange, Waterfall } from '../../model/change.ts';
import type { PartnerFacts } from '../../model/facts.ts';
import type { PartnerScore } from '../../model/score.ts';
import {
  addWaterfalls,
  directFresh,
  directTurns,
  forecastWaterfall,
  NO_WATERFALL,
  partnerChange,
  type SaidOf,
} from '../../predict/index.ts';
import { dealPage, partnerPage, partnersById } from '../../store/facts.ts';
import { listFindings } from '../../store/findings.ts';
import { scoresOfRun } from '../../store/past-results.ts';
import { DEAL_PAGE, PARTNER_PAGE, PARTNER_PAGE_DEALS } from '../run/limits.ts';
import { othersTurn } from '../run/turn.ts';
import type { ChangePlace } from './change-place.ts';

/** Goes on from page to page, so that a run can do it in steps. */
export interface ChangePages {
  pass: 'partners' | 'direct';
  after: string;
  forecast: Waterfall;
  partners: PartnerChange[];
  done: boolean;
}

/** Code of the finding that a partner stands for an account for which another one does. */
const SHARED = 'SHARED_ACCOUNT';

const START: ChangePages = {
  pass: 'partners',
  after: '',
  forecast: NO_WATERFALL,
  partners: [],
  done: false,
};

const moneyOf = ({ currency, to }: ChangePlace) => ({
  reportingCurrency: currency,
  asOfMs: to.asOfMs,
});
const turnedIn = ({ then, now }: ChangePlace): boolean =>
  then.context.period.endMs !== now.context.period.endMs;

const moved = ({ score, health, forecast }: PartnerChange): boolean =>
  [score, health, forecast].some(({ steps }) => steps.length > 0);
const size = ({ score }: PartnerChange): number =>
  Math.abs((score.after ?? 0) - (score.before ?? 0));
const byMove = (a: PartnerChange, b: PartnerChange): number =>
  size(b) - size(a) || (a.partnerId < b.partnerId ? -1 : 1);

const saidOf = ({ score, planHealth }: PartnerScore): SaidOf => ({
  score,
  health: planHealth.health,
});

/** Changes of a page of partners, each with what its borrowed deals did. */
async function ofPartners(
  place: ChangePlace,
  page: PartnerFacts[],
): Promise<ReturnType<typeof partnerChange>[]> {
  const { store, connectionId, from, to, then, now } = place;
  const ids = page.map((partner) => partner.id);
  const [was, is] = [
    await scoresOfRun(store, connectionId, from.runId, ids),
    await scoresOfRun(store, connectionId, to.runId, ids),
  ];
  const found: ReturnType<typeof partnerChange>[] = [];
  for (const partner of page) {
    const [before, after] = [was.get(partner.id), is.get(partner.id)];
    const said = before && after ? { then: saidOf(before), now: saidOf(after) } : null;
    found.push(partnerChange(partner, then, now, said));
    await othersTurn();
  }
  return found;
}

/** One page more; `keep` = so many partners, those that moved most. */
export async function changePage(
  place: ChangePlace,
  previous: ChangePages | null,
  keep: number,
): Promise<ChangePages> {
  const { store, connectionId, then, now } = place;
  const step = { ...(previous ?? START) };
  const turned = turnedIn(place);
  if (step.pass === 'direct') {
    const page = await dealPage(store, connectionId, step.after, DEAL_PAGE, true);
    const own = forecastWaterfall(directTurns(page, then, now), turned);
    return {
      ...step,
      after: page.at(-1)?.id ?? step.after,
      forecast: addWaterfalls(step.forecast, own),
      done: page.length < DEAL_PAGE,
    };
  }
  const page = await partnerPage(
    ...([store, connectionId, step.after, PARTNER_PAGE, moneyOf(place)] as const),
    PARTNER_PAGE_DEALS,
  );
  if (page.length === 0) {
    const fresh = forecastWaterfall(directFresh(then, now), turned);
    return { ...step, pass: 'direct', after: '', forecast: addWaterfalls(step.forecast, fresh) };
  }
  // The second partner of an account shows what the first does; the deals count once.
  const findings = await listFindings(store, connectionId);
  const second = new Set(findings.filter((one) => one.code === SHARED).map((one) => one.id));
  const found = await ofPartners(place, page);
  for (const { partnerId, forecast, borrowed } of found)
    if (!second.has(partnerId))
      step.forecast = addWaterfalls(step.forecast, addWaterfalls(forecast, borrowed));
  const changed = found.map(({ borrowed: _, ...change }) => change).filter(moved);
  return {
    ...step,
    after: page.at(-1)!.id,
    partners: [...step.partners, ...changed].sort(byMove).slice(0, keep),
  };
}

/**
 * Why scores, plan health and forecast are others than at an earlier run. Each partner is looked at
 * three to five times, some 10 ms, and others get a turn after it; `ids` = of these partners alone,
 * without the forecast of all.
 */
export async function changesSince(
  place: ChangePlace,
  since: ChangeSince,
  ids: string[] | null,
  progress: (partners: number) => void = () => {},
): Promise<ChangeReport> {
  const { store, connectionId, currency, from, to } = place;
  const report = {
    ...{ since, currency, turned: turnedIn(place) },
    ...{ fromRun: from.runId, toRun: to.runId, fromMs: from.asOfMs, toMs: to.asOfMs },
  };
  if (ids !== null) {
    const page = await partnersById(store, connectionId, ids, moneyOf(place));
    const partners = (await ofPartners(place, page)).map(({ borrowed: _, ...change }) => change);
    return { ...report, forecast: NO_WATERFALL, partners };
  }
  let step: ChangePages | null = null;
  let looked = 0;
  while (step === null || !step.done) {
    step = await changePage(place, step, Infinity);
    progress((looked += PARTNER_PAGE));
  }
  return { ...report, forecast: step.forecast, partners: step.partners };
}
