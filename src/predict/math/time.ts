import { DAY_MS } from '../../model/time.ts';

export { DAY_MS, HOUR_MS, WEEK_MS } from '../../model/time.ts';
/** Length of `from`..`to` in days; may be negative. */
export const daysBetween = (fromMs: number, toMs: number): number => (toMs - fromMs) / DAY_MS;
