import { exp, log } from '../../model/real-math.ts';
import type { DealState } from '../deal/deal-at.ts';
import { isWin, lifespanDays } from '../deal/deal-at.ts';
import { addExact, exactSum, exactValue, type ExactSum } from '../math/exact-sum.ts';
import { clamp } from '../math/numeric.ts';
import { curveAt, incidence, shrunkHazards, type Hazards } from '../math/survival.ts';
import { WEEK_MS, daysBetween } from '../math/time.ts';
import * as C from '../tuning.ts';
import {
  followedByWorth,
  WORTH_PARTS,
  worthOf,
  type Fate,
  type Sale,
  type Worth,
} from './worth.ts';

/**
 * How often partners bring deals that move. A verified deal is five times as frequent as a win and
 * half a year earlier, so it tells of growth and silence long before wins do; and a registration
 * that nobody moved is no evidence of either.
 */
export interface PaceFit {
  /** From the verification to the outcome, by weeks. */
  verified: Fate[];
  /**
   * Verified sales of each partner by how many spans ago, latest first, each with how much of it
   * counts there, in parts of a deal.
   */
  moved: Map<string, { sale: Sale; parts: number }[][]>;
  /** Of won deals by partner: logs of amounts, to tell whether partners differ in size. */
  sizes: Map<string, { n: number; sum: ExactSum; squares: ExactSum }>;
  /** Won amounts of partners, each faded by its age. */
  usual: ExactSum;
}

/** What the pool teaches of the pace at which a partner brings deals. Plain JSON. */
export interface PaceModel {
  /** Gamma prior of verified deals per day: mean = shape / days. */
  shape: number;
  days: number;
  /**
   * Variance over mean of what one deal is worth: deals and days are counted in so many, else sizes
   * alone would look as if partners differed.
   */
  spread: number;
  halfLifeDays: number;
  /** Chance that a verified deal is won within a year. */
  winRate: number;
  /** Verified deals of the last half year over what the time before let expect. */
  trend: number;
  /**
   * Relative variance of the pace half a year on: growth, decline and silence of single partners.
   */
  drift: number;
  /** Share of the spread of deal sizes that lies between partners. */
  sizeShare: number;
  /** Won amount of a usual partner in 13 weeks. */
  usual: number;
}

const SPAN_DAYS = 91;
/**
 * A deal passes from one span to the next bit by bit, over so many days about the edge: else every
 * score would move on the day on which some deal of another partner crosses it.
 */
const EDGE_DAYS = 28;
/** Two years of spans, the latest two of which are foretold from the others. */
const SPANS = 8;
const HELD_OUT = 2;

export const startPace = (): PaceFit => ({
  verified: [],
  moved: new Map(),
  sizes: new Map(),
  usual: [],
});

/**
 * When a deal first counted as one that moves; a win without a move on record moved by being won.
 */
export function movedMs(state: DealState): number | null {
  const lifespan = lifespanDays(state);
  if (lifespan !== null && lifespan < C.MIN_LIFESPAN_DAYS) return null;
  return state.provenMs ?? (isWin(state) ? state.closedMs : null);
}

/** What is left of the weight of something `days` ago. */
export const faded = (days: number, halfLifeDays: number): number =>
  exp((-Math.LN2 * Math.max(0, days)) / halfLifeDays);

/** Adds one deal of a partner, as known at `asOfMs`. */
export function addPace(fit: PaceFit, state: DealState, sale: Sale, asOfMs: number): void {
  const partnerId = state.deal.partnerId;
  if (partnerId === null) return;
  if (state.outcome === 'won' && state.closedMs !== null && (state.amount ?? 0) > 0) {
    const amount = state.amount!;
    const age = daysBetween(state.closedMs, asOfMs);
    addExact(fit.usual, amount * faded(age, C.USUAL_HALF_LIFE_DAYS));
    let size = fit.sizes.get(partnerId);
    if (!size) fit.sizes.set(partnerId, (size = { n: 0, sum: [], squares: [] }));
    size.n++;
    addExact(size.sum, log(amount));
    addExact(size.squares, log(amount) ** 2);
  }
  const moved = movedMs(state);
  if (moved === null || moved > asOfMs) return;
  const followed = Math.floor((asOfMs - moved) / WEEK_MS);
  const week = state.closedMs === null ? Infinity : Math.ceil((state.closedMs - moved) / WEEK_MS);
  if (state.outcome === 'open' || week > followed)
    fit.verified.push({ outcome: 'open', step: followed, sale });
  else fit.verified.push({ outcome: state.outcome, step: Math.max(1, week), sale });
  countMoved(fit, partnerId, sale, Math.floor(daysBetween(moved, asOfMs)));
}

