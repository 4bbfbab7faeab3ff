import type { ArrivalRate } from '../forecast/arrival-rate.ts';
import type { PartnerEffect } from '../win/partner-effect.ts';
import type { PoolModel } from '../win/pool-model.ts';
import type { MeasureContext, PartnerFacts, PlanFacts, TargetFacts } from '../../model/facts.ts';
import type { KpiValue } from '../../model/score.ts';
import type { DealState } from '../deal/deal-at.ts';

/** The plan in force and its outcome target. */
export interface ActivePlan {
  plan: PlanFacts;
  startMs: number;
  endMs: number;
  outcome: TargetFacts | null;
}

/** A partner as of the context's moment, with what every measure needs worked out once. */
export interface PartnerView {
  partner: PartnerFacts;
  states: DealState[];
  sinceMs: number;
  effect: PartnerEffect;
  rate: ArrivalRate;
  plan: ActivePlan | null;
}

/** An entry of the metric dictionary. `doc` states the formula; a measure gives null where the evidence is missing, never zero. */
export interface Kpi {
  id: string;
  family: 'conversion' | 'velocity' | 'pipeline' | 'outcome' | 'onset';
  unit: 'share' | 'ratio' | 'amount' | 'amount/day' | 'days' | 'count';
  label: string;
  doc: string;
  measure(view: PartnerView, pool: PoolModel, context: MeasureContext): Omit<KpiValue, 'kpi'>;
}

export type Measured = Omit<KpiValue, 'kpi'>;

/** A number without a band. */
export const plain = (
  value: number | null,
  evidence: number,
  note: string | null = null,
): Measured => ({ value, low: null, high: null, evidence, note });
/** No number, and why. */
export const unknown = (note: string, evidence = 0): Measured => plain(null, evidence, note);
