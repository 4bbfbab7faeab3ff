/**
 * Every tunable number of the pure layers, with its reason. Changing one is a new `MODEL_VERSION`.
 */

/** Written beside every result, so that a number can be traced to the rules that made it. */
export const MODEL_VERSION = 'evidence-8';

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
/**
 * Deals entered and closed within so many days of each other are one sale, whoever the customer: at
 * most two and a half days, and at least one, so that among wins at the partner's own pace (over a
 * quarter at least) about one in a hundred is put beside another by chance.
 */
export const SAME_SALE_DAYS = 1;
export const MAX_SAME_SALE_DAYS = 2.5;
export const CHANCE_PAIRS = 0.45;
export const MIN_PACE_DAYS = 91;
/**
 * Deals of one customer created within this many days of each other count as one, so
 * that splitting earns nothing.
 */
export const SPLIT_WINDOW_DAYS = 14;

/**
 * A deal counts for no more than so many of the one in which the middle unit of money is won: a
 * single whale is no habit.
 */
export const LARGEST_WORTH = 2;
/** What is not won counts for at least so much of a usual deal, however little was entered. */
export const LEAST_WORTH = 0.5;
/** Sizes further from the pool's mean than this factor are compared as this. */
export const SIZE_REACH = 16;

/**
 * A partner named on a deal later than this after its creation did not bring it: assignment takes
 * days, not months.
 */
export const LINK_GRACE_DAYS = 14;
/**
 * A wrong partner's name that was put right so soon after the creation took nothing from anybody.
 */
export const LINK_FIX_DAYS = 2;
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
 * Partners of one type with deals that had their time, from which on a peer is one of the same
 * type: fewer are the habits of one or two.
 */
export const TYPE_PARTNERS = 5;
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
/**
 * Bounds of the gamma shape of wins per day between partners, and the partners by which it leans on
 * a shape of one: two that won alike tell little of how partners differ.
 */
export const MIN_ARRIVAL_SHAPE = 0.3;
export const MAX_ARRIVAL_SHAPE = 20;
export const ARRIVAL_SPREAD_PSEUDO = 0.5;
/** Wins per partner and day before any is seen: one a year. */
export const PRIOR_WINS_PER_DAY = 1 / 365;
/** A partner's clock runs at least this long: its first deal is why we know it. */
export const MIN_EXPOSURE_DAYS = 90;

/**
 * Half-lives tried for a partner's pace, each weighed by how well it foretells the latest half
 * year.
 */
export const PACE_HALF_LIVES_DAYS: readonly number[] = [120, 240, 480];
/** How the log of half a year's growth is spread over markets: most are calm, a few move. */
export const TREND_PRIOR: readonly { share: number; sd: number }[] = [
  { share: 0.8, sd: 0.06 },
  { share: 0.2, sd: 0.3 },
];
/**
 * Between these shares of the longest usual silence a deal fades from what it is shown to be to one
 * of which nothing is shown. What is said of silent deals holds, but not for those that nobody ever
 * marks as lost.
 */
export const FADE_FROM = 1;
export const FADE_TO = 4;

/** Relative sd that the time of the year gives half a year's new deals. */
export const SEASON_SD = 0.08;
/** Bounds of the pool's trend for half a year. */
export const MAX_TREND = 2;
/**
 * Relative variance of a partner's pace half a year on, before it is seen: growth differs by about
 * a third a year and one partner in fifteen falls silent. Worth this many partners.
 */
export const PRIOR_DRIFT = 0.12;
export const DRIFT_PSEUDO_PARTNERS = 15;
export const MIN_DRIFT = 0.02;
export const MAX_DRIFT = 1;
/**
 * Variance of the log of an agreed target about what comes: people who know a partner set it within
 * a factor of one and a half. Where targets have nothing to do with the pace this widens a score
 * early in the year and costs it little.
 */
export const GOAL_VARIANCE = 0.15;
/** What a record leaves open of the year ahead, however long it is: growth and luck of one year. */
export const OWN_PACE_VARIANCE = 0.1;
/** Share of the spread of deal sizes between partners before it is seen, and its worth. */
export const PRIOR_SIZE_SHARE = 0.1;
export const SIZE_SHARE_PSEUDO_PARTNERS = 20;
/** From this day of the quarter on the next period has a score beside the current one. */
export const NEXT_FROM_DAY = 60;
/** What a partner usually wins looks back about a year and a half. */
export const USUAL_HALF_LIFE_DAYS = 365;
/**
 * That amount is an estimate and moves from day to day, so a score asks for it give or take this
 * share: else a deal as large as the goal would decide it on one day and not on the next.
 */
