import {
  arrivalRate,
  arrivalsUntil,
  knownSinceMs,
  pooledRate,
  type ArrivalRate,
} from '../forecast/arrival-rate.ts';
import { partnerForecast } from '../forecast/channel.ts';
import { chanceToReach, type Arrivals, type ForecastItem } from '../forecast/distribution.ts';
import { itemsMean, scoreOutlook } from '../forecast/outlook.ts';
import { wonBetween } from '../deal/won.ts';
import { directPart, partnerPart, type ForecastPart } from '../forecast/part.ts';
import { partnerEffect } from '../win/partner-effect.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { dealsAt } from '../deal/deal-at.ts';
import { exactValue } from '../math/exact-sum.ts';
import type { PartnerView } from '../plan/view.ts';
import { clamp, gammaRatio } from '../math/numeric.ts';
import { activePlan } from '../plan/period.ts';
import { measureAll } from '../plan/registry.ts';
import { daysBetween } from '../math/time.ts';
import type { DealFacts, MeasureContext, PartnerFacts } from '../../model/facts.ts';
import type { PartnerScore, PlanHealth } from '../../model/score.ts';
import { BAND_Z, MODEL_VERSION } from '../tuning.ts';
import { NO_EFFECT, scoredDeal, type ScoredDeal } from './deal.ts';
import { goalOf, type Goal } from './goal.ts';
import { planHealth } from '../plan/health.ts';
import { roundReasons, tenths, type Step } from './reasons.ts';
import { count, money, percent, span } from './words.ts';

/** A known rate has a gamma shape beyond which its own spread no longer shows. */
const KNOWN_RATE_SHAPE = 1e4;

/** A partner as of the context's moment. */
export function viewOf(
  partner: PartnerFacts,
  pool: PoolModel,
  context: MeasureContext,
): PartnerView {
  const states = dealsAt(partner.deals, context);
  const sinceMs = knownSinceMs(partner, states, context);
  return {
    partner,
    states,
    sinceMs,
    pool,
    effect: partnerEffect(states, pool),
    rate: arrivalRate(states, sinceMs, pool),
    plan: activePlan(partner.plans, context),
  };
}

interface Chances {
  difficulty: number;
  toDate: number;
  pipeline: number;
  conversion: number;
  score: number;
  low: number;
  high: number;
  won: number;
  items: ForecastItem[];
}

/** Uncertainty of the partner's odds together with that of the pool's own rate. */
const effectSd = (view: PartnerView, pool: PoolModel): number => {
  const { rate, deals } = pool.cohort;
  return Math.sqrt(view.effect.sd ** 2 + 1 / ((deals + 1) * rate * (1 - rate) + 1));
};

/**
 * Chance of the goal as a pooled peer, then with one thing after another
 * that is known of this partner.
 */
function chances(view: PartnerView, goal: Goal, pool: PoolModel, context: MeasureContext): Chances {
  const won = exactValue(wonBetween(view.states, goal.startMs, goal.endMs));
  const reach = (fixed: number, items: readonly ForecastItem[], arrivals: Arrivals): number =>
    chanceToReach(fixed, items, [arrivals], goal.goal);
  const own = (effect: number, rate: ArrivalRate): { items: ForecastItem[]; arrivals: Arrivals } =>
    scoreOutlook(view.states, pool, context, goal.endMs, effect, rate);
  const at = (effect: number, rate: ArrivalRate): number => {
    const o = own(effect, rate);
    return reach(won, o.items, o.arrivals);
  };
  const peer = pooledRate(pool);
  const ahead = arrivalsUntil(peer, pool, goal.endMs, null);
  const { effect } = view.effect;
  const sd = effectSd(view, pool);
  const bound = (z: number): number =>
    at(effect + z * sd, {
      perDay: view.rate.perDay * gammaRatio(view.rate.shape, z),
      shape: KNOWN_RATE_SHAPE,
    });
  const score = at(effect, view.rate);
  return {
    difficulty: reach(0, [], {
      ...ahead,
      mean: peer.perDay * daysBetween(goal.startMs, goal.endMs),
    }),
    toDate: reach(won, [], ahead),
    pipeline: at(0, peer),
    conversion: at(effect, peer),
    score,
    low: Math.min(score, bound(-BAND_Z)),
    high: Math.max(score, bound(BAND_Z)),
    won,
    items: own(effect, view.rate).items,
  };
}

