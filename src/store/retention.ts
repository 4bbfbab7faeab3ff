import { DAY_MS, HOUR_MS } from '../model/time.ts';

/**
 * How long each kind of history is kept: the one place of these times (docs/retention.md says the
 * same to people). A run every quarter of an hour scores every partner a hundred times a day, and
 * the track record needs one of them.
 */

/**
 * Scores, models and forecasts stay of every run for so long, then of the last run of an hour, of a
 * day, and of a month for good. The last run of a forecast's period stays for good, whatever the
 * month of UTC it fell in: a period that has closed is kept as it stood.
 */
export const EVERY_RUN_MS = 6 * HOUR_MS;
export const HOURLY_MS = 2 * DAY_MS;
export const DAILY_MS = 92 * DAY_MS;

/** Steps tell how a run went, and a failed one takes them up again; nobody asks after a month. */
export const STEPS_MS = 31 * DAY_MS;
/** Of a quiet run, which ended well and had nothing to write, there is little to ask. */
export const QUIET_STEPS_MS = 2 * DAY_MS;

const HALF_A_YEAR_MS = 183 * DAY_MS;
/**
 * A run can be shown and undone for half a year; then its intents and receipts go, and the ledger
 * alone says what we wrote last. A quiet one has nothing to undo.
 */
export const RUNS_MS = HALF_A_YEAR_MS;
export const QUIET_RUNS_MS = 31 * DAY_MS;

/** Versions of documents stay as long as a run that used them, and so long after the next one. */
export const DOCUMENTS_MS = HALF_A_YEAR_MS;

/** Alerts that were sent or given up: a cooldown may last a year. */
export const ALERTS_MS = 730 * DAY_MS;
/** What was muted, by whom and why, after the muting ended. */
export const MUTES_MS = HALF_A_YEAR_MS;

/** A replaced fit stays as long as a dry run with another mapping may take turns with real ones. */
export const REPLACED_FIT_MS = 2 * DAY_MS;
/**
 * How long after its moment a fit may be asked for: a win model serves a week, a period nine
 * quarters.
 */
export const FIT_ASKED_MS = { win: 15 * DAY_MS, past: 9 * 92 * DAY_MS } as const;
