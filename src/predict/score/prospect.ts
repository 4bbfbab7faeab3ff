import type { MeasureContext } from '../../model/facts.ts';
import type { PartnerProspect } from '../../model/score.ts';
import { wonBetween } from '../deal/won.ts';
import { winSizes } from '../forecast/arrival-rate.ts';
import {
  amountMass,
  chanceToReach,
  summary,
  type Arrivals,
  type ForecastItem,
} from '../forecast/distribution.ts';
import { scoreOutlook, type Outlook } from '../forecast/outlook.ts';
import { shiftMonths } from '../math/calendar.ts';
import { exactValue } from '../math/exact-sum.ts';
import { aroundMean } from '../math/interval.ts';
import { clamp } from '../math/numeric.ts';
import { DAY_MS } from '../math/time.ts';
import { activePlan } from '../plan/period.ts';
import type { PartnerView } from '../plan/view.ts';
import { NEXT_FROM_DAY, USUAL_ABOUT } from '../tuning.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { usualAmount, type Goal } from './goal.ts';
import { atPace, goalPace } from './goal-pace.ts';
import { tenths } from './reasons.ts';

/** Points of 100 before rounding: what may still go either way is never shown as 0 or 100. */
export const shownPoints = (chance: number, decided = false): number =>
  decided ? 100 * chance : clamp(100 * chance, 0.5, 99.5);

/** Sizes of a win: one in ten is smaller than the first, half are larger than the middle one. */
function sizesOfAWin(pool: PoolModel): [small: number, typical: number, large: number] {
  const sizes = winSizes(pool).sort((a, b) => a - b);
  const at = (share: number): number =>
    sizes[Math.min(sizes.length - 1, Math.floor(share * sizes.length))]!;
  return [at(0.1), at(0.5), at(0.9)];
}

/**
 * What is won in a stretch that begins later: what is won by its end, less what is by its start.
 */
export function between(
  early: Outlook,
  late: Outlook,
): { items: ForecastItem[]; arrivals: Arrivals } {
  return {
    items: late.items.map((item, i) => ({
      amount: item.amount,
      probability: Math.max(0, item.probability - (early.items[i]?.probability ?? 0)),
    })),
    arrivals: {
      ...late.arrivals,
      mean: Math.max(0, late.arrivals.mean - early.arrivals.mean),
    },
  };
}

/**
 * Chance of the coming period's event: the next plan's target where one has been agreed, else the
 * usual amount in the next quarter. Told from day 60 of the quarter on.
 */
function nextScore(
  view: PartnerView,
  pool: PoolModel,
  context: MeasureContext,
  shared: number,
): number | null {
  const { period, asOfMs, timeZone } = context;
  if (asOfMs < period.startMs + NEXT_FROM_DAY * DAY_MS) return null;
  const then = activePlan(view.partner.plans, { ...context, asOfMs: period.endMs });
  // A plan that goes on has its score already; the next quarter of it is a usual quarter.
  const plan = then?.outcome && then.plan.id !== view.plan?.plan.id ? then : null;
  const startMs = plan?.startMs ?? period.endMs;
  const endMs = plan?.endMs ?? shiftMonths(period.endMs, 3, timeZone);
  const goal = plan?.outcome?.goal ?? usualAmount(view, pool, context);
  const about = plan === null ? USUAL_ABOUT : 0;
  const until = (ms: number): Outlook =>
    scoreOutlook(view.states, pool, context, ms, view.effect.effect, view.rate).proven;
  const ahead = between(until(startMs), until(endMs));
  const { items, arrivals } = ahead;
  return tenths(shownPoints(chanceToReach(0, items, [arrivals], goal, shared, about)));
}

/**
 * Where a partner stands beside its score: what it is expected to attain, what is missing in money,
 * and what one more win would change. `chance` is that of the goal.
 */
export function prospectOf(
  view: PartnerView,
  goal: Goal,
  pool: PoolModel,
  context: MeasureContext,
  shared: number,
  chance: number,
): PartnerProspect {
  const won = exactValue(wonBetween(view.states, goal.startMs, goal.endMs));
  const { items, arrivals } = atPace(
    scoreOutlook(view.states, pool, context, goal.endMs, view.effect.effect, view.rate).proven,
    goalPace(goal, view.rate, pool),
  );
  const total = summary(amountMass(won, items, [arrivals], shared));
  const gap = Math.max(0, goal.goal - total.mean);
  const [low, more, high] = sizesOfAWin(pool).map((size) =>
    Math.max(
      0,
      chanceToReach(won + size, items, [arrivals], goal.goal, shared, goal.about) - chance,
    ),
  ) as [number, number, number];
  const band = aroundMean(total.mean, total.p10, total.p90);
  return {
    expectedAttainment: total.mean / goal.goal,
    expectedAttainmentLow: band.low / goal.goal,
    expectedAttainmentHigh: band.high / goal.goal,
    gap,
    moneyAtStake: gap * more,
    oneMoreWin: {
      points: 100 * more,
      low: 100 * low,
      high: 100 * high,
      wins: pool.amounts.count,
    },
    scoreNext: nextScore(view, pool, context, shared),
  };
}
