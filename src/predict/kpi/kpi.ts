import type { MeasureContext, PartnerFacts } from '../../model/facts.ts';
import type { MetricId } from '../../model/metrics.ts';
import type { KpiValue } from '../../model/score.ts';
import type { DealState } from '../deal/deal-at.ts';

/** A partner's facts as of the context's moment: what a metric counted from facts alone may see. */
export interface FactView {
  partner: PartnerFacts;
  states: DealState[];
  /**
   * This organisation's records show who did what, so that what nobody signed can be told apart.
   */
  attests: boolean;
  sinceMs: number;
  /** Creation of the first deal that this organisation has on record. */
  dataSinceMs: number;
}

export type Measured = Omit<KpiValue, 'kpi'>;

/** Null where the evidence is missing, never zero. */
export type Measure<View> = (view: View, context: MeasureContext) => Measured;
export type Measures<View> = Partial<Record<MetricId, Measure<View>>>;

/** A number without a band. */
export const plain = (
  value: number | null,
  evidence: number,
  note: string | null = null,
): Measured => ({ value, low: null, high: null, evidence, note });
/** No number, and why. */
export const unknown = (note: string, evidence = 0): Measured => plain(null, evidence, note);
