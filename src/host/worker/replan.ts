import { filterOfPart } from '../../store/plan-filter.ts';
import type { Store } from '../../store/store.ts';
import type { ReplanRequest } from '../../sync/run/replan.ts';
import type { JourneyInput, JourneyReplan } from './instance.ts';

/** The engine's request of a journey that applies a plan or takes writes back. */
export async function replanRequest(
  store: Store,
  { connectionId, dryRun }: Pick<JourneyInput, 'connectionId' | 'dryRun'>,
  { kind, sourceId, only }: JourneyReplan,
): Promise<ReplanRequest> {
  if (only === null) return { kind, sourceId, dryRun };
  return { kind, sourceId, dryRun, only: await filterOfPart(store, connectionId, only) };
}
