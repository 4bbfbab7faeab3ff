import type { EntityName } from './entities.ts';

/** What a metric is about, in the order in which people read it. */
export type MetricFamily =
  | 'conversion'
  | 'velocity'
  | 'pipeline'
  | 'outcome'
  | 'onset'
  | 'enablement'
  | 'engagement'
  | 'vendor'
  | 'own';
export type MetricUnit =
  | 'share'
  | 'ratio'
  | 'amount'
  | 'amount/day'
  | 'days'
  | 'hours'
  | 'count'
  | 'count/week'
  | 'score';

/** How a metric stands as the target of a plan. */
export interface TargetRule {
  /** `down`: less is better, and nothing above the goal is ever made up for. */
  direction: 'up' | 'down';
  /**
   * `flow` adds up over the period; `level` is what stands now; `rate` holds at any moment of the
   * period.
   */
  accrual: 'flow' | 'level' | 'rate';
  /** Comes as wins do, late in the period: measured against the pool's own curve. */
  backLoaded?: true;
  /** Entity of the mapping without which it cannot be counted. */
  feed: EntityName | 'dealTeam';
  /** Raised when the formula changes its meaning: a plan keeps the one that it was agreed with. */
  version: number;
  /** Words that people use for it, in lower case: plans and spreadsheets are read by them. */
  words: readonly string[];
}

/** The words of a metric. `doc` states the formula; how it is measured stands in `predict`. */
export interface MetricShape {
  family: MetricFamily;
  unit: MetricUnit;
  label: string;
  doc: string;
  /** Only what we can count between two moments may be promised. */
  target?: TargetRule;
}
