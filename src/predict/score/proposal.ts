import type { MeasureContext } from '../../model/facts.ts';
import { decimalExponent } from '../../model/real-math.ts';
import { say } from '../../model/language/say.ts';
import type { ProposedTarget } from '../../model/review.ts';
import type { PlanPart } from '../../model/score.ts';
import { arrivalRate, arrivalsUntil } from '../forecast/arrival-rate.ts';
import { amountMass, chanceToReach, quantile } from '../forecast/distribution.ts';
import { itemsMean, scoreOutlook, type Outlook } from '../forecast/outlook.ts';
import { isoDay, shiftMonths } from '../math/calendar.ts';
import { exactSum } from '../math/exact-sum.ts';
import { lastDay, speechOf } from '../math/speech.ts';
import { OUTCOME_METRIC } from '../plan/period.ts';
import type { PartnerView } from '../plan/view.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { usualAmount } from './goal.ts';
import { peerEffect } from './peer.ts';
import { between } from './prospect.ts';
import { sharedSd } from './reach.ts';

/** As likely reached as not; and what takes a good quarter: one in four. */
const CHANCES = [0.5, 0.25] as const;
/** People promise round numbers. */
const DIGITS = 2;
const MONTHS_A_QUARTER = 3;

const roundly = (value: number): number => Number(value.toPrecision(DIGITS));

/** Never up: a large deal that just reached the amount would no longer do. */
function roundlyDown(value: number): number {
  const up = roundly(value);
  if (up <= value) return up;
  const unit = 10 ** (decimalExponent(value) - DIGITS + 1);
  return roundly(up - unit);
}

/**
 * Amounts that the coming quarter brings with a stated chance, each with the chance of a
 * partner of its type that has won as much: by what is proven, as the score is.
 */
export function proposedAmounts(
  view: PartnerView,
  pool: PoolModel,
  context: MeasureContext,
): ProposedTarget[] {
  const { timeZone } = context;
  const speech = speechOf(context);
  const startMs = context.period.endMs;
  const endMs = shiftMonths(startMs, MONTHS_A_QUARTER, timeZone);
  const until = (ms: number): Outlook =>
    scoreOutlook(view.states, pool, context, ms, view.effect.effect, view.rate).proven;
  const { items, arrivals } = between(until(startMs), until(endMs));
  const shared = sharedSd(view, { endMs }, pool);
  const total = amountMass(0, items, [arrivals], shared);
  const peer = arrivalRate(view.states, view.sinceMs, pool, peerEffect(view, pool));
  const theirs = [startMs, endMs].map((ms) => arrivalsUntil(peer, pool, ms, null));
  const usual = { ...theirs[1]!, mean: Math.max(0, theirs[1]!.mean - theirs[0]!.mean) };
  const open = itemsMean(items);
  const basis = say(speech, 'review.basis.amount', {
    open,
    fresh: total.mean - open,
    n: view.effect.resolved,
  });
  const plan = view.plan?.plan.targets ?? [];
  const before = exactSum(
    plan
      .filter(({ side, metric }) => side === 'partner' && metric === OUTCOME_METRIC)
      .map(({ goal }) => goal),
  );
  const likely = CHANCES.map((chance) => roundlyDown(quantile(total, 1 - chance))).filter(
    (proposed, i, all) => proposed > 0 && all.indexOf(proposed) === i,
  );
  // Of a partner that will probably win nothing at all, what is usual is asked.
  const asked = likely.length > 0 ? likely : [roundly(usualAmount(view, pool, context))];
  return asked
    .filter((proposed) => proposed > 0)
    .map((proposed) => ({
      ...{ side: 'partner' as const, metric: OUTCOME_METRIC, proposed },
      label: say(speech, 'review.won', {
        from: isoDay(startMs, timeZone),
        to: lastDay(endMs, timeZone),
      }),
      ...{ unit: 'amount', before: before > 0 ? before : null },
      reach: chanceToReach(0, items, [arrivals], proposed, shared),
      difficulty: chanceToReach(0, [], [usual], proposed, shared),
      basis,
    }));
}

/**
 * What a plan of the same length could promise of a metric that nothing forecasts: where the pace
 * leads, and where that falls short of the goal, half the way back to it.
 */
export function proposedPart(
  part: PlanPart,
  side: ProposedTarget['side'],
  context: MeasureContext,
): ProposedTarget[] {
  const { metric, label, unit, goal, projected, actual, direction } = part;
  if (metric === OUTCOME_METRIC || projected === null || actual === null) return [];
  const short = direction === 'up' ? projected < goal : projected > goal;
  const asked = short ? (projected + goal) / 2 : projected;
  const whole = unit === 'count' ? Math.ceil(asked) : roundly(asked);
  if (!(whole > 0)) return [];
  return [
    {
      ...{ side, metric, label, unit, before: goal, proposed: whole, reach: null },
      difficulty: null,
      basis: say(speechOf(context), 'review.basis.pace', { actual, projected, goal }),
    },
  ];
}
