import type { DealFacts, MeasureContext, PartnerFacts } from '../../model/facts.ts';
import type { DealScore, PartnerScore } from '../../model/score.ts';
import type { ForecastPart } from '../forecast/part.ts';
import type { ScoredDeal } from '../score/deal.ts';
import { scoredDirectDeals, scoredPartner } from '../score/partner.ts';
import { traitsOf } from '../score/traits.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { closersOf } from './closers.ts';
import { dealAction } from './deal-rules.ts';
import { isLateStage } from './late-stage.ts';
import { offerFor, type Eligible } from './offers.ts';
import { partnerGiven } from './partner-given.ts';
import { partnerAction } from './partner-rules.ts';

/** Of a deal without a partner: nobody can be offered anything. */
const NOBODY = null;

function withAction(
  deal: ScoredDeal,
  partner: Eligible | null,
  context: MeasureContext,
): DealScore {
  const { state, signs, score } = deal;
  const flash =
    partner !== null && signs.quiet && isLateStage(state.stage, context)
      ? offerFor('late-stall', partner, score.amount, context)
      : null;
  const nextAction = dealAction({
    ...deal,
    context,
    stake: score.amount * score.everProbability,
    dueMs: context.period.endMs,
    formerOwner: context.formerUsers?.get(state.deal.ownerId ?? '') ?? null,
    flash,
  });
  return { ...score, nextAction };
}

/**
 * One partner and its open deals, scored and with what to do next, and its
 * part of the channel forecast. `compared` = with what it is like, to be compared with others; a
 * replay of the past has no use for that.
 */
export function scorePartner(
  partner: PartnerFacts,
  pool: PoolModel,
  context: MeasureContext,
  compared = true,
): { partner: PartnerScore; deals: DealScore[]; forecastParts: ForecastPart[] } {
  const { view, score, deals, forecastParts } = scoredPartner(partner, pool, context);
  const { forecast, ...rest } = score;
  const own = deals.filter((deal) => deal.score.partnerId !== null && !deal.state.borrowed);
  const closing = closersOf(own, score.gap);
  const nextAction = partnerAction(
    partnerGiven(view, { ...score, closing }, own, closing, context),
  );
  return {
    partner: {
      ...rest,
      ...(compared ? { traits: traitsOf(view, context) } : {}),
      ...{ closing, nextAction, forecast },
    },
    deals: deals.map((deal) => withAction(deal, deal.state.borrowed ? NOBODY : partner, context)),
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
    deals: scored.deals.map((deal) => withAction(deal, NOBODY, context)),
    forecastParts: scored.forecastParts,
  };
}
