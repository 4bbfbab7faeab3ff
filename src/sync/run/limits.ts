import type { ConnectionDocument } from '../../model/connection.ts';
import { DAY_MS } from '../../model/time.ts';

/**
 * Bounds of one step of a run. A step is what a Worker runs in one go and what a crash can cost;
 * see docs/decisions for the platform's own limits.
 */

/**
 * Pages of CRM rows that one pull step reads (up to 2,000 rows each): tens of milliseconds
 * of CPU and a few calls each.
 */
export const PULL_PAGES_PER_STEP = 5;
/** Rows of one object that the CRM would not give and that a run tries again: each is slow. */
export const UNREAD_ROWS = 50;
/** Records whose links one step reads again: one call for each kind of link. */
export const LINK_PAGE = 1000;
/** Rows that one re-map step maps. */
export const REMAP_PAGE = 1000;
export const REMAP_PAGES_PER_STEP = 10;
/**
 * Deals whose facts are in memory at once, and pages that one fit step adds to the
 * pool: three queries a page.
 */
export const DEAL_PAGE = 1000;
export const FIT_PAGES_PER_STEP = 10;
/** Pages of won deals, or of registrations, that one step credits or compares. */
export const CREDIT_PAGES_PER_STEP = 10;
/** Registrations that are compared with all that share a key with one of them. */
export const CLAIM_PAGE = 500;
/**
 * Deals that a run may read to make past forecasts again; an org of 12,500 deals gets all periods,
 * one of more than this none. Periods replayed in one step.
 */
export const REPLAY_DEALS = 100_000;
export const REPLAY_PERIODS_PER_STEP = 2;
/** Partners whose facts are in memory at once; a partner takes about 6 ms. */
export const PARTNER_PAGE = 50;
export const PARTNER_PAGES_PER_STEP = 4;
/**
 * Deals of the partners that are in memory at once, unless one partner alone has more: the oldest
 * partners, which come first, are often the largest. Some 3 KB each.
 */
export const PARTNER_PAGE_DEALS = 5000;
/** Scored records that one plan step compares. */
export const PLAN_PAGE = 500;
export const PLAN_PAGES_PER_STEP = 10;
/** Write batches that one apply step sends. */
export const APPLY_BATCHES_PER_STEP = 5;
/**
 * An apply step begins no further batch after so many calls: a batch of 200 records that the CRM
 * refuses as a whole is halved in up to 399 calls.
 */
export const APPLY_CALLS_PER_STEP = 100;
/**
 * Pages of ids that one step of an audit asks for. A page takes some CRMs twenty calls,
 * and ids alone little memory.
 */
export const AUDIT_PAGES_PER_STEP = 5;
/**
 * Rows that are read again to close a window that does not count up; a larger one is
 * closed up to its middle first.
 */
export const REREAD_ROWS = 20_000;
/** Ids that one hint step reads again. */
export const HINT_PAGE = 200;
/**
 * Past moments that the first run replays for its record, and deals times moments that it may read
 * for that: a company of 12,500 deals gets all four, one of more than 50,000 none.
 */
export const BACKFILL_ORIGINS = 4;
export const BACKFILL_DEALS = 50_000;
/** Statements of deals or partners that one step settles. */
export const SETTLE_PAGE = 2000;
/**
 * Statements are kept of every day, some 200 bytes each; of a company with more deals than this of
 * every week, since 20,000 open deals would be a gigabyte in a year.
 */
export const STATEMENT_LARGE_DEALS = 20_000;
export const STATEMENT_DAYS_LARGE = 7;
/** Partners up to which each run says what changed since the one before, some 10 ms each. */
export const CHANGE_PARTNERS = 1500;

/**
 * How long what the CRM deleted keeps its names here, unless the connection document says another
 * time: longer than people need to notice a mistake, and short enough to be forgotten. What a CRM
 * restores later brings its names again.
 */
const DELETED_DAYS = 30;
/**
 * Goes of a thousand deleted records of each entity that one run erases; a company that deletes
 * more in a day has them erased by the runs that follow.
 */
export const FORGET_GOES_PER_RUN = 50;
/** Records deleted before this have no names any more. */
export const forgottenBeforeMs = (
  retention: ConnectionDocument['retention'],
  nowMs: number,
): number => nowMs - (retention?.deletedDays ?? DELETED_DAYS) * DAY_MS;
