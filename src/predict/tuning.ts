/**
 * Every tunable number of the pure layers, with its reason. Changing one is a new `MODEL_VERSION`.
 */

/** Written beside every result, so that a number can be traced to the rules that made it. */
export const MODEL_VERSION = 'evidence-1';

/**
 * Weekly snapshots looked back on when fitting: two years hold eight quarters and
 * forget older selling habits.
 */
export const LANDMARK_WEEKS = 104;
/** Length of a win curve: a plan year and a week. */
export const CURVE_WEEKS = 53;
/** Length of the curve that starts at a deal's creation. */
export const COHORT_WEEKS = 104;
/**
 * Upper edges of the days-in-stage buckets: about equal steps in log time, since hazards change
 * fast early and slowly late.
 */
export const AGE_EDGES_DAYS: readonly number[] = [3, 7, 14, 28, 56, 112];
/** Pseudo-deals by which a stage curve leans on the pool's. */
export const STAGE_PSEUDO_DEALS = 10;
/** Pseudo-deals by which a stage-and-age curve leans on its stage's. */
export const CELL_PSEUDO_DEALS = 10;
/**
 * What an organisation without any history is taken for: about one deal in five won, half of what
 * happens happens within a quarter.
 */
export const PRIOR_WEEKLY_WIN_HAZARD = 0.0125;
export const PRIOR_WEEKLY_LOSS_HAZARD = 0.05;
/** How many deals that assumption is worth. */
export const PRIOR_POOL_DEALS = 4;

/**
 * A deal won sooner after its registration than this was not sold through it: no evidence
 * of conversion or of speed.
 */
export const MIN_LIFESPAN_DAYS = 3;
/** Deals entered and closed within so many days of each other are one sale, whoever the customer. */
export const SAME_SALE_DAYS = 1;
/**
 * Deals of one customer created within this many days of each other count as one, so
 * that splitting earns nothing.
 */
export const SPLIT_WINDOW_DAYS = 14;

/**
 * A partner named on a deal later than this after its creation did not bring it: assignment takes
 * days, not months.
 */
export const LINK_GRACE_DAYS = 30;
/** What stood on a deal so long when one of ours last dealt with it, they have seen. */
export const STOOD_DAYS = 14;
/** A win that stood so long was one; won once more after a reopening it is the same win. */
export const REWIN_STOOD_DAYS = 30;
/** Won once more after it was taken back: it counts when it has stood as long as a quarter. */
export const REWIN_WAIT_DAYS = 90;
/** A win that only the partner's own user claims waits as long, unless something else is known. */
export const CLAIMED_WIN_WAIT_DAYS = 90;
/** From so many reopened wins on a partner's wins wait: one is a mistake. */
export const REOPENED_WINS_SEEN = 2;
/** A partner whose wins were all taken back waits a year, one with a tenth of them five weeks. */
export const WAIT_DAYS_PER_REOPEN_SHARE = 365;

/**
 * Correlation of partner outcomes assumed when few partners have matured:
 * beta-binomial M = 1/rho - 1 = 20.
 */
export const DEFAULT_PARTNER_RHO = 1 / 21;
/** How many partners that assumption is worth. */
export const PARTNER_RHO_PSEUDO = 20;
/**
 * Bounds of M, the number of deals after which a partner's own record weighs as much as the pool.
 */
export const MIN_PRIOR_DEALS = 6;
export const MAX_PRIOR_DEALS = 200;

/**
 * Wins half a year old weigh half: a partner that fell silent fades, measured
 * better than a plain average.
 */
export const ARRIVAL_HALF_LIFE_DAYS = 180;
/** How far back wins are read for the between-partner spread of arrivals. */
export const ARRIVAL_LOOKBACK_DAYS = 730;
/** Bounds of the gamma shape of wins per day between partners. */
export const MIN_ARRIVAL_SHAPE = 0.3;
export const MAX_ARRIVAL_SHAPE = 20;
/** Wins per partner and day before any is seen: one a year. */
export const PRIOR_WINS_PER_DAY = 1 / 365;
/** A partner's clock runs at least this long: its first deal is why we know it. */
export const MIN_EXPOSURE_DAYS = 90;

