import {
  arrivalRate,
  arrivalsUntil,
  knownSinceMs,
  type ArrivalRate,
} from '../forecast/arrival-rate.ts';
import { partnerForecast } from '../forecast/channel.ts';
import { chanceToReach } from '../forecast/distribution.ts';
import { scoreOutlook, type Outlook, type ScoreOutlook } from '../forecast/outlook.ts';
import { wonBetween } from '../deal/won.ts';
import { detailedDirectPart, detailedPartnerPart, type ForecastPart } from '../forecast/part.ts';
import { partnerEffect } from '../win/partner-effect.ts';
import type { PoolModel } from '../win/pool-model.ts';
import type { DealState } from '../deal/deal-at.ts';
import { dealsAt } from '../deal/deals-at.ts';
import { weigh, weighDirect } from '../forecast/weigh.ts';
import { exactValue } from '../math/exact-sum.ts';
import type { PartnerView } from '../plan/view.ts';
import { clamp, gammaRatio } from '../math/numeric.ts';
import { activePlan } from '../plan/period.ts';
import { measureAll } from '../plan/registry.ts';
import { daysBetween } from '../math/time.ts';
import type { DealFacts, MeasureContext, PartnerFacts } from '../../model/facts.ts';
import type { PartnerScore, PlanHealth } from '../../model/score.ts';
import { BAND_Z, HALF_PROVEN_POINTS, MODEL_VERSION } from '../tuning.ts';
import { NO_EFFECT } from './band.ts';
import { scoredDeal, type ScoredDeal } from './deal.ts';
import { goalOf, type Goal } from './goal.ts';
import { planHealth } from '../plan/health.ts';
import { partnerStall } from './movement.ts';
import { prospectOf, shownPoints } from './prospect.ts';
import { roundReasons, tenths } from './reasons.ts';
import { speechOf } from '../math/speech.ts';
import { say } from '../../model/language/say.ts';
import { headlineOf, partnerSteps, type Chances } from './partner-reasons.ts';

const QUARTER_DAYS = 365.25 / 4;
/** Beyond this a factor would be all there is. */
const MAX_SHARED_SD = 1;
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

/** A partner that had won as much when the period began, and of which nothing else is known. */
const peerRate = (view: PartnerView, goal: Goal, pool: PoolModel): ArrivalRate =>
  arrivalRate(view.states, Math.min(view.sinceMs, goal.startMs), pool, 0, goal.startMs);

/**
 * By how much all that a partner may still win moves together: the market's own factor, which evens
 * out over several quarters, and how little is known of the partner's odds.
 */
function sharedSd(view: PartnerView, goal: Goal, pool: PoolModel): number {
  const quarters = Math.max(1, daysBetween(pool.asOfMs, goal.endMs) / QUARTER_DAYS);
  const { sd, levelSd } = pool.level;
  // By how much was watched, not by what came of it: else an outcome could move the score by
  // widening or narrowing it.
  const { rate, deals } = pool.cohort;
  const watched = pool.priorDeals + view.effect.exposure;
  const own = ((1 - rate) / rate) * (1 / watched + 1 / (deals + 1));
  return Math.min(MAX_SHARED_SD, Math.sqrt((sd * sd) / quarters + levelSd * levelSd + own));
}

/**
 * Chance of the goal for a peer of the same size, then with one thing after another that is known of
 * this partner: by what is proven, and at last with what is half proven, within its bound.
 */
function chances(view: PartnerView, goal: Goal, pool: PoolModel, context: MeasureContext): Chances {
  const won = exactValue(wonBetween(view.states, goal.startMs, goal.endMs));
  const shared = sharedSd(view, goal, pool);
  const reach = (fixed: number, { items, arrivals }: Outlook): number =>
    chanceToReach(fixed, items, [arrivals], goal.goal, shared);
  const own = (effect: number, rate: ArrivalRate): ScoreOutlook =>
    scoreOutlook(view.states, pool, context, goal.endMs, effect, rate);
  const at = (effect: number, rate: ArrivalRate): number => reach(won, own(effect, rate).proven);
  const most = HALF_PROVEN_POINTS / 100;
  const full = ({ proven, claimed }: ScoreOutlook): number => {
    const sure = reach(won, proven);
    return claimed === null ? sure : clamp(reach(won, claimed), sure, sure + most);
  };
  const peer = peerRate(view, goal, pool);
  const ahead = arrivalsUntil(peer, pool, goal.endMs, null);
  const mean = peer.perDay * daysBetween(goal.startMs, goal.endMs);
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
    difficulty: reach(0, { items: [], arrivals: { ...ahead, mean } }),
    toDate: reach(won, { items: [], arrivals: ahead }),
    pipeline: at(0, peer),
    conversion: at(effect, peer),
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
  const weighed = weigh(
    view.states,
    pool,
    context,
    context.period.endMs,
    view.effect.effect,
    view.rate,
  );
  const part = detailedPartnerPart(
    partner,
    view.states,
    weighed,
    pool,
    context,
    view.effect.effect,
    view.rate,
  );
  const borrowed = directStates(view.borrowed, pool, context);
  const decided = c.won >= goal.goal;
  const base = tenths(shownPoints(c.difficulty, decided));
  const score = tenths(shownPoints(c.score, decided));
  const low = clamp(tenths(shownPoints(c.low, decided)), 0, score);
  const high = clamp(tenths(shownPoints(c.high, decided)), score, 100);
  const effect = { effect: view.effect.effect, sd: view.effect.sd, resolved: view.effect.resolved };
  const deals = weighed.map((w) => scoredDeal(w, pool, context, effect));
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
      against: say(speechOf(context), 'base.partner', { p: base / 100 }),
      low,
      high,
      evidence: view.effect.resolved,
      difficulty: base,
      base,
      reasons: roundReasons(base, score, partnerSteps(view, goal, c, context, pool)),
      planHealth: health,
      ...prospectOf(view, goal, pool, context, c.shared, c.score),
      kpis: measureAll(view, context),
      stall: partnerStall(deals, pool),
      forecast: partnerForecast(part, pool),
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
