import { findConnection } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import type { CliDeps } from './deps.ts';

/**
 * Prints in the words of what the connection reads: a folder of files has no org, no users and no
 * CRM. A connector that isn't installed any more keeps nobody from reading.
 */
export async function sayOf(
  deps: CliDeps,
  store: Store,
  connectionId: string,
): Promise<(text: string) => void> {
  const known = await findConnection(store, connectionId);
  const connector = known === null ? null : await deps.connector(known.crm).catch(() => null);
  const words = connector?.inOwnWords ?? String;
  return (text) => {
    deps.stdout(words(text));
  };
}
