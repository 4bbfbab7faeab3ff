import { arrivalRate, arrivalsUntil, knownSinceMs } from '../forecast/arrival-rate.ts';
import { partnerForecast } from '../forecast/channel.ts';
import { detailedDirectPart, detailedPartnerPart, type ForecastPart } from '../forecast/part.ts';
import { closeRates } from '../win/close-rates.ts';
import { partnerEffect } from '../win/partner-effect.ts';
import type { PoolModel } from '../win/pool-model.ts';
import type { DealState } from '../deal/deal-at.ts';
import { dealsAt } from '../deal/deals-at.ts';
import { weigh, weighDirect } from '../forecast/weigh.ts';
import type { Weighed } from '../forecast/weighed.ts';
import type { PartnerView } from '../plan/view.ts';
import { clamp, gammaRatio } from '../math/numeric.ts';
import { activePlan } from '../plan/period.ts';
import { measureAll } from '../plan/registry.ts';
import { daysBetween } from '../math/time.ts';
import type { DealFacts, MeasureContext, PartnerFacts } from '../../model/facts.ts';
import type { PartnerScore, PlanHealth } from '../../model/score.ts';
import { BAND_Z, MODEL_VERSION } from '../tuning.ts';
import { NO_EFFECT } from './band.ts';
import { isLittle } from './evidence.ts';
import { partnerEffort } from './effort.ts';
import { scoredDeal, type ScoredDeal } from './deal.ts';
import { goalOf, type Goal } from './goal.ts';
import { atPace, goalPace } from './goal-pace.ts';
import { planHealth } from '../plan/health.ts';
import { partnerStall } from './movement.ts';
import { against, peerEffect, peerRate } from './peer.ts';
import { prospectOf, shownPoints } from './prospect.ts';
import { reachFor } from './reach.ts';
import { roundReasons, tenths } from './reasons.ts';
import { tierSeries } from './tier/series.ts';
import { salesOf } from './value/sales.ts';
import { headlineOf, partnerSteps, type Chances } from './partner-reasons.ts';

/** A known rate has a gamma shape beyond which its own spread no longer shows. */
const KNOWN_RATE_SHAPE = 1e4;

/** A partner as of the context's moment. */
export function viewOf(
  partner: PartnerFacts,
  pool: PoolModel,
  context: MeasureContext,
): PartnerView {
  const known = dealsAt(partner.deals, context);
  const states = known.filter((s) => !s.borrowed);
  const sinceMs = knownSinceMs(partner, states, context);
  const effect = partnerEffect(states, pool);
  return {
    partner,
    states,
    borrowed: known.filter((s) => s.borrowed),
    attests: pool.provenShare > 0,
    dataSinceMs: pool.sinceMs,
    sinceMs,
    pool,
    effect,
    rate: arrivalRate(states, sinceMs, pool, effect.effect),
    plan: activePlan(partner.plans, context),
  };
}

/** Uncertainty of the partner's odds together with that of the pool's own rate. */
const effectSd = (view: PartnerView, pool: PoolModel): number => {
  const { rate, deals } = pool.cohort;
  return Math.sqrt(view.effect.sd ** 2 + 1 / ((deals + 1) * rate * (1 - rate) + 1));
};

/**
 * Chance of the goal for a peer of the same size and type, then with one thing after another that
 * is known of this partner: by what is proven, and at last with what is half proven, within its
 * bound.
 */
function chances(view: PartnerView, goal: Goal, pool: PoolModel, context: MeasureContext): Chances {
  const { won, shared, reach, own, full } = reachFor(view, goal, pool, context);
  const ofType = peerEffect(view, pool);
  const peer = peerRate(view, goal, pool);
  const at = (effect: number): number => reach(won, own(effect, peer, peer).proven);
  const pace = goalPace(goal, peer, pool);
  const recorded = { items: [], arrivals: arrivalsUntil(peer, pool, goal.endMs, null) };
  const ahead = atPace(recorded, pace);
  const mean = pace.number * peer.perDay * daysBetween(goal.startMs, goal.endMs);
  const { effect } = view.effect;
  const sd = effectSd(view, pool);
  const bound = (z: number): number =>
    full(
      own(effect + z * sd, {
        perDay: view.rate.perDay * gammaRatio(view.rate.shape, z),
        shape: KNOWN_RATE_SHAPE,
      }),
    );
  const outlook = own(effect, view.rate);
  const score = full(outlook);
  return {
    difficulty: reach(0, { items: [], arrivals: { ...ahead.arrivals, mean } }),
    toDate: reach(won, ahead),
    pipeline: at(ofType),
    conversion: at(effect),
    proven: reach(won, outlook.proven),
    score: clamp(score, 0, 1),
    low: Math.min(score, bound(-BAND_Z)),
    high: Math.max(score, bound(BAND_Z)),
    won,
    peer,
    shared,
    items: outlook.proven.items,
  };
}

/** The partner's open deals, and its part of the channel forecast. */
function ownPart(
  view: PartnerView,
  pool: PoolModel,
  context: MeasureContext,
): { weighed: Weighed[]; part: ForecastPart } {
  const { partner, states, rate } = view;
  const { effect } = view.effect;
  const weighed = weigh(states, pool, context, context.period.endMs, effect, rate);
  const part = detailedPartnerPart(partner, states, weighed, pool, context, effect, rate);
  return { weighed, part };
}

