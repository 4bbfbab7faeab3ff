import type { MetricId } from './metrics.ts';
import type { OwnMetricId } from './own-kpi.ts';

/**
 * Metrics of what partners do and learn before they win anything: each has to prove on the
 * organisation's own deals that it foretells wins before it weighs anything.
 */
export const LEADING_METRICS = [
  'certified_people',
  'certified_share',
  'certification_depth',
  'training_completion',
  'learning_path',
  'portal_frequency',
  'content_consumption',
  'campaigns_executed',
  'response_rate',
  'plan_participation',
  'partner_satisfaction',
  'onboarding_steps',
  'incentives_used',
] as const satisfies readonly MetricId[];
export type LeadingMetric = (typeof LEADING_METRICS)[number];
export type LeadingId = LeadingMetric | OwnMetricId;

/** Deals that began in one quarter, and what the metrics stood at when it began. */
export interface LeadingQuarter {
  startMs: number;
  /** Deals of the quarter that are decided, or open longer than the horizon; and wins among them. */
  n: number;
  won: number;
  /** null = not measured then. */
  values: Partial<Record<LeadingId, number | null>>;
}

export const VERDICTS = ['proven', 'unproven', 'harmful'] as const;

/** Whether a metric foretells wins, on partners that its weight was not learned from. */
export interface KpiProof {
  kpi: LeadingId;
  /** `harmful` = more of it goes with fewer wins. */
  verdict: (typeof VERDICTS)[number];
  /**
   * Log loss a deal, in thousandths, that a quarter of a weight learned from some partners takes away on
   * the others, with its 80% interval; null = too few deals or partners, or everybody the same.
   */
  gain: { mean: number; low: number; high: number } | null;
  /** Log odds of a win that one standard deviation more goes with, and its 96% interval. */
  effect: { mean: number; low: number; high: number } | null;
  deals: number;
  partners: number;
}
