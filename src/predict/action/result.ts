import type { DealFacts, MeasureContext, PartnerFacts } from '../../model/facts.ts';
import type { DealScore, PartnerScore } from '../../model/score.ts';
import type { ForecastPart } from '../forecast/part.ts';
import type { ScoredDeal } from '../score/deal.ts';
import { scoredDirectDeals, scoredPartner } from '../score/partner.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { dealAction, partnerAction } from './next-action.ts';

const withAction = ({ state, signs, score }: ScoredDeal, context: MeasureContext): DealScore => ({
  ...score,
  nextAction: dealAction(state, signs, context),
});

/**
 * One partner and its open deals, scored and with what to do next, and its
 * part of the channel forecast.
 */
export function scorePartner(
  partner: PartnerFacts,
  pool: PoolModel,
  context: MeasureContext,
): { partner: PartnerScore; deals: DealScore[]; forecastParts: ForecastPart[] } {
  const { view, health, score, deals, forecastParts } = scoredPartner(partner, pool, context);
  const { forecast, ...rest } = score;
  return {
    partner: { ...rest, nextAction: partnerAction(view, health, pool, context), forecast },
    deals: deals.map((deal) => withAction(deal, context)),
    forecastParts,
  };
}

/** The same for a page of deals that have no partner. */
export function scoreDirectDeals(
  deals: readonly DealFacts[],
  pool: PoolModel,
  context: MeasureContext,
): { deals: DealScore[]; forecastParts: ForecastPart[] } {
  const scored = scoredDirectDeals(deals, pool, context);
  return {
    deals: scored.deals.map((deal) => withAction(deal, context)),
    forecastParts: scored.forecastParts,
  };
}
