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
