/** What was said of the future, kept as it was said, and how it came out. */

export const STATEMENT_KINDS = ['deal', 'partner', 'partner-forecast', 'forecast'] as const;
/**
 * `deal`: won by the end of the quarter; `partner`: reaches the goal of its score; the forecasts:
 * what the quarter brings, of one partner and of all.
 */
export type StatementKind = (typeof STATEMENT_KINDS)[number];

/** A probability, or an amount with its 80% interval, of an event with a window. */
export interface RecordedStatement {
  kind: StatementKind;
  /** Id of the deal or the partner; the period's label for the forecast of all. */
  subjectId: string;
  saidMs: number;
  /** What counts is won in [fromMs, dueMs); at dueMs it can be checked. */
  fromMs: number;
  dueMs: number;
  /** Amount to reach; null = the event is a win. */
  goal: number | null;
  /** 0..1; null = the statement is of an amount. */
  chance: number | null;
  mean: number | null;
  /** The 80% interval and the median, of the amount. */
  low: number | null;
  middle: number | null;
  high: number | null;
  /** What simpler ways said of the same at the same moment. */
  beside: Partial<Record<Baseline, number>>;
  model: string;
}

export const BASELINES = ['baseRate', 'stageAge', 'peer', 'crm', 'lastPeriod'] as const;
/**
 * `baseRate`: what happens to any open deal; `stageAge`: the table of stage and days in stage;
 * `peer`: a comparable partner of which nothing else is known; `crm`: the CRM's own weighted
 * pipeline; `lastPeriod`: what the last period brought.
 */
export type Baseline = (typeof BASELINES)[number];

/** How it came out; both null = it cannot be told (the deal's stage is in no list). */
export interface StatementOutcome {
  happened: boolean | null;
  amount: number | null;
}

export type JudgedStatement = RecordedStatement & StatementOutcome;

/** Live = said by a run; replayed = made again as of then, from the history. */
export type StatementSource = 'live' | 'replayed';

/** A number with its 95% interval; null = too little has been seen to give one. */
export interface Estimate {
  value: number;
  low: number | null;
  high: number | null;
}

export interface CalibrationBin {
  /** Said between these, 0..1. */
  from: number;
  to: number;
  /** Subjects and windows: many statements of one deal by one date count as one. */
  n: number;
  said: number;
  happened: Estimate;
}

/** Against one baseline: positive = better than it. */
export interface SkillAgainst {
  baseline: Baseline;
  logLoss: number;
  brier: number;
  /** Nats of log loss saved by each statement. */
  gain: Estimate;
  /** 1 - Brier / Brier of the baseline. */
  skill: Estimate;
}

export interface ChanceRecord {
  kind: StatementKind;
  statements: number;
  /** Subjects and windows, and how many different subjects they are of. */
  n: number;
  subjects: number;
  said: number;
  happened: number;
  logLoss: Estimate;
  brier: Estimate;
  /** Chance that of one that happened and one that did not the first was said more likely. */
  auc: number;
  /** Mean gap between said and happened, and what chance alone makes of it at most (95%). */
  ece: number;
  eceNoise95: number;
  against: SkillAgainst[];
  bins: CalibrationBin[];
}

export interface AmountRecord {
  kind: StatementKind;
  statements: number;
  n: number;
  subjects: number;
  /** Share of 80% intervals that held, and of amounts below and above them. */
  held: Estimate;
  below: number;
  above: number;
  /** Mean width over the mean amount; null = nothing was won. */
  width: number | null;
  /** Sum of |mean - amount| over the sum of amounts, and the sum of means over it less 1. */
  wape: number | null;
  bias: number | null;
  /** Pinball loss of P10, P50 and P90 over the mean amount. */
  pinball: number | null;
  against: AmountAgainst[];
}

export interface AmountAgainst {
  baseline: Baseline;
  wape: number | null;
  bias: number | null;
  /** What of the mean amount the baseline is off by more: positive = better than it. */
  gain: Estimate;
}

/**
 * What was expected of a partner's quarters beside what they brought, money of all windows
 * together. Optimism = expected / brought - 1; null = nothing was brought, or the CRM's weighted
 * pipeline was not kept.
 */
export interface PartnerOptimism {
  partnerId: string;
  /** Where it is shown; absent as it is kept. */
  name?: string;
  windows: number;
  /** Windows whose 80% interval held; a window that was spoken of several times counts in parts. */
  held: number;
  said: number;
  brought: number;
  optimism: number | null;
  crm: number | null;
  crmOptimism: number | null;
  /** Fewer quarters than a verdict rests on: one large deal makes the number. */
  littleEvidence: boolean;
}

/** Everything of one source whose window has ended. */
/** What was said of all that a quarter would bring, and what it brought. */
export interface PastForecast {
  /** Label of the period. */
  period: string;
  saidMs: number;
  dueMs: number;
  /** The 80% interval and the median. */
  low: number;
  middle: number;
  high: number;
  amount: number;
}

export interface TrackRecord {
  source: StatementSource;
  /** How many statements there are, how many of them have ended, and when the next one does. */
  statements: number;
  ended: number;
  /** Ended, and their deal or partner is gone, or what became of it cannot be told. */
  untold: number;
  sinceMs: number | null;
  nextDueMs: number | null;
  chances: ChanceRecord[];
  amounts: AmountRecord[];
  /** Largest gaps in money first; absent in a record that an older version counted. */
  partners?: PartnerOptimism[];
  /** Forecasts of quarters that have ended, one a week at most, the newest first. */
  past?: PastForecast[];
}

/** A past moment, what was said then, and what came of it. */
export interface BacktestOrigin {
  atMs: number;
  dueMs: number;
  deals: number;
  partners: number;
  /** What of the deals came true, and the mean log losses; null = no deal was open. */
  won: number;
  logLoss: number | null;
  baseline: Partial<Record<Baseline, number>>;
  mean: number;
  low: number;
  middle: number;
  high: number;
  amount: number;
  crm: number;
  /** Of deals that were open, and of those not created yet: said and brought. */
  open: { said: number; brought: number };
  fresh: { said: number; brought: number };
}

export interface BacktestVerdict {
  output: string;
  skill: 'yes' | 'no' | 'too early';
  why: string;
}

export interface BacktestReport {
  asOfMs: number;
  every: 'weekly' | 'monthly';
  /** Days, or to the end of the quarter. */
  horizon: number | 'quarter';
  currency: string;
  dealsKnown: number;
  origins: BacktestOrigin[];
  record: TrackRecord;
  /** Error in level of deals that were open and of those not created yet, which may cancel. */
  openWape: number | null;
  freshWape: number | null;
  verdicts: BacktestVerdict[];
  /** What of the company's own data limits all this. */
  notes: string[];
}
