import type { DealState } from '../deal/deal-at.ts';
import { DAY_MS } from '../math/time.ts';
import { historyOf } from './features/history.ts';
import { inputsOf } from './model/effects.ts';
import { winCurve } from './model/probability.ts';
import { viewOf } from './model/win-model.ts';
import type { PoolModel } from './pool-model.ts';
import { stallState, type StallState } from './stall/risk.ts';
import { decides, sellingWeeks, tableChance } from './win-chance.ts';

/** Days ahead by which a tenth, half and nine tenths of a deal's chance of ever being won fall. */
interface ClosingDays {
  early: number;
  middle: number;
  late: number;
}

/** What is won later than this is taken as never won. */
const EVER_DAYS = 728;
/** A chance below this has no day to expect. */
const LEAST_CHANCE = 1e-6;

/** By bisection on whole days, since the chance never falls with time. */
function closingDays(within: (days: number) => number): ClosingDays | null {
  const ever = within(EVER_DAYS);
  if (!(ever > LEAST_CHANCE)) return null;
  const by = (share: number): number => {
    let [low, high] = [0, EVER_DAYS];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (within(middle) >= share * ever) high = middle;
      else low = middle;
    }
    return high;
  };
  return { early: by(0.1), middle: by(0.5), late: by(0.9) };
}

/** What lies ahead of an open deal beside its win. */
export interface DealOutlook {
  closing: ClosingDays | null;
  /** Null = no stall model. */
  stall: StallState | null;
}

export function dealOutlook(state: DealState, pool: PoolModel): DealOutlook {
  const { win } = pool;
  const history = win === null ? null : historyOf(state.deal, win.asOfMs, viewOf(win));
  const stall = win === null || history === null ? null : stallState(win, history);
  if (win !== null && history !== null && decides(win)) {
    return { closing: closingDays(winCurve(win, history, inputsOf(history, new Map()))), stall };
  }
  const within = (days: number): number =>
    tableChance(state, pool, sellingWeeks(pool, pool.asOfMs + days * DAY_MS));
  return { closing: closingDays(within), stall };
}
