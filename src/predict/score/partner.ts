import {
  arrivalRate,
  arrivalsUntil,
  knownSinceMs,
  type ArrivalRate,
} from '../forecast/arrival-rate.ts';
import { partnerForecast } from '../forecast/channel.ts';
import { chanceToReach, type ForecastItem } from '../forecast/distribution.ts';
import { itemsMean, scoreOutlook, type Outlook, type ScoreOutlook } from '../forecast/outlook.ts';
import { wonBetween } from '../deal/won.ts';
import { directPart, partnerPart, type ForecastPart } from '../forecast/part.ts';
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
  const known = dealsAt(partner.deals, context);
  const states = known.filter((s) => !s.borrowed);
  const sinceMs = knownSinceMs(partner, states, context);
  return {
    partner,
    states,
    borrowed: known.filter((s) => s.borrowed),
    attests: pool.provenShare > 0,
    dataSinceMs: pool.sinceMs,
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
  proven: number;
  score: number;
  low: number;
  high: number;
  won: number;
  peer: ArrivalRate;
  items: ForecastItem[];
}

/** Uncertainty of the partner's odds together with that of the pool's own rate. */
const effectSd = (view: PartnerView, pool: PoolModel): number => {
  const { rate, deals } = pool.cohort;
  return Math.sqrt(view.effect.sd ** 2 + 1 / ((deals + 1) * rate * (1 - rate) + 1));
};

/** A partner that had won as much when the period began, and of which nothing else is known. */
const peerRate = (view: PartnerView, goal: Goal, pool: PoolModel): ArrivalRate =>
  arrivalRate(view.states, Math.min(view.sinceMs, goal.startMs), pool, goal.startMs);

/**
 * Chance of the goal for a peer of the same size, then with one thing after another that is known of
 * this partner: by what is proven, and at last with what is half proven, within its bound.
 */
function chances(view: PartnerView, goal: Goal, pool: PoolModel, context: MeasureContext): Chances {
  const won = exactValue(wonBetween(view.states, goal.startMs, goal.endMs));
  const reach = (fixed: number, { items, arrivals }: Outlook): number =>
    chanceToReach(fixed, items, [arrivals], goal.goal);
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
    items: outlook.proven.items,
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
          ? 'No proven open deal.'
          : `${count(c.items.length, 'proven open deal')} expected to bring ${money(itemsMean(c.items), context.reportingCurrency)} by then, judged by stage and days in it.`,
    },
    {
      code: 'conversion',
      points: 100 * (c.conversion - c.pipeline),
      text: `Wins ${percent(effect.rate)} of its deals within ${context.horizonDays} days, the pool ${percent(pool.cohort.rate)} (${effect.resolved} resolved deals, shrunk to the pool).`,
    },
    {
      code: 'arrivals',
      points: 100 * (c.proven - c.conversion),
      text: `Its record brings the worth of ${wins(rate.perDay)} average wins a year, that of a partner of its size ${wins(c.peer.perDay)}${surer(c.proven - c.conversion, rate.perDay - c.peer.perDay)}.`,
    },
    {
      code: 'half-proven',
      points: 100 * (c.score - c.proven),
      text: `Open deals that somebody unknown moved or met raise the score by at most ${HALF_PROVEN_POINTS} points.`,
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
  const weighed = weigh(
    view.states,
    pool,
    context,
    context.period.endMs,
    view.effect.effect,
    view.rate,
  );
  const part = partnerPart(partner.id, view.states, weighed, pool, context, view.rate);
  const borrowed = directStates(view.borrowed, pool, context);
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
    deals: [...weighed.map((w) => scoredDeal(w, pool, context, effect)), ...borrowed.deals],
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
    forecastParts: [directPart(states, weighed, pool, context)],
  };
}