export const USUAL_ABOUT = 0.2;

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
/**
 * Proven deals younger than a quarter likewise, by what the record brings in a quarter at least: a
 * start is no record yet.
 */
export const YOUNG_DAYS = 90;
export const YOUNG_KNEE = 2;
export const YOUNG_CAP = 4;
/**
 * A lost deal holds its part of an allowance that deals share for so long, and hands it on over as
 * long again: a loss must raise nothing, and what is free in two months is no news of a loss.
 */
export const LOST_HOLDS_DAYS = 30;
/**
 * What is only half proven raises a score by at most so many points above what proven deals and the
 * record say: whoever can write unsigned rows can write all of them.
 */
export const HALF_PROVEN_POINTS = 5;
/**
 * Amounts beyond this quantile of all wins, and beyond the partner's own, wait until they are won.
 */
export const LARGEST_QUANTILE = 0.99;
/** Closed deals by which the size of a partner's wins beside its losses leans on what is usual. */
export const SNAPSHOT_PSEUDO_DEALS = 8;
/** Wins by which a partner's habit of proof leans on the pool's. */
export const PROOF_HABIT_PSEUDO_WINS = 4;
/**
 * Relative sd by which all deals of a period move together, before any period has shown it, and the
 * finished periods that this is worth: measured best over series of true sd .03 to .25.
 */
export const PRIOR_COMMON_SD = 0.1;
export const COMMON_PRIOR_PERIODS = 3;
/** What a period is at least unsure by, whatever the past shows. */
export const MIN_COMMON_SD = 0.01;
/**
 * Relative sd of the level of forecasts before any period has shown it: measured on past-year
 * levels.
 */
export const LEVEL_PRIOR_SD = 0.12;
/** A period that ended before another counts this much of it: levels drift. */
export const PERIOD_MEMORY = 0.9;
/** A past actual counts as at most this multiple of its forecast: one whale is no level. */
export const MAX_RATIO = 3;
/** How near in the period a past origin must lie to tell of this one, as a share of the period. */
export const ELAPSED_REACH = 0.25;
/** Step of the interval's log width after a finished period, and the share it may miss. */
export const WIDTH_STEP = 0.6;
export const MISS_SHARE = 0.2;
/** What a miss counts at least for the width, however much of it single deals explain. */
export const MIN_TELLING = 0.3;
export const MAX_WIDTH = 2.5;
/**
 * Past periods whose forecasts are made again, and the points of each: enough to learn a level
 * early, in the middle and late, few enough that a run stays a run.
 */
export const REPLAY_PERIODS = 8;
export const REPLAY_SHARES: readonly number[] = [0.1, 0.4, 0.75];
/**
 * What a replayed win model may hold: a quarter of a live one's snapshots chooses the same kind of
 * model and takes a seventh of the time.
 */
export const REPLAY_WIN_LIMITS = { deals: 8000, snapshots: 10_000 };
/** Periods forecast beyond the current one, and rows of a breakdown that stand by themselves. */
export const PERIODS_AHEAD = 3;
export const BREAKDOWN_ROWS = 60;
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
/** Hundredths of a period on either side that a point of that curve is a mean of: nine days. */
export const PERIOD_CURVE_REACH = 4;

/** 80% bands: the normal quantile of 0.9. */
export const BAND_Z = 1.2815515655446004;
/** Prior of sd(log amount) and what it is worth in deals. */
export const PRIOR_SD_LOG_AMOUNT = 0.8;
export const SD_LOG_PSEUDO_DEALS = 4;
/** Below this chance of the open amount a required coverage would be a number beyond fifty. */
export const MIN_COVERAGE_CHANCE = 0.02;
/** Fewer observations than this and a median or a spread is not shown. */
export const MIN_EVIDENCE = 3;

/**
 * A number from fewer deals says so: of ten deals won at 30%, the 80% band of the rate is still
 * some 35 points wide.
 */
