import { knownSinceMs, pooledRate, winSizes } from '../forecast/arrival-rate.ts';
import { wonBetween } from '../deal/won.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { quartersBefore } from '../math/calendar.ts';
import { exactSum, exactValue } from '../math/exact-sum.ts';
import type { PartnerView } from '../plan/view.ts';
import { daysBetween } from '../math/time.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { ScoreEvent } from '../../model/score.ts';
import { REPEAT_PERIODS, REPEAT_PSEUDO_PERIODS } from '../tuning.ts';
import { money } from './words.ts';

/** The event a partner's score is the chance of: winning `goal` in [startMs, endMs). */
export interface Goal {
  event: ScoreEvent;
  startMs: number;
  endMs: number;
  goal: number;
}

/**
 * Own average of past periods, shrunk to the pool's; never zero, so that the event stays an event.
 */
function repeatGoal(view: PartnerView, pool: PoolModel, context: MeasureContext): number {
  const sinceMs = knownSinceMs(view.partner, view.states, context);
  const past = quartersBefore(context.period, REPEAT_PERIODS, context.timeZone).filter(
    (q) => q.startMs >= sinceMs,
  );
  const sizes = winSizes(pool);
  const expected =
    pooledRate(pool).perDay *
    daysBetween(context.period.startMs, context.period.endMs) *
    (exactSum(sizes) / sizes.length);
  const usual = pool.partnerQuarterMean > 0 ? pool.partnerQuarterMean : expected;
  // Wins that wait count here, else a partner could lower its own bar.
  const all = view.states.map((s) => ({ ...s, waiting: false }));
  const own = past.map((q) => Math.max(0, exactValue(wonBetween(all, q.startMs, q.endMs))));
  return (REPEAT_PSEUDO_PERIODS * usual + exactSum(own)) / (REPEAT_PSEUDO_PERIODS + own.length);
}

/**
 * The plan's outcome target; without one, repeating the partner's own
 * average in the current period.
 */
export function goalOf(view: PartnerView, pool: PoolModel, context: MeasureContext): Goal {
  const { plan } = view;
  if (plan?.outcome) {
    const { goal } = plan.outcome;
    const text = `Wins ${money(goal, context.reportingCurrency)} by ${plan.plan.endOn.slice(0, 10)} (${plan.plan.name.slice(0, 120)})`;
    return {
      event: { kind: 'plan-target', text, fromMs: plan.startMs, dueMs: plan.endMs, goal },
      startMs: plan.startMs,
      endMs: plan.endMs,
      goal,
    };
  }
  const goal = repeatGoal(view, pool, context);
  const text = `Wins at least ${money(goal, context.reportingCurrency)}, its usual quarter shrunk to the pool's, in ${context.period.label} (no plan target)`;
  return {
    event: {
      kind: 'repeat',
      text,
      fromMs: context.period.startMs,
      dueMs: context.period.endMs,
      goal,
    },
    startMs: context.period.startMs,
    endMs: context.period.endMs,
    goal,
  };
}
