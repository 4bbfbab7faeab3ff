import { knownSinceMs, pooledRate, winSizes } from '../forecast/arrival-rate.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { exactSum } from '../math/exact-sum.ts';
import type { PartnerView } from '../plan/view.ts';
import { DAY_MS, daysBetween } from '../math/time.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { ScoreEvent } from '../../model/score.ts';
import { faded, fadedDays } from '../win/pace-fit.ts';
import { REPEAT_PSEUDO_PERIODS, USUAL_ABOUT, USUAL_HALF_LIFE_DAYS } from '../tuning.ts';
import { say } from '../../model/language/say.ts';
import { lastDay, speechOf } from '../math/speech.ts';

/** The event a partner's score is the chance of: winning `goal` in [startMs, endMs). */
export interface Goal {
  event: ScoreEvent;
  startMs: number;
  endMs: number;
  goal: number;
  /** An estimated goal is a span, so much of it on either side; 0 = agreed, to the cent. */
  about: number;
}

/**
 * What the partner wins in 13 weeks, shrunk to what a usual partner does; never zero, so that the
 * event stays an event. A win of the last 13 weeks counts a thirteenth more each week: it must not
 * raise at once what is still to be won. All fades evenly, so that no day's turn moves it.
 */
export function usualAmount(view: PartnerView, pool: PoolModel, context: MeasureContext): number {
  const watched = daysBetween(knownSinceMs(view.partner, view.states, context), context.asOfMs);
  const sizes = winSizes(pool);
  const expected = pooledRate(pool).perDay * REPEAT_DAYS * (exactSum(sizes) / sizes.length);
  const usual = pool.pace.usual > 0 ? pool.pace.usual : expected;
  // Wins that wait count here, else a partner could lower its own bar.
  const own = view.states.map((s) => {
    if (s.outcome !== 'won' || s.closedMs === null) return 0;
    const age = daysBetween(s.closedMs, context.asOfMs);
    const counts = Math.min(1, Math.max(0, age / REPEAT_DAYS));
    return Math.max(0, s.amount ?? 0) * counts * faded(age, USUAL_HALF_LIFE_DAYS);
  });
  const periods = fadedDays(Math.max(0, watched)) / REPEAT_DAYS;
  return (REPEAT_PSEUDO_PERIODS * usual + exactSum(own)) / (REPEAT_PSEUDO_PERIODS + periods);
}

/** Length of the event that rolls: a quarter, in whole weeks. */
const REPEAT_DAYS = 91;

/**
 * The plan's outcome target; without one, winning its usual amount
 * again in the coming 13 weeks: an event that rolls, so that no quarter's turn can change it.
 */
export function goalOf(view: PartnerView, pool: PoolModel, context: MeasureContext): Goal {
  const { plan } = view;
  const speech = speechOf(context);
  if (plan?.outcome) {
    const { goal } = plan.outcome;
    const text = say(speech, 'event.plan', {
      goal,
      due: lastDay(plan.endMs, context.timeZone),
      plan: plan.plan.name,
    });
    return {
      event: { kind: 'plan-target', text, fromMs: plan.startMs, dueMs: plan.endMs, goal },
      startMs: plan.startMs,
      endMs: plan.endMs,
      goal,
      about: 0,
    };
  }
  const goal = usualAmount(view, pool, context);
  const startMs = context.asOfMs;
  const endMs = startMs + REPEAT_DAYS * DAY_MS;
  const text = say(speech, 'event.repeat', { goal });
  return {
    event: { kind: 'repeat', text, fromMs: startMs, dueMs: endMs, goal },
    startMs,
    endMs,
    goal,
    about: USUAL_ABOUT,
  };
}
