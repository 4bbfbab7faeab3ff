import type { Panel } from './panel.ts';
import { sampleOf, snapshotOf, type Interval, type Sample } from './sample.ts';

/**
 * A past moment at which the model could have been fitted, and what it would then have said about.
 */
export interface Origin {
  /** Days before the panel's moment. */
  daysBack: number;
  train: Sample;
  test: Sample;
}

/** Weekly origins looked back on: enough for a standard error, few enough to refit at each. */
const MAX_ORIGINS = 6;
/**
 * Origins of a long horizon lie this share of it apart, since nearer ones see the same outcomes.
 */
const SPACING_SHARE = 1 / 4;
/** Rows that a contest trains on: what wins on these wins on all, and every origin costs a fit. */
const CONTEST_ROWS = 15_000;
/** What wins on a small part of today's snapshots need not win on all of them. */
const MIN_TRAIN_SHARE = 0.25;
/** An origin with fewer open deals than this says nothing. */
const MIN_TEST_DEALS = 30;
/**
 * Won and lost deals below which a model of many columns cannot hold: about ten for each of thirty
 * columns.
 */
export const MIN_RESOLVED_DEALS = 300;

/** Deals whose outcome was known so many days before the panel's moment. */
export function resolvedDeals(panel: Panel, cutDays: number): number {
  let deals = 0;
  let last = -1;
  for (let row = 0; row < panel.rows; row++) {
    if (panel.deal[row] === last) continue;
    const days = Math.min(panel.wonDays[row]!, panel.lostDays[row]!);
    if (days > panel.daysBack[row]! - cutDays) continue;
    last = panel.deal[row]!;
    deals++;
  }
  return deals;
}

const hasBoth = ({ y }: Sample): boolean => y.includes(1) && y.includes(0);

function spacingDays({ toDays }: Interval): number {
  return 7 * Math.max(1, Math.round((toDays * SPACING_SHARE) / 7));
}

/** The last complete origins of an interval, latest first; each trains on what was known at it. */
export function originsOf(panel: Panel, interval: Interval, newestDays: number): Origin[] {
  const found: Origin[] = [];
  const now = sampleOf(panel, interval, 0).rows.length;
  for (let i = 0; i < MAX_ORIGINS; i++) {
    const wanted = interval.toDays + i * spacingDays(interval);
    // The snapshots stand every few days; the next older one is complete too.
    const steps = Math.ceil((wanted - newestDays) / panel.everyDays);
    const daysBack = newestDays + panel.everyDays * Math.max(0, steps);
    const test = snapshotOf(panel, interval, daysBack);
    if (resolvedDeals(panel, daysBack) < MIN_RESOLVED_DEALS) break;
    const all = sampleOf(panel, interval, daysBack);
    const every = Math.ceil(all.rows.length / CONTEST_ROWS);
    const train = every > 1 ? sampleOf(panel, interval, daysBack, every) : all;
    if (!hasBoth(train) || all.rows.length < MIN_TRAIN_SHARE * now) break;
    if (test.rows.length >= MIN_TEST_DEALS) found.push({ daysBack, train, test });
  }
  return found;
}
