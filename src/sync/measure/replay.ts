import type { MeasureContext } from '../../model/facts.ts';
import {
  addDeal,
  addWinDeal,
  finishReplayWin,
  finishReplay,
  newReplay,
  replayContexts,
  replayDirect,
  replayPartner,
  replayPool,
  startPool,
  startReplayWin,
  type PastOrigin,
  type WinModel,
} from '../../predict/index.ts';
import { dealPage, partnerPage } from '../../store/facts.ts';
import { readScratch, saveScratch } from '../../store/scratch.ts';
import type { RunContext } from '../run/context.ts';
import {
  DEAL_PAGE,
  PARTNER_PAGE,
  PARTNER_PAGE_DEALS,
  REPLAY_DEALS,
  REPLAY_PERIODS_PER_STEP,
} from '../run/limits.ts';
import { moneyOf, secondPartners } from './link.ts';
import { measureContext } from './measure-context.ts';

export interface ReplayStep {
  n: number;
  /** Past forecasts made again. */
  origins: number;
  done: boolean;
}

const pastName = (n: number): string => `past ${n}`;

/**
 * Makes the forecasts of a few finished periods again, as of then, and holds them against what
 * came. How many periods follows from the deals of the org, so that a run stays a run: each costs
 * two readings of all deals. The same rows give the same origins, whatever ran before.
 */
export async function replayPast(
  context: RunContext,
  deals: number,
  previous: ReplayStep | null,
): Promise<ReplayStep> {
  const { store, runId } = context;
  const n = (previous?.n ?? 0) + 1;
  const byPeriod = [
    ...Map.groupBy(
      replayContexts(await measureContext(context)),
      ({ period }) => period.endMs,
    ).values(),
  ];
  const affordable = byPeriod.slice(0, Math.floor(REPLAY_DEALS / Math.max(1, deals)));
  const mine = affordable.slice((n - 1) * REPLAY_PERIODS_PER_STEP, n * REPLAY_PERIODS_PER_STEP);
  const found = await replayOrigins(context, mine.flat(), deals);
  await store.batch(saveScratch(store, runId, pastName(n), found));
  return {
    n,
    origins: (previous?.origins ?? 0) + found.length,
    done: n * REPLAY_PERIODS_PER_STEP >= affordable.length,
  };
}

/** Replays origins together: the deals are read once for all fits, then once for what they say. */
async function replayOrigins(
  context: RunContext,
  contexts: readonly MeasureContext[],
  deals: number,
): Promise<PastOrigin[]> {
  if (contexts.length === 0) return [];
  const { store, connectionId } = context;
  const fits = contexts.map(startPool);
  const wins = new Map(
    contexts.map((origin) => [
      origin.period.endMs,
      { origin, fit: startReplayWin(origin, deals), model: null as WinModel | null },
    ]),
  );
  await eachDealPage(context, false, (page) => {
    for (const deal of page) {
      for (const fit of fits) addDeal(fit, deal);
      for (const { fit, origin } of wins.values()) addWinDeal(fit, deal, origin);
    }
  });
  for (const win of wins.values()) {
    win.fit.seen = deals;
    win.model = finishReplayWin(win.fit, win.origin);
  }
  const origins = contexts.map((origin, i) => ({
    origin,
    pool: replayPool(fits[i]!, wins.get(origin.period.endMs)!.model, origin),
    sums: newReplay(),
  }));
  // The account's deals come with the first of its partners.
  const second = await secondPartners(context);
  for (let after = ''; ; ) {
    const page = await partnerPage(
      store,
      connectionId,
      after,
      PARTNER_PAGE,
      moneyOf(context),
      PARTNER_PAGE_DEALS,
    );
    if (page.length === 0) break;
    for (const partner of page)
      if (!second.has(partner.id))
        for (const { sums, pool, origin } of origins) replayPartner(sums, partner, pool, origin);
    after = page.at(-1)!.id;
  }
  await eachDealPage(context, true, (page) => {
    for (const { sums, pool, origin } of origins) replayDirect(sums, page, pool, origin);
  });
  return origins.flatMap(({ sums, pool, origin }) => finishReplay(sums, pool, origin) ?? []);
}

async function eachDealPage(
  { store, connectionId }: RunContext,
  direct: boolean,
  use: (page: Awaited<ReturnType<typeof dealPage>>) => void,
): Promise<void> {
  for (let after = ''; ; ) {
    const page = await dealPage(store, connectionId, after, DEAL_PAGE, direct);
    use(page);
    if (page.length < DEAL_PAGE) return;
    after = page.at(-1)!.id;
  }
}

/** All past origins that the run replayed. */
export async function pastOrigins(context: RunContext): Promise<PastOrigin[]> {
  const found: PastOrigin[] = [];
  for (let n = 1; ; n++) {
    const part = await readScratch(context.store, context.runId, pastName(n));
    if (part === undefined) return found;
    found.push(...(part as PastOrigin[]));
  }
}
