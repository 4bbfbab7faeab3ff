import { log1p } from '../../model/real-math.ts';
import { curveAt } from '../math/survival.ts';
import { AGE_EDGES_DAYS } from '../tuning.ts';

/** Cumulative chance of a win by weeks from now, and the number of different past deals behind it. */
export interface WinCurve {
  win: number[];
  deals: number;
}

/** Bucket of days in stage: 0 = up to the first edge. */
export function ageBucket(stageDays: number): number {
  let bucket = 0;
  while (bucket < AGE_EDGES_DAYS.length && stageDays >= AGE_EDGES_DAYS[bucket]!) bucket++;
  return bucket;
}

/** Where each bucket's own curve holds: half way between its edges, in the log of days. */
const CENTRES = [...AGE_EDGES_DAYS, 2 * AGE_EDGES_DAYS.at(-1)!].map(
  (edge, bucket) => (log1p(AGE_EDGES_DAYS[bucket - 1] ?? 0) + log1p(edge)) / 2,
);

/** Two neighbouring buckets, and the share of the second: at the middle of a bucket it is its own. */
interface Between {
  from: number;
  to: number;
  share: number;
}

function between(stageDays: number): Between {
  const at = log1p(Math.max(0, stageDays));
  const to = CENTRES.findIndex((centre) => centre > at);
  if (to === 0) return { from: 0, to: 0, share: 0 };
  if (to < 0) return { from: CENTRES.length - 1, to: CENTRES.length - 1, share: 0 };
  const [low, high] = [CENTRES[to - 1]!, CENTRES[to]!];
  return { from: to - 1, to, share: (at - low) / (high - low) };
}

/**
 * Cumulative chance of a win within so many weeks after so many days in the stage. Between the
 * middles of two buckets it runs from one to the other: at a hard edge a score would move on a day
 * on which nothing happened.
 */
export function chanceAtAge(ages: readonly WinCurve[], stageDays: number, weeks: number): number {
  const { from, to, share } = between(stageDays);
  const first = curveAt(ages[from]!.win, weeks);
  return share === 0 ? first : first + share * (curveAt(ages[to]!.win, weeks) - first);
}
