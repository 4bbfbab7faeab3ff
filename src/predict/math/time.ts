/** Days inside are plain 24-hour spans; only calendar.ts knows about zones. */
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;
/** Length of `from`..`to` in days; may be negative. */
export const daysBetween = (fromMs: number, toMs: number): number => (toMs - fromMs) / DAY_MS;
