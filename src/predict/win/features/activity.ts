import { exp, log1p } from '../../../model/real-math.ts';
import { clamp } from '../../math/numeric.ts';
import { DAY_MS } from '../../math/time.ts';
import type { FeatureGroup, Put } from './group.ts';

/** Windows of the counts, days. */
const WINDOWS = [3, 7, 14];
/**
 * A count leaves its window bit by bit, from three quarters of it to five: at a hard edge a chance
 * would move on a day on which nothing happened.
 */
const WINDOW_EDGE = 0.25;
const inWindow = (days: number, window: number): number =>
  clamp((1 + WINDOW_EDGE - days / window) / (2 * WINDOW_EDGE), 0, 1);
/** Half lives of the decayed counts, days: what a count of the last days misses by its edge. */
const HALF_LIVES = [2, 4, 7];
/** Window and decay of counts by kind. */
const KIND_WINDOW = 7;
const KIND_HALF_LIFE = 4;

/** Counts within windows and with decays, of all activities or of one kind. */
class Tally {
  all = 0;
  readonly within: number[];
  readonly faded: number[];
  private readonly windows: readonly number[];
  private readonly halfLives: readonly number[];
  constructor(windows: readonly number[], halfLives: readonly number[]) {
    this.windows = windows;
    this.halfLives = halfLives;
    this.within = windows.map(() => 0);
    this.faded = halfLives.map(() => 0);
  }
  add(days: number): void {
    this.all++;
    this.windows.forEach((window, i) => {
      this.within[i]! += inWindow(days, window);
    });
    this.halfLives.forEach((halfLife, i) => {
      this.faded[i]! += exp((-Math.LN2 * days) / halfLife);
    });
  }
}

/** Work of fewer minutes than this reached nobody: a call that was not answered, a note. */
const REACHED_MINUTES = 2;

/**
 * How long the last piece of work took, and how long ago one was long enough to have reached
 * somebody.
 */
function spentTime(): { add(minutes: number | null, daysAgo: number): void; tell(put: Put): void } {
  let last = NaN;
  let reached = 0;
  let reachedDays = NaN;
  return {
    add(minutes, daysAgo) {
      if (minutes === null || !(minutes >= 0)) return;
      last = log1p(minutes);
      if (minutes < REACHED_MINUTES) return;
      reached++;
      reachedDays = daysAgo;
    },
    tell(put) {
      put.number('lastMinutes', last);
      put.number('reached', reached);
      put.number('reachedDays', reachedDays);
    },
  };
}

/** How much was done on the deal, by whom and of what kind, of late and in all. */
export const activityFeatures: FeatureGroup = (history, atMs, put, { activities }) => {
  const all = new Tally(WINDOWS, HALF_LIVES);
  const kinds = new Map(
    activities.map((kind) => [kind, new Tally([KIND_WINDOW], [KIND_HALF_LIFE])]),
  );
  const people = new Set<string>();
  const sides = { buyer: 0, partner: 0, vendor: 0 };
  const spent = spentTime();
  let last = '';
  for (const [at, kind, byId, minutes, side] of history.activities) {
    if (at > atMs) break;
    const days = (atMs - at) / DAY_MS;
    last = kind;
    all.add(days);
    kinds.get(kind)?.add(days);
    spent.add(minutes, days);
    if (byId !== null) people.add(byId);
    if (side !== null) sides[side]++;
  }
  put.number('activities', all.all);
  WINDOWS.forEach((window, i) => put.number(`activities${window}d`, all.within[i]!));
  HALF_LIVES.forEach((days, i) => put.number(`activitiesFaded${days}d`, all.faded[i]!));
  put.number('people', people.size);
  put.number('activitiesBuyer', sides.buyer);
  put.number('activitiesPartner', sides.partner);
  spent.tell(put);
  put.word('lastActivity', last);
  for (const [kind, tally] of kinds) {
    put.number(`activities:${kind}`, tally.all);
    put.number(`activities7d:${kind}`, tally.within[0]!);
    put.number(`activitiesFaded:${kind}`, tally.faded[0]!);
  }
};
