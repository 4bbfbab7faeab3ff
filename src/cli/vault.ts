import { HeadwaterError } from '../model/error.ts';
import { createCipher } from '../store/cipher.ts';
import { secretSpender, type SecretHome, type SpendSecret } from '../store/rotation.ts';
import type { Store } from '../store/store.ts';
import { readSecret, saveSecret, storesSecret } from '../store/vault.ts';
import type { LoadedConnection } from './connection-file.ts';
import type { CliDeps } from './deps.ts';

/** Enough of a hash to tell one sign-in from the next, and of no use for anything else. */
const LINE_BYTES = 6;

/**
 * How a session of this connection spends a secret that works only once. The newest value is kept encrypted in the database, or, without HEADWATER_KEY, in the file
 * that the document names; the right to spend it is always taken in the database, where every process on the connection sees it.
 */
export function spenderOf(deps: CliDeps, connection: LoadedConnection, withStore: <T>(work: (store: Store) => Promise<T>) => Promise<T>): SpendSecret {
  const lines = new Map<string, string>();
  return secretSpender({
    connectionId: connection.document.id, withStore, home: (store) => homeOf(deps, connection, store, lines), nowMs: deps.nowMs, sleep: deps.connectorDeps(connection.saveSecret).sleep,
  });
}

/** What the database holds descends from the value in the document; a new value there (somebody signed in again) begins a line of its own. */
function homeOf(deps: CliDeps, connection: LoadedConnection, store: Store, lines: Map<string, string>): SecretHome {
  const { id } = connection.document;
  const key = deps.env['HEADWATER_KEY'] ?? '';
  const cipher = async () => await createCipher([key, ...(deps.env['HEADWATER_OLD_KEYS'] ?? '').split(',').filter((old) => old !== '')]);
  const line = async (name: string): Promise<string> => {
    const found = `${name}@${await hash(await connection.currentSecret(name))}`;
    lines.set(name, found);
    return found;
  };
  if (key !== '') {
    return {
      read: async (name) => await readSecret(store, await cipher(), id, await line(name)) ?? await connection.currentSecret(name),
      save: async (name, value) => { await saveSecret(store, await cipher(), id, lines.get(name) ?? await line(name), value, deps.nowMs()); },
    };
  }
  return {
    async read(name) {
      if (await storesSecret(store, id, await line(name))) throw new HeadwaterError('config', `the database holds a newer ${name}, and HEADWATER_KEY is not set to open it`, { code: 'KEY', cure: 'Set HEADWATER_KEY as in the run that stored it; using the old value again would end the whole sign-in.' });
      return await connection.currentSecret(name);
    },
    save: connection.saveSecret,
  };
}

async function hash(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).slice(0, LINE_BYTES);
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
