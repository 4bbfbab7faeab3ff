import { idsOfPartners } from './run-changes.ts';
import type { Store } from './store.ts';

/**
 * What somebody typed for a partner, as its rows spell it where it is an id, given all spellings
 * that it may mean; a name stays as it is.
 */
export async function typedPartner(
  store: Store,
  connectionId: string,
  typed: string,
  spellings: string[],
): Promise<string> {
  const known = await idsOfPartners(store, connectionId, spellings);
  return spellings.find((id) => known.has(id)) ?? typed;
}
