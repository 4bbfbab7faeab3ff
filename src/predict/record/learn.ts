import type { DealFacts, MeasureContext } from '../../model/facts.ts';
import { withLevel } from '../forecast/replay.ts';
import type { PastOrigin } from '../math/past-level.ts';
import type { PartnerTraits } from '../win/model/effects.ts';
import { addWinDeal, finishWinFit, startWinFit, type WinFit } from '../win/model/fit.ts';
import { winHorizons } from '../win/model/horizons.ts';
import { winMoment } from '../win/model/moment.ts';
import { addDeal, startPool } from '../win/pool-fit.ts';
import { finishPool } from '../win/pool-finish.ts';
import type { PoolFit } from '../win/pool-counts.ts';
import type { PoolModel } from '../win/pool-model.ts';

/** What a run at the context's moment learns from deals, which come in any order and page. */
export interface Learning {
  pool: PoolFit;
  win: WinFit;
}

/** An empty fit of the week's win model; `deals` = how many are known at the moment. */
export function startWeek(context: MeasureContext, deals: number): WinFit {
  const week = winMoment(context);
  return startWinFit(week.asOfMs, winHorizons(week), undefined, deals);
}

export const startLearning = (context: MeasureContext, deals: number): Learning => ({
  pool: startPool(context),
  win: startWeek(context, deals),
});

export function learnDeal({ pool, win }: Learning, deal: DealFacts, context: MeasureContext): void {
  addDeal(pool, deal);
  addWinDeal(win, deal, context);
}

/** The model of the moment: the week's win model put to it, at the level that `past` teaches. */
export function learned(
  { pool, win }: Learning,
  past: readonly PastOrigin[],
  context: MeasureContext,
  traits: PartnerTraits = new Map(),
): PoolModel {
  const model = finishWinFit(win, winMoment(context), traits);
  return withLevel(finishPool(pool, { ...model, asOfMs: context.asOfMs }), past, context);
}