/** One part for each day by which the deal is over, or not yet over, the edge of its span. */
function countMoved(fit: PaceFit, partnerId: string, sale: Sale, days: number): void {
  const span = Math.floor((days + EDGE_DAYS / 2) / SPAN_DAYS);
  const over =
    span === 0 ? EDGE_DAYS : Math.min(EDGE_DAYS, days + EDGE_DAYS / 2 - span * SPAN_DAYS);
  if (span > SPANS) return;
  let spans = fit.moved.get(partnerId);
  if (!spans) fit.moved.set(partnerId, (spans = Array.from({ length: SPANS }, () => [])));
  if (span < SPANS) spans[span]!.push({ sale, parts: over });
  if (span > 0 && over < EDGE_DAYS) spans[span - 1]!.push({ sale, parts: EDGE_DAYS - over });
}

interface Watched {
  /** Verified deals in each span, for what they are worth. */
  counts: readonly number[];
  /** Days watched in each span. */
  days: number[];
}

function watchedOf(
  fit: PaceFit,
  partners: ReadonlyMap<string, { firstMs: number }>,
  asOfMs: number,
  worth: Worth,
  spread: number,
): Watched[] {
  const none = new Array<number>(SPANS).fill(0);
  return [...partners.keys()].sort().map((id) => {
    const known = daysBetween(partners.get(id)!.firstMs, asOfMs);
    return {
      counts: fit.moved.get(id)?.map((span) => worthIn(span, worth) / spread) ?? none,
      days: none.map((_, i) => clamp(known - i * SPAN_DAYS, 0, SPAN_DAYS) / spread),
    };
  });
}

type MovedIn = readonly { sale: Sale; parts: number }[];

/** Deals that moved in a span, for what they are worth. */
const worthIn = (span: MovedIn, worth: Worth): number =>
  exactSum(span.map(({ sale, parts }) => parts * worthOf(sale, worth))) / EDGE_DAYS;

function spreadOf(fit: PaceFit, worth: Worth): number {
  const all = [...fit.moved.values()].flat(2);
  const sum = exactSum(all.map(({ sale, parts }) => parts * worthOf(sale, worth)));
  const squares = exactSum(all.map(({ sale, parts }) => parts * worthOf(sale, worth) ** 2));
  return sum > 0 ? Math.max(1, squares / sum) : 1;
}

/** Counts and days from span `from` on, each faded by its age at the end of span `from`. */
function fadedPast({ counts, days }: Watched, from: number, halfLife: number): [number, number] {
  let [n, t] = [0, 0];
  for (let i = from; i < SPANS; i++) {
    const weight = faded((i - from + 0.5) * SPAN_DAYS, halfLife);
    n += counts[i]! * weight;
    t += days[i]! * weight;
  }
  return [n, t];
}

/** Relative error of sums of days, and far below what a second partner adds to them. */
const ROUNDING = 1e-9;

