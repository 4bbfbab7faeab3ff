/**
 * Very large worlds keep fewer of their old touches: a million deals have four million, which
 * no two-core machine holds.
 */
import { DAY_MS } from './calendar.ts';
import type { World, WorldEvent } from './events.ts';

/** Touches of the last half year are all kept, because scores look at them. */
const KEPT_WHOLE_MS = 182 * DAY_MS;
/** Of the older ones every so many-th is kept. */
const KEPT_EVERY = 5;

function* thinned(events: Iterable<WorldEvent>, keptFromMs: number): Generator<WorldEvent> {
  let met = 0;
  for (const event of events) {
    // Only touches of deals: activities of other kinds are named again by later events.
    if (
      event.kind === 'activity' &&
      event.dealId !== null &&
      event.atMs < keptFromMs &&
      met++ % KEPT_EVERY !== 0
    )
      continue;
    yield event;
  }
}

/**
 * The world with old calls, mails, tasks and meetings of deals thinned out; deals, their stages,
 * amounts and dates are all there.
 */
export function thinWorld(world: World, endMs: number): World {
  return {
    ...world,
    events: () => thinned(world.events(), endMs - KEPT_WHOLE_MS),
    provenance: `${world.provenance} Of calls, mails, tasks and meetings on deals that are older than half a year one in ${KEPT_EVERY} is kept.`,
  };
}
