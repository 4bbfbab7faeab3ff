import { forecastOutlook, itemsOf, type Outlook } from './outlook.ts';
import type { DealState } from '../deal/deal-at.ts';
import { dayStart } from '../math/calendar.ts';
import { addExact, type ExactSum } from '../math/exact-sum.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { ArrivalRate } from './arrival-rate.ts';
import { inPeriod, wonBetween } from '../deal/won.ts';
import { liveDeals } from '../win/phantom.ts';
import type { PoolModel } from '../win/pool-model.ts';

/**
 * One partner's (or one page of direct deals') share of the channel forecast. Plain JSON; a list of
 * parts may be cut into pages anywhere and come in any order.
 * Numbers only: amount and chance of each open case, in pairs.
 */
export interface ForecastPart {
  /** Partner id; null = deals without a partner. */
  partnerId: string | null;
  won: ExactSum;
  /** CRM's own weighted pipeline, won included. */
  crm: ExactSum;
  openDeals: number;
  items: number[];
  /**
   * Expected number and gamma shape of wins from deals not created yet; 0 for direct deals, whose
   * arrivals belong to the pool.
   */
  arrivals: { mean: number; shape: number };
}

/**
 * What a CRM shows: won in the period plus amount x stage default of open deals that claim to close
 * in it. Unknown amounts and defaults add nothing, as there.
 */
function crmWeighted(
  states: readonly DealState[],
  context: MeasureContext,
  won: ExactSum,
): ExactSum {
  const sum = [...won];
  for (const s of states) {
    if (
      s.outcome !== 'open' ||
      !inPeriod(
        dayStart(s.closeDate, context.timeZone),
        context.period.startMs,
        context.period.endMs,
      )
    )
      continue;
    addExact(sum, (s.amount ?? 0) * (context.stages.get(s.stage ?? '')?.probability ?? 0));
  }
  return sum;
}

function partOf(
  partnerId: string | null,
  states: readonly DealState[],
  context: MeasureContext,
  outlook: Omit<Outlook, 'arrivals'>,
  arrivals: ForecastPart['arrivals'],
): ForecastPart {
  const won = wonBetween(states, context.period.startMs, context.period.endMs);
  return {
    partnerId,
    won,
    crm: crmWeighted(states, context, won),
    openDeals: states.filter((s) => s.outcome === 'open').length,
    items: outlook.items.flatMap((i) => [i.amount, i.probability]),
    arrivals,
  };
}

/** A partner's part of the current period. */
export function partnerPart(
  partnerId: string,
  states: readonly DealState[],
  pool: PoolModel,
  context: MeasureContext,
  effect: number,
  rate: ArrivalRate,
): ForecastPart {
  const outlook = forecastOutlook(states, pool, context, context.period.endMs, effect, rate);
  return partOf(partnerId, states, context, outlook, {
    mean: outlook.arrivals.mean,
    shape: outlook.arrivals.shape,
  });
}

/**
 * A page of direct deals: own staff works them, so the evidence cap does not apply. Each stands
 * alone, so that pages may be cut anywhere.
 */
export function directPart(
  states: readonly DealState[],
  pool: PoolModel,
  context: MeasureContext,
): ForecastPart {
  const items = liveDeals(states, pool, context).flatMap((s) =>
    itemsOf([s], pool, context.period.endMs, 0),
  );
  return partOf(null, states, context, { items }, { mean: 0, shape: 1 });
}
