import { findConnection } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { typedPartner } from '../store/typed-partner.ts';
import type { CliDeps } from './deps.ts';

/** What a typed id may mean in the connection's CRM, in the spelling of its rows. */
export async function spelt(
  deps: CliDeps,
  store: Store,
  connectionId: string,
  typed: string,
): Promise<string[]> {
  const known = await findConnection(store, connectionId);
  const connector = known === null ? null : await deps.connector(known.crm).catch(() => null);
  return connector?.spellings?.(typed) ?? [typed];
}

/** A partner that a person names by an id of any spelling, or by a name. */
export async function askedPartner(
  deps: CliDeps,
  store: Store,
  connectionId: string,
  typed: string,
): Promise<string> {
  const id = typed.trim();
  return await typedPartner(store, connectionId, id, await spelt(deps, store, connectionId, id));
}
