import type { TargetFacts } from '../../model/facts.ts';
import type { ArrivalRate } from '../forecast/arrival-rate.ts';
import type { DealState } from '../deal/deal-at.ts';
import type { FactView } from '../kpi/kpi.ts';
import type { PartnerEffect } from '../win/partner-effect.ts';
import type { PoolModel } from '../win/pool-model.ts';
import type { AgreedPlan } from './agreed.ts';

/** The plan in force and its outcome target. */
export interface ActivePlan extends AgreedPlan {
  startMs: number;
  endMs: number;
  outcome: TargetFacts | null;
}

/**
 * A partner beside the pool, as of the context's moment, with what every
 * measure needs computed once.
 */
export interface PartnerView extends FactView {
  /** Deals on which the partner was named too late to have brought them. */
  borrowed: DealState[];
  pool: PoolModel;
  effect: PartnerEffect;
  rate: ArrivalRate;
  plan: ActivePlan | null;
}
