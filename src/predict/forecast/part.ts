import { aheadOf, linesOf, periodsAhead, type ForecastDetail } from './detail.ts';
import type { ForecastItem } from './distribution.ts';
import type { Coming } from './levelled.ts';
import { forecastOutlook, storedItems, type CaseItem } from './outlook.ts';
import type { Standing } from '../../model/score.ts';
import { weigh, weighDirect } from './weigh.ts';
import type { Weighed } from './weighed.ts';
import type { DealState } from '../deal/deal-at.ts';
import { dayStart } from '../math/calendar.ts';
import { addExact, type ExactSum } from '../math/exact-sum.ts';
import type { MeasureContext, PartnerFacts } from '../../model/facts.ts';
import type { ArrivalRate } from './arrival-rate.ts';
import { inPeriod, wonBetween } from '../deal/won.ts';
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
  /** Open deals by how far they are shown to be real. */
  standings: Record<Standing, number>;
  items: number[];
  /**
   * Expected number and gamma shape of wins from deals not created yet; 0 for direct deals, whose
   * arrivals belong to the pool.
   */
  arrivals: Coming;
  /** What it is made of; absent where nobody asks, as in a replay. */
  detail?: ForecastDetail;
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
    addExact(
      sum,
      (s.stated.amount ?? 0) * (context.stages.get(s.stated.stage ?? '')?.probability ?? 0),
    );
  }
  return sum;
}

function partOf(
  partnerId: string | null,
  states: readonly DealState[],
  weighed: readonly Weighed[],
  context: MeasureContext,
  items: readonly ForecastItem[],
  arrivals: Coming,
): ForecastPart {
  const won = wonBetween(states, context.period.startMs, context.period.endMs);
  const count = (standing: Standing): number =>
    weighed.filter((w) => w.standing === standing).length;
  return {
    partnerId,
    won,
    crm: crmWeighted(states, context, won),
    openDeals: weighed.length,
    standings: {
      proven: count('proven'),
      half: count('half'),
      unproven: count('unproven'),
      silent: count('silent'),
    },
    items: items.flatMap((i) => [i.amount, i.probability]),
    arrivals,
  };
}

/** A partner's part of the current period. */
export function partnerPart(
  partnerId: string,
  states: readonly DealState[],
  weighed: readonly Weighed[],
  pool: PoolModel,
  context: MeasureContext,
  rate: ArrivalRate,
): ForecastPart {
  const { items, arrivals } = forecastOutlook(weighed, pool, context.period.endMs, rate);
  return partOf(partnerId, states, weighed, context, items, {
    mean: arrivals.mean * pool.level.fresh,
    shape: arrivals.shape,
  });
}

/**
 * Direct deals stand alone, so that pages may be cut anywhere; their arrivals belong to the pool.
 */
const directItems = (weighed: readonly Weighed[], pool: PoolModel): CaseItem[] =>
  weighed.flatMap((w) => storedItems([w], pool));
const NO_ARRIVALS: Coming = { mean: 0, shape: 1 };

/**
 * A page of direct deals: own staff works them, so the evidence cap does not apply. Each stands
 * alone, so that pages may be cut anywhere.
 */
export function directPart(
  states: readonly DealState[],
  weighed: readonly Weighed[],
  pool: PoolModel,
  context: MeasureContext,
): ForecastPart {
  const items = directItems(weighed, pool);
  return partOf(null, states, weighed, context, items, NO_ARRIVALS);
}

/** A partner's part with what it is made of and what follows in the next periods. */
export function detailedPartnerPart(
  partner: Pick<PartnerFacts, 'id' | 'type' | 'tier' | 'region'>,
  states: readonly DealState[],
  weighed: readonly Weighed[],
  pool: PoolModel,
  context: MeasureContext,
  effect: number,
  rate: ArrivalRate,
): ForecastPart {
  const now = forecastOutlook(weighed, pool, context.period.endMs, rate);
  const later = periodsAhead(context).map(({ endMs }) =>
    forecastOutlook(weigh(states, pool, context, endMs, effect, rate), pool, endMs, rate),
  );
  return {
    ...partnerPart(partner.id, states, weighed, pool, context, rate),
    detail: {
      type: partner.type,
      tier: partner.tier,
      region: partner.region,
      lines: linesOf(states, now.items, context),
      ahead: aheadOf([now, ...later], pool),
    },
  };
}

/** The same for a page of direct deals. */
export function detailedDirectPart(
  states: readonly DealState[],
  weighed: readonly Weighed[],
  pool: PoolModel,
  context: MeasureContext,
): ForecastPart {
  const now = { items: directItems(weighed, pool), arrivals: NO_ARRIVALS };
  const later = periodsAhead(context).map(({ endMs }) => ({
    items: directItems(weighDirect(states, pool, context, endMs), pool),
    arrivals: NO_ARRIVALS,
  }));
  return {
    ...directPart(states, weighed, pool, context),
    detail: {
      type: null,
      tier: null,
      region: null,
      lines: linesOf(states, now.items, context),
      ahead: aheadOf([now, ...later], pool),
    },
  };
}
