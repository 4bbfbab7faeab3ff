/** Lengths of time, in milliseconds; only zone-aware code knows that some days are longer. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const WEEK_MS = 7 * DAY_MS;
/** Thirteen weeks, so that it holds each weekday as often. */
export const QUARTER_MS = 13 * WEEK_MS;
/** Of rates and of look-backs that need no calendar. */
export const YEAR_MS = 365 * DAY_MS;
/** As long as any calendar year: a look-back that must not miss the day a year ago. */
export const LONGEST_YEAR_MS = 366 * DAY_MS;
/** Of ages in years. */
export const MEAN_YEAR_MS = 365.25 * DAY_MS;