/** Gamma prior of a rate by moments: variance between partners less its Poisson part. */
export function gammaPrior(rows: readonly [n: number, days: number][]): {
  shape: number;
  days: number;
} {
  const total = exactSum(rows.map(([, t]) => t));
  const rate = (exactSum(rows.map(([n]) => n)) + 1) / (total + 1 / C.PRIOR_WINS_PER_DAY);
  // One partner tells nothing of how partners differ: what is left of the difference then is a
  // rounding error, whose sign hangs on the hour.
  const between = total > 0 ? total - exactSum(rows.map(([, t]) => t * t)) / total : 0;
  const reach = between > ROUNDING * total ? between : 0;
  const excess =
    exactSum(rows.map(([n, t]) => (t > 0 ? t * (n / t - rate) ** 2 : 0))) -
    (rows.length - 1) * rate;
  // Shrunk, so that nothing jumps where the spread is no longer more than chance.
  const spread = reach > 0 ? excess / reach / (rate * rate) : 0;
  const tells = reach > 0 ? rows.length - 1 : 0;
  const shrunk = (tells * spread + C.ARRIVAL_SPREAD_PSEUDO) / (tells + C.ARRIVAL_SPREAD_PSEUDO);
  const shape = 1 / clamp(shrunk, 1 / C.MAX_ARRIVAL_SHAPE, 1 / C.MIN_ARRIVAL_SHAPE);
  return { shape, days: shape / rate };
}

/**
 * The pool's trend from deals seen over deals foretold. Most markets hardly move in half a year and
 * a few move much; chance, the luck of single large partners and the season move what is seen. So
 * small differences are mostly taken for noise and large ones mostly believed: posterior mean of
 * the log under a mixture of a narrow and a wide normal.
 */
function trendOf(seen: number, mean: number, ownVariance: number): number {
  const [n, m] = [seen + 1, mean + 1];
  const moved = log(n / m);
  const noise = 1 / m + ownVariance / (m * m) + C.SEASON_SD ** 2;
  const parts = C.TREND_PRIOR.map(({ share, sd }) => {
    const variance = sd * sd + noise;
    const weight = (share * exp((-moved * moved) / (2 * variance))) / Math.sqrt(variance);
    return { weight, log: (moved * sd * sd) / variance };
  });
  const total = parts.reduce((sum, part) => sum + part.weight, 0);
  if (!(total > 0)) return moved > 0 ? C.MAX_TREND : 1 / C.MAX_TREND;
  const believed = parts.reduce((sum, part) => sum + part.weight * part.log, 0) / total;
  return clamp(exp(believed), 1 / C.MAX_TREND, C.MAX_TREND);
}

interface Foretold {
  halfLifeDays: number;
  /** Log likelihood of what was seen, and how much of it counts beside other causes of a miss. */
  fit: number;
  telling: number;
  trend: number;
  drift: number;
}

/** Foretells the latest half year of every partner from the time before, with one half-life. */
function foretell(watched: readonly Watched[], halfLifeDays: number): Foretold {
  const past = watched.map((w) => fadedPast(w, HELD_OUT, halfLifeDays));
  const prior = gammaPrior(past);
  const rows = watched.flatMap((w, i) => {
    const ahead = w.days[0]! + w.days[1]!;
    // A partner that came later was not there to be foretold.
    if (past[i]![1] <= 0) return [];
    const shape = prior.shape + past[i]![0];
    return [
      {
        seen: w.counts[0]! + w.counts[1]!,
        shape,
        mean: (ahead * shape) / (prior.days + past[i]![1]),
      },
    ];
  });
  const seen = exactSum(rows.map((r) => r.seen));
  const mean = exactSum(rows.map((r) => r.mean));
  const own = exactSum(rows.map((r) => r.mean * r.mean * (1 / r.shape + C.PRIOR_DRIFT)));
  const trend = trendOf(seen, mean, own);
  const squares = rows.map((r) => (trend * r.mean) ** 2);
  const excess = rows.map(
    (r, i) => (r.seen - trend * r.mean) ** 2 - trend * r.mean - squares[i]! / r.shape,
  );
  const middling = rows.length > 0 ? exactSum(squares) / rows.length : 0;
  const prior10 = C.DRIFT_PSEUDO_PARTNERS * middling;
  const means = exactSum(rows.map((r) => trend * r.mean));
  const spread = exactSum(rows.map((r, i) => squares[i]! * (1 / r.shape + C.PRIOR_DRIFT)));
  const drift =
    middling > 0
      ? (exactSum(excess) + prior10 * C.PRIOR_DRIFT) / (exactSum(squares) + prior10)
      : C.PRIOR_DRIFT;
  return {
    halfLifeDays,
    trend,
    drift: clamp(drift, C.MIN_DRIFT, C.MAX_DRIFT),
    // Poisson log likelihood, less what does not depend on the half-life.
    fit: exactSum(rows.map((r) => r.seen * log(Math.max(1e-9, trend * r.mean)) - trend * r.mean)),
    // Partners change their pace as well, so a miss counts as Poisson noise only in part.
    telling: means > 0 ? means / (means + spread) : 0,
  };
}

