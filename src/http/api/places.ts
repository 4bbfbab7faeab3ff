import { listBundleIds } from '../../store/bundles.ts';
import { listConnections } from '../../store/status.ts';
import type { PinnedConnection } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import { lastScored } from '../../sync/measure/last-scored.ts';
import type { AppDeps } from './deps.ts';
import { Problem } from './problem.ts';
import { askedPartner } from './asked-partner.ts';

export interface Place {
  database: string;
  store: Store;
}

/**
 * The database that holds a connection: one it was pushed to, or one that
 * has synced it. null = none.
 */
export async function placeOf(deps: AppDeps, connectionId: string): Promise<Place | null> {
  for (const [database, store] of deps.stores) {
    if (
      (await listBundleIds(store)).includes(connectionId) ||
      (await listConnections(store)).some((known) => known.id === connectionId)
    )
      return { database, store };
  }
  // A document that this host has as a file, and that no run has used yet.
  const store = deps.stores.get('DB');
  const known = (await deps.documents?.list())?.some((one) => one.id === connectionId) === true;
  return known && store !== undefined ? { database: 'DB', store } : null;
}

export async function requirePlace(deps: AppDeps, connectionId: string): Promise<Place> {
  const place = await placeOf(deps, connectionId);
  if (place === null)
    throw new Problem(404, 'NO_CONNECTION', `there is no connection "${connectionId}"`);
  return place;
}

/**
 * The same with its last results, and the partner whom the request names, if any. Errors: 404, also
 * where nothing has been scored yet.
 */
export async function requireScored(deps: AppDeps, connectionId: string, typed?: string) {
  const { store } = await requirePlace(deps, connectionId);
  const real = { rowsId: connectionId, resultsId: connectionId };
  const found = await lastScored(store, connectionId, real);
  if (found === null) throw new Problem(404, 'NO_SCORES', 'no run has scored anybody yet');
  const partner = typed === undefined ? null : await askedPartner(deps, store, connectionId, typed);
  return { store, ...found, partner };
}

/** The connections that were pinned to this org when they first met it. */
export async function connectionsOfOrg(
  deps: AppDeps,
  crm: string,
  orgId: string,
): Promise<(Place & { connection: PinnedConnection })[]> {
  const found: (Place & { connection: PinnedConnection })[] = [];
  for (const [database, store] of deps.stores) {
    for (const connection of await listConnections(store))
      if (connection.crm === crm && connection.orgId === orgId)
        found.push({ database, store, connection });
  }
  return found;
}
