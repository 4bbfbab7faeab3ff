import { findConnection } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import { typedPartner } from '../../store/typed-partner.ts';
import type { AppDeps } from './deps.ts';

/** What an id of a request may mean in the connection's CRM, in the spelling of its rows. */
export async function spelt(
  deps: AppDeps,
  store: Store,
  connectionId: string,
  typed: string,
): Promise<string[]> {
  const crm = (await findConnection(store, connectionId))?.crm ?? '';
  return (await deps.connector(crm))?.spellings?.(typed) ?? [typed];
}

/** The partner that a request names by an id of any spelling, or by a name. */
export async function askedPartner(
  deps: AppDeps,
  store: Store,
  connectionId: string,
  typed: string,
): Promise<string> {
  const ids = await spelt(deps, store, connectionId, typed);
  return await typedPartner(store, connectionId, typed, ids);
}