/** Share of the variance of log sizes that lies between partners (one-way analysis of variance). */
function sizeShare(fit: PaceFit): number {
  const groups = [...fit.sizes.values()].filter((g) => g.n > 0);
  const n = groups.reduce((sum, g) => sum + g.n, 0);
  const k = groups.length;
  if (k < 2 || n - k < 1) return C.PRIOR_SIZE_SHARE;
  const mean = exactSum(groups.map((g) => exactValue(g.sum))) / n;
  const between =
    exactSum(groups.map((g) => g.n * (exactValue(g.sum) / g.n - mean) ** 2)) / (k - 1);
  const within =
    exactSum(groups.map((g) => Math.max(0, exactValue(g.squares) - exactValue(g.sum) ** 2 / g.n))) /
    (n - k);
  const usual = (n - groups.reduce((sum, g) => sum + g.n * g.n, 0) / n) / (k - 1);
  const share = (between - within) / (between + (usual - 1) * within || 1);
  const weight = k / (k + C.SIZE_SHARE_PSEUDO_PARTNERS);
  return clamp(weight * share + (1 - weight) * C.PRIOR_SIZE_SHARE, 0, 1);
}

/**
 * The memory that foretells the latest half year: the half-lives tried, on the log scale, each by
 * its likelihood. The best alone would jump from one to the next overnight, and all scores with it.
 */
function likelyHalfLife(watched: readonly Watched[]): number {
  const tried = C.PACE_HALF_LIVES_DAYS.map((days) => foretell(watched, days));
  const most = Math.max(...tried.map((one) => one.fit));
  const telling = exactSum(tried.map((one) => one.telling)) / tried.length;
  const weights = tried.map((one) => exp(telling * (one.fit - most)));
  const logs = tried.map((one, i) => weights[i]! * log(one.halfLifeDays));
  return exp(exactSum(logs) / exactSum(weights));
}

export function finishPace(
  fit: PaceFit,
  partners: ReadonlyMap<string, { firstMs: number }>,
  asOfMs: number,
  prior: Hazards,
  worth: Worth,
): PaceModel {
  const spread = spreadOf(fit, worth);
  const watched = watchedOf(fit, partners, asOfMs, worth, spread);
  const best = foretell(watched, likelyHalfLife(watched));
  const now = gammaPrior(watched.map((w) => fadedPast(w, 0, best.halfLifeDays)));
  const verified = followedByWorth(fit.verified, C.COHORT_WEEKS, worth);
  const curve = incidence(shrunkHazards(verified, 1 / WORTH_PARTS, prior, C.PRIOR_POOL_DEALS));
  const usualDays = exactSum(
    [...partners.values()].map(({ firstMs }) => fadedDays(daysBetween(firstMs, asOfMs))),
  );
  return {
    ...now,
    spread,
    halfLifeDays: best.halfLifeDays,
    winRate: clamp(curveAt(curve, 52), 1e-6, 1 - 1e-6),
    trend: best.trend,
    drift: best.drift,
    sizeShare: sizeShare(fit),
    usual: usualDays > 0 ? (exactValue(fit.usual) * SPAN_DAYS) / usualDays : 0,
  };
}

/** Days watched, faded as the wins in them are. */
export const fadedDays = (days: number, halfLifeDays: number = C.USUAL_HALF_LIFE_DAYS): number =>
  ((1 - faded(days, halfLifeDays)) * halfLifeDays) / Math.LN2;
