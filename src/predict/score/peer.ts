import { ownEntry } from '../../model/own-entry.ts';
import { say } from '../../model/language/say.ts';
import type { MeasureContext } from '../../model/facts.ts';
import { arrivalRate, type ArrivalRate } from '../forecast/arrival-rate.ts';
import { speechOf } from '../math/speech.ts';
import type { PartnerView } from '../plan/view.ts';
import type { PoolModel, TypeEffect } from '../win/pool-model.ts';
import type { Goal } from './goal.ts';

/** Partners of this one's type, where there are enough of them to tell how their deals convert. */
const typeOf = ({ partner }: PartnerView, pool: PoolModel): TypeEffect | null =>
  ownEntry(pool.types, partner.type) ?? null;

/** Log odds of a peer's deals beside the pool's: those of its type. */
export const peerEffect = (view: PartnerView, pool: PoolModel): number =>
  typeOf(view, pool)?.effect ?? 0;

/**
 * A partner of the same type that had won as much when the period began, and of which nothing else
 * is known.
 */
export const peerRate = (view: PartnerView, goal: Goal, pool: PoolModel): ArrivalRate =>
  arrivalRate(
    view.states,
    Math.min(view.sinceMs, goal.startMs),
    pool,
    peerEffect(view, pool),
    goal.startMs,
  );

/** Whom the score is compared with, in words; `base` in points. */
export function against(
  view: PartnerView,
  base: number,
  pool: PoolModel,
  context: MeasureContext,
): string {
  const type = typeOf(view, pool);
  const speech = speechOf(context);
  return type === null
    ? say(speech, 'base.partner', { p: base / 100 })
    : say(speech, 'base.partnerOfType', {
        ...{ p: base / 100, type: view.partner.type!, n: type.partners },
      });
}
