import { exp, log } from '../../model/real-math.ts';
import type { DealState } from '../deal/deal-at.ts';
import { addExact, exactSum, exactValue, type ExactSum } from '../math/exact-sum.ts';
import type { Followed } from '../math/survival.ts';
import { SNAPSHOT_PSEUDO_DEALS } from '../tuning.ts';
import { largestSaid } from './worth.ts';

/** Deals of one outcome, and the logs of their amounts as far as those are known. */
interface Sizes {
  deals: number;
  sized: number;
  logs: ExactSum;
}
/** What became of one partner's deals, or of those without one. */
export interface Ends {
  won: Sizes;
  lost: Sizes;
}

const noSizes = (): Sizes => ({ deals: 0, sized: 0, logs: [] });
export const noEnds = (): Ends => ({ won: noSizes(), lost: noSizes() });

/** Counts a closed deal by what was won of it, or by the most that was ever said of what was lost. */
export function addEnd(ends: Ends, state: DealState): void {
  if (state.outcome === 'open') return;
  const sizes = ends[state.outcome];
  const amount = state.outcome === 'won' ? (state.amount ?? 0) : largestSaid(state);
  sizes.deals++;
  if (!(amount > 0)) return;
  sizes.sized++;
  addExact(sizes.logs, log(amount));
}

interface Beside {
  wins: number;
  /** Log of the size of its wins over that of its losses, and the deals that this rests on. */
  ratio: number;
  deals: number;
}

function besideLosses({ won, lost }: Ends): Beside {
  const deals = won.sized > 0 && lost.sized > 0 ? 2 / (1 / won.sized + 1 / lost.sized) : 0;
  const meanOf = ({ logs, sized }: Sizes): number => exactValue(logs) / sized;
  return { wins: won.deals, deals, ratio: deals > 0 ? meanOf(won) - meanOf(lost) : 0 };
}

/** The ratio that as many deals lie below as above, which no single partner moves far. */
function usualRatio(all: readonly Beside[]): number {
  const sorted = all.filter(({ deals }) => deals > 0).sort((a, b) => a.ratio - b.ratio);
  const half = exactSum(sorted.map(({ deals }) => deals)) / 2;
  let reached = 0;
  for (const { ratio, deals } of sorted) {
    reached += deals;
    if (reached >= half) return ratio;
  }
  return 0;
}

/**
 * What a snapshot of a won deal counts for beside one of any other. Snapshots are counted as deals
 * are read, each once, so that a partner that cuts its wins into parts would bring many of them. It
 * shows in its wins being smaller beside its losses than is usual: by so much less they count. What
 * sizes have to do with outcomes for everybody moves nothing, and few deals move little.
 */
export function winWeight(partners: Iterable<Ends>): number {
  const all = [...partners].map(besideLosses);
  const usual = usualRatio(all);
  const wins = all.reduce((sum, one) => sum + one.wins, 0);
  const weights = all.map(
    ({ wins: own, ratio, deals }) =>
      own * exp(((ratio - usual) * deals) / (deals + SNAPSHOT_PSEUDO_DEALS)),
  );
  return wins === 0 ? 1 : exactSum(weights) / wins;
}

/** The same snapshots with those of wins for what they count; their number stays, as evidence. */
export function weighed({ won, lost, open, total }: Followed, winsCount: number): Followed {
  const sum = won.reduce((a, b) => a + b, 0);
  const worth = total + (winsCount - 1) * sum;
  const scale = worth > 0 ? total / worth : 1;
  const times = (counts: readonly number[], weight: number): number[] =>
    counts.map((count) => count * weight);
  return {
    won: times(won, scale * winsCount),
    lost: times(lost, scale),
    open: times(open, scale),
    total,
  };
}
