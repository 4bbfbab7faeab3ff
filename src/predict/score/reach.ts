import type { MeasureContext } from '../../model/facts.ts';
import { wonBetween } from '../deal/won.ts';
import type { ArrivalRate } from '../forecast/arrival-rate.ts';
import { chanceToReach } from '../forecast/distribution.ts';
import { scoreOutlook, type Outlook, type ScoreOutlook } from '../forecast/outlook.ts';
import { exactValue } from '../math/exact-sum.ts';
import { clamp } from '../math/numeric.ts';
import { daysBetween } from '../math/time.ts';
import type { PartnerView } from '../plan/view.ts';
import { HALF_PROVEN_POINTS } from '../tuning.ts';
import type { PoolModel } from '../win/pool-model.ts';
import type { Goal } from './goal.ts';
import { atPace, goalPace } from './goal-pace.ts';

const QUARTER_DAYS = 365.25 / 4;
/** Beyond this a factor would be all there is. */
const MAX_SHARED_SD = 1;

/**
 * By how much all that a partner may still win moves together: the market's own factor, which evens
 * out over several quarters, and how little is known of the partner's odds.
 */
export function sharedSd(view: PartnerView, goal: Pick<Goal, 'endMs'>, pool: PoolModel): number {
  const quarters = Math.max(1, daysBetween(pool.asOfMs, goal.endMs) / QUARTER_DAYS);
  const { sd, levelSd } = pool.level;
  // By how much was watched, not by what came of it: else an outcome could move the score by
  // widening or narrowing it.
  const { rate, deals } = pool.cohort;
  const watched = pool.priorDeals + view.effect.exposure;
  const own = ((1 - rate) / rate) * (1 / watched + 1 / (deals + 1));
  return Math.min(MAX_SHARED_SD, Math.sqrt((sd * sd) / quarters + levelSd * levelSd + own));
}

/** What a partner has won towards its goal, and chances to reach it. */
interface Reach {
  won: number;
  shared: number;
  reach(fixed: number, outlook: Outlook): number;
  /** At `rate`, moved by what the target says of `recorded`, the partner's own where left out. */
  own(effect: number, rate: ArrivalRate, recorded?: ArrivalRate): ScoreOutlook;
  /** By what is proven, with what is half proven within its bound. */
  full(outlook: ScoreOutlook): number;
}

export function reachFor(
  view: PartnerView,
  goal: Goal,
  pool: PoolModel,
  context: MeasureContext,
): Reach {
  const won = exactValue(wonBetween(view.states, goal.startMs, goal.endMs));
  const shared = sharedSd(view, goal, pool);
  const reach = (fixed: number, { items, arrivals }: Outlook): number =>
    chanceToReach(fixed, items, [arrivals], goal.goal, shared, goal.about);
  const most = HALF_PROVEN_POINTS / 100;
  return {
    ...{ won, shared, reach },
    own: (effect, rate, recorded = view.rate) => {
      const pace = goalPace(goal, recorded, pool);
      const { proven, claimed } = scoreOutlook(
        view.states,
        pool,
        context,
        goal.endMs,
        effect,
        rate,
      );
      return { proven: atPace(proven, pace), claimed: claimed && atPace(claimed, pace) };
    },
    full: ({ proven, claimed }) => {
      const sure = reach(won, proven);
      return claimed === null ? sure : clamp(reach(won, claimed), sure, sure + most);
    },
  };
}
