import { HeadwaterError } from '../model/error.ts';
import { createCipher } from '../store/cipher.ts';
import { secretSpender, type SecretHome, type SpendSecret } from '../store/rotation.ts';
import { lineOf, vaultHome } from '../store/secret-home.ts';
import type { Store } from '../store/store.ts';
import { storesSecret } from '../store/vault.ts';
import type { LoadedConnection } from './connection-file.ts';
import type { CliDeps } from './deps.ts';

/**
 * How a session of this connection spends a secret that works only once. The newest value is kept encrypted in the database, or, without HEADWATER_KEY, in the file
 * that the document names; the right to spend it is always taken in the database, where every process on the connection sees it.
 */
export function spenderOf(deps: CliDeps, connection: LoadedConnection, withStore: <T>(work: (store: Store) => Promise<T>) => Promise<T>): SpendSecret {
  return secretSpender({
    connectionId: connection.document.id, withStore, home: (store) => homeOf(deps, connection, store), nowMs: deps.nowMs, sleep: deps.connectorDeps(connection.saveSecret).sleep,
  });
}

function homeOf(deps: CliDeps, connection: LoadedConnection, store: Store): SecretHome {
  const { id } = connection.document;
  const key = deps.env['HEADWATER_KEY'] ?? '';
  if (key !== '') {
    const cipher = async () => await createCipher([key, ...(deps.env['HEADWATER_OLD_KEYS'] ?? '').split(',').filter((old) => old !== '')]);
    return vaultHome(store, cipher, id, connection.currentSecret, deps.nowMs);
  }
  return {
    async read(name) {
      const given = await connection.currentSecret(name);
      if (await storesSecret(store, id, await lineOf(name, given))) throw new HeadwaterError('config', `the database holds a newer ${name}, and HEADWATER_KEY is not set to open it`, { code: 'KEY', cure: 'Set HEADWATER_KEY as in the run that stored it; using the old value again would end the whole sign-in.' });
      return given;
    },
    ready: connection.canSave,
    save: connection.saveSecret,
  };
}