/**
 * Unverified deals may lift a partner's forecast to at most this multiple of what its record
 * of wins alone would bring.
 */
export const EVIDENCE_CAP = 1.5;
/**
 * Deals that are not proven count in full up to this share of what the record of wins brings, and
 * never for more than it: what exists brings about three quarters of it, new deals the rest.
 */
export const HALF_PROVEN_KNEE = 0.7;
export const HALF_PROVEN_CAP = 1;
/** Proven deals younger than a quarter likewise: a start is no record yet. */
export const YOUNG_DAYS = 90;
export const YOUNG_KNEE = 2;
export const YOUNG_CAP = 4;
/**
 * What is only half proven raises a score by at most so many points above what proven deals and the
 * record say: whoever can write unsigned rows can write all of them.
 */
export const HALF_PROVEN_POINTS = 6;
/** Amounts beyond this quantile of all wins, and beyond the partner's own, wait until they are won. */
export const LARGEST_QUANTILE = 0.99;
/** Wins by which a partner's habit of proof leans on the pool's. */
export const PROOF_HABIT_PSEUDO_WINS = 4;
/** Latent correlation of deal outcomes: independence covers 60% where 80% is promised. */
export const DEFAULT_RHO = 0.1;
/** Cells of the amount grid: at most 0.25% error of a quantile. */
export const GRID_CELLS = 1024;
/**
 * Deals convolved one by one; the smaller rest enters by its mean and variance given the factor.
 */
export const EXACT_ITEMS = 160;
/** Grid reach above the mean in conditional standard deviations. */
export const GRID_SDS = 8;
/** Representative sizes of won deals, of equal mass. */
export const AMOUNT_BINS = 16;
/** Pseudo-wins by which the realised-amount multiplier leans on 1. */
export const MULTIPLIER_PSEUDO_WINS = 20;
export const MULTIPLIER_RANGE: readonly [number, number] = [0.5, 1.5];
/** Pseudo-wins by which the day-of-period curve leans on the straight line. */
export const PERIOD_CURVE_PSEUDO_WINS = 20;

/** 80% bands: the normal quantile of 0.9. */
export const BAND_Z = 1.2815515655446004;
/** Prior of sd(log amount) and what it is worth in deals. */
export const PRIOR_SD_LOG_AMOUNT = 0.8;
export const SD_LOG_PSEUDO_DEALS = 4;
/** Below this chance of the open amount a required coverage would be a number beyond fifty. */
export const MIN_COVERAGE_CHANCE = 0.02;
/** Fewer observations than this and a median or a spread is not shown. */
export const MIN_EVIDENCE = 3;

/** Plan health: the outcome gate, 60 + 40 x min(1, outcome pace). */
export const GATE_FLOOR = 60;
export const GATE_SPAN = 40;
/** Below this expected share of a target the pace is not yet a number. */
export const MIN_EXPECTED_SHARE = 0.05;
/** Past periods read for a partner's own average. */
export const REPEAT_PERIODS = 8;
/** Pool periods by which that average leans on the pool. */
export const REPEAT_PSEUDO_PERIODS = 2;
/** A stage stay beyond this quantile of the organisation's own stays is slow. */
export const SLOW_STAGE_QUANTILE = 0.8;
/** A silent deal beyond this one is taken for lost and unmarked. */
export const OVERDUE_STAGE_QUANTILE = 0.9;
/** An open deal without a sign for longer than this share of such spells in won deals has gone quiet. */
export const QUIET_QUANTILE = 0.9;
/** Fewer spells than this and nothing is said about them. */
export const MIN_QUIET_SPELLS = 20;
/** Days of stage stays counted; longer ones are taken as this long. */
export const STAY_DAYS_CAP = 730;
/** Weights of a plan's targets are typed by hand: a sum this near to the whole is the whole. */
export const WEIGHT_SLACK = 0.005;

/** Time decay of attribution: a touch this much before the last one weighs half. */
export const ATTRIBUTION_HALF_LIFE_DAYS = 30;