function steps(
  view: PartnerView,
  goal: Goal,
  c: Chances,
  context: MeasureContext,
  pool: PoolModel,
): Step[] {
  const { effect, rate } = view;
  const left = span(daysBetween(context.asOfMs, goal.endMs));
  const wins = (perDay: number): string => (perDay * 365.25).toFixed(1);
  return [
    {
      code: 'won-to-date',
      points: 100 * (c.toDate - c.difficulty),
      text: `${money(c.won, context.reportingCurrency)} won so far, ${left} left.`,
    },
    {
      code: 'open-pipeline',
      points: 100 * (c.pipeline - c.toDate),
      text:
        c.items.length === 0
          ? 'No verified open deal.'
          : `${count(c.items.length, 'verified open deal')} expected to bring ${money(itemsMean(c.items), context.reportingCurrency)} by then, judged by stage and days in it.`,
    },
    {
      code: 'conversion',
      points: 100 * (c.conversion - c.pipeline),
      text: `Wins ${percent(effect.rate)} of its deals within ${context.horizonDays} days, the pool ${percent(pool.cohort.rate)} (${effect.resolved} resolved deals, shrunk to the pool).`,
    },
    {
      code: 'arrivals',
      points: 100 * (c.score - c.conversion),
      text: `Its record brings the worth of ${wins(rate.perDay)} average wins a year, a usual partner's ${wins(pooledRate(pool).perDay)}${surer(c.score - c.conversion, rate.perDay - pooledRate(pool).perDay)}.`,
    },
  ];
}

/**
 * A stranger's rate may be anything; a record of its own narrows it, which can outweigh
 * the difference of the means.
 */
const surer = (points: number, difference: number): string =>
  points * difference >= 0
    ? ''
    : points > 0
      ? ", and is surer than a stranger's"
      : ", but a stranger's could be far higher";

/** A partner's score and those of its open deals, before anybody says what to do about them. */
export interface ScoredPartner {
  view: PartnerView;
  health: PlanHealth;
  score: Omit<PartnerScore, 'nextAction'>;
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
  const part = partnerPart(partner.id, view.states, pool, context, view.effect.effect, view.rate);
  const [base, score] = [tenths(100 * c.difficulty), tenths(100 * c.score)];
  const effect = { effect: view.effect.effect, sd: view.effect.sd, resolved: view.effect.resolved };
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
      low: clamp(tenths(100 * c.low), 0, score),
      high: clamp(tenths(100 * c.high), score, 100),
      evidence: view.effect.resolved,
      difficulty: base,
      base,
      reasons: roundReasons(base, score, steps(view, goal, c, context, pool)),
      planHealth: health,
      kpis: measureAll(view, context),
      forecast: partnerForecast(part, pool),
    },
    deals: view.states.flatMap((state) => scoredDeal(state, pool, context, effect) ?? []),
    forecastParts: [part],
  };
}

/** Scores a page of deals that have no partner, and gives their part of the channel forecast. */
export function scoredDirectDeals(
  deals: readonly DealFacts[],
  pool: PoolModel,
  context: MeasureContext,
): { deals: ScoredDeal[]; forecastParts: ForecastPart[] } {
  const states = dealsAt(deals, context);
  return {
    deals: states.flatMap((state) => scoredDeal(state, pool, context, NO_EFFECT) ?? []),
    forecastParts: [directPart(states, pool, context)],
  };
}