/**
 * What a partner's score, plan health and parts of the forecast are, without what explains them.
 */
export interface PartnerStand {
  score: number;
  health: number | null;
  forecastParts: ForecastPart[];
}

/**
 * The same numbers as `scoredPartner`'s at a fraction of the work: nothing is explained or ranged.
 */
export function partnerStand(
  partner: PartnerFacts,
  pool: PoolModel,
  context: MeasureContext,
): PartnerStand {
  const view = viewOf(partner, pool, context);
  const goal = goalOf(view, pool, context);
  const { won, own, full } = reachFor(view, goal, pool, context);
  const chance = clamp(full(own(view.effect.effect, view.rate)), 0, 1);
  return {
    score: tenths(shownPoints(chance, won >= goal.goal)),
    health: planHealth(view, pool, context).health,
    forecastParts: [
      ownPart(view, pool, context).part,
      ...directParts(view.borrowed, pool, context),
    ],
  };
}

/** The part of the channel forecast that deals without a partner have, if there are any. */
export const directStand = (
  deals: readonly DealFacts[],
  pool: PoolModel,
  context: MeasureContext,
): ForecastPart[] => directParts(dealsAt(deals, context), pool, context);

function directParts(
  states: readonly DealState[],
  pool: PoolModel,
  context: MeasureContext,
): ForecastPart[] {
  if (states.length === 0) return [];
  const weighed = weighDirect(states, pool, context, context.period.endMs);
  return [detailedDirectPart(states, weighed, pool, context)];
}

/** A partner's score and those of its open deals, before anybody says what to do about them. */
export interface ScoredPartner {
  view: PartnerView;
  health: PlanHealth;
  score: Omit<PartnerScore, 'nextAction' | 'closing'>;
  deals: ScoredDeal[];
  forecastParts: ForecastPart[];
}

/**
 * Scores one partner and its open deals, and gives its part of the channel forecast.
 * `partner.score` = 100 x chance that the stated event happens, rounded to the tenth that is shown;
 * its reasons and `base` add up to it exactly.
 */
export function scoredPartner(
  partner: PartnerFacts,
  pool: PoolModel,
  context: MeasureContext,
): ScoredPartner {
  const view = viewOf(partner, pool, context);
  const goal = goalOf(view, pool, context);
  const c = chances(view, goal, pool, context);
  const health = planHealth(view, pool, context);
  const { weighed, part } = ownPart(view, pool, context);
  const borrowed = directStates(view.borrowed, pool, context);
  const decided = c.won >= goal.goal;
  const base = tenths(shownPoints(c.difficulty, decided));
  const score = tenths(shownPoints(c.score, decided));
  const low = clamp(tenths(shownPoints(c.low, decided)), 0, score);
  const high = clamp(tenths(shownPoints(c.high, decided)), score, 100);
  const effect = { effect: view.effect.effect, sd: view.effect.sd, resolved: view.effect.resolved };
  const deals = weighed.map((w) => scoredDeal(w, pool, context, effect));
  const forecast = partnerForecast(part, pool);
  const expected = { mean: forecast.mean, vendorHealth: health.vendorHealth };
  return {
    view,
    health,
    score: {
      partnerId: partner.id,
      object: partner.object,
      modelVersion: MODEL_VERSION,
      asOfMs: context.asOfMs,
      event: goal.event,
      score,
      headline: headlineOf(view, goal, { score, low, high, won: c.won }, context),
      against: against(view, base, pool, context),
      low,
      high,
      evidence: view.effect.resolved,
      littleEvidence: isLittle(view.effect.resolved),
      difficulty: base,
      base,
      reasons: roundReasons(base, score, partnerSteps(view, goal, c, context, pool)),
      planHealth: health,
      ...prospectOf(view, goal, pool, context, c.shared, c.score),
      kpis: measureAll(view, context),
      closeRates: closeRates(view.states, view.effect, pool),
      stall: partnerStall(deals, pool),
      sales: salesOf(view, context.asOfMs),
      effort: partnerEffort(partner, context),
      ...(context.tiers === undefined ? {} : { climb: tierSeries(view, expected, context) }),
      forecast,
    },
    deals: [...deals, ...borrowed.deals],
    forecastParts: [part, ...borrowed.forecastParts],
  };
}

/** Scores a page of deals that have no partner, and gives their part of the channel forecast. */
export function scoredDirectDeals(
  deals: readonly DealFacts[],
  pool: PoolModel,
  context: MeasureContext,
): { deals: ScoredDeal[]; forecastParts: ForecastPart[] } {
  return directStates(dealsAt(deals, context), pool, context);
}

function directStates(
  states: readonly DealState[],
  pool: PoolModel,
  context: MeasureContext,
): { deals: ScoredDeal[]; forecastParts: ForecastPart[] } {
  if (states.length === 0) return { deals: [], forecastParts: [] };
  const weighed = weighDirect(states, pool, context, context.period.endMs);
  return {
    deals: weighed.map((w) => scoredDeal(w, pool, context, NO_EFFECT)),
    forecastParts: [detailedDirectPart(states, weighed, pool, context)],
  };
}
