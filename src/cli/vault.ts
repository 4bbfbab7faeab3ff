import { createCipher } from '../store/cipher.ts';
import type { Store } from '../store/store.ts';
import { readSecret, saveSecret } from '../store/vault.ts';
import type { LoadedConnection } from './connection-file.ts';
import type { CliDeps } from './deps.ts';

/**
 * The connection with the secrets that the CRM rotated since its document was written, and with rotated ones kept encrypted in the database from now on.
 * Without HEADWATER_KEY nothing is stored there: a rotated secret then goes to the file that the document names.
 */
export async function withVault(deps: CliDeps, connection: LoadedConnection, store: Store): Promise<LoadedConnection> {
  const key = deps.env['HEADWATER_KEY'];
  if (key === undefined || key === '') return connection;
  const cipher = await createCipher([key, ...(deps.env['HEADWATER_OLD_KEYS'] ?? '').split(',').filter((old) => old !== '')]);
  const { id } = connection.document;
  const stored = await Promise.all(Object.keys(connection.document.secrets).map(async (name) => [name, await readSecret(store, cipher, id, name)] as const));
  return {
    ...connection,
    secrets: { ...connection.secrets, ...Object.fromEntries(stored.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))) },
    saveSecret: async (name, value) => await saveSecret(store, cipher, id, name, value, deps.nowMs()),
  };
}