export const LITTLE_EVIDENCE = 10;
/** Products whose close rates stand beside a partner's score, those with the most deals. */
export const CLOSE_RATES_SHOWN = 12;

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
/**
 * An open deal without a sign for longer than this share of such spells in won deals has gone
 * quiet.
 */
export const QUIET_QUANTILE = 0.9;
/** Fewer spells than this and nothing is said about them. */
export const MIN_QUIET_SPELLS = 20;
/** Days of stage stays counted; longer ones are taken as this long. */
export const STAY_DAYS_CAP = 730;
/** Weights of a plan's targets are typed by hand: a sum this near to the whole is the whole. */
export const WEIGHT_SLACK = 0.005;

/** A chance below this is as good as none: nobody's hour is asked for it. */
export const HOPELESS = 0.01;
/** A deal long silent with a chance below this is open in the CRM alone. */
export const ZOMBIE_CHANCE = 0.05;
/** Where nothing is known of stalls, a deal as likely as not to stall is warned of. */
export const DEFAULT_STALL_WARNING = 0.5;
/** A deal younger than this need not have met the buyer yet. */
export const MIN_AGE_TO_VERIFY_DAYS = 3;
/** A smaller difference of chances is no effect that anybody would see. */
export const MIN_EFFECT = 0.01;
/** The same of a partner, in points of its score: what is shown is rounded to tenths. */
export const MIN_EFFECT_POINTS = 0.1;
/** A gap below this share of the goal is no missing money. */
export const MIN_GAP_SHARE = 0.005;
/** Deals named as those that would close a gap. */
export const CLOSERS_SHOWN = 5;
/** A partner that won less than this share of the year before is shrinking. */
export const SHRINKING_SHARE = 0.7;
/**
 * Coaching: deals by which a partner's losses lean on the pool's, the least seen, the least more.
 */
export const COACH_PSEUDO_DEALS = 10;
export const COACH_MIN_LOST = 3;
export const COACH_MIN_SHARE = 0.05;
/** Silent deals that are worth one look together. */
export const CLEAN_UP_FROM = 3;
/** Reps get few: so many actions an owner and day. */
export const ACTIONS_PER_OWNER = 3;

/** Time decay of attribution: a touch this much before the last one weighs half. */
export const ATTRIBUTION_HALF_LIFE_DAYS = 30;

/** Intervals of the track record: the normal quantile of 0.975. */
export const RECORD_Z = 1.959963984540054;
/** A chance is judged no bolder than this: one that is shown as 0.0% must not cost all. */
export const RECORD_CLIP = 0.0005;
/**
 * Windows of a subject that end within so many days are one: ends of quarters lie further apart.
 */
export const RECORD_UNIT_DAYS = 60;
/** Different deals or partners below which a record is too short for a verdict. */
export const RECORD_MIN_UNITS = 30;
/** Subjects and windows in a tenth of the calibration below which no sentence is made of it. */
export const RECORD_MIN_BIN = 10;
/** Outcomes of the rarer kind below which a mean of losses is one or two lucky deals. */
export const RECORD_MIN_OUTCOMES = 8;
/** Units that are ranked and put in tenths, and draws of the noise of their calibration. */
export const RECORD_RANKED_UNITS = 4000;
export const RECORD_NOISE_SAMPLES = 200;
/** Partners whose optimism the record names: some 150 bytes each in one value. */
export const RECORD_PARTNERS = 1000;
/** Different quarters below which a forecast of all has no verdict. */
export const RECORD_MIN_QUARTERS = 6;

/**
 * Weeks over which how often something happens is counted: a quarter, so that a holiday is no news.
 */
export const FREQUENCY_WEEKS = 13;
/** Days at the end of a quarter into which deals are pushed or pulled. */
export const QUARTER_END_DAYS = 10;
/** Stretches of 91 days whose spread is the volatility: two years hold each season twice. */
export const STEADINESS_QUARTERS = 8;

/** Interval of a mean over partners, as of every other interval that is shown. */
export const ROLL_UP_LEVEL = 0.8;
/** Companies without any difference in which something is found all the same. */
export const ROLL_UP_ALPHA = 0.05;
/** Partners on either side of a comparison: below it the normal approximation of ranks is none. */
export const ROLL_UP_MIN_GROUP = 8;
