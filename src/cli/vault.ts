import { createCipher } from '../store/cipher.ts';
import { secretSpender, type SecretHome, type SpendSecret } from '../store/rotation.ts';
import { givenHome, vaultHome } from '../store/secret-home.ts';
import type { Store } from '../store/store.ts';
import type { LoadedConnection } from './connection-file.ts';
import type { CliDeps } from './deps.ts';

/**
 * How a session of this connection spends a secret that works only once. The newest value is kept
 * encrypted in the database, or, without HEADWATER_KEY, in the file that the document names; the
 * right to spend it is always taken in the database, where every process on the connection sees it.
 */
export function spenderOf(
  deps: CliDeps,
  connection: LoadedConnection,
  withStore: <T>(work: (store: Store) => Promise<T>) => Promise<T>,
): SpendSecret {
  const { sleep, log } = deps.connectorDeps(connection.saveSecret);
  return secretSpender({
    connectionId: connection.document.id,
    withStore,
    home: (store) => homeOf(deps, connection, store),
    nowMs: deps.nowMs,
    sleep,
    log,
  });
}

function homeOf(deps: CliDeps, connection: LoadedConnection, store: Store): SecretHome {
  const { id } = connection.document;
  const key = deps.env['HEADWATER_KEY'] ?? '';
  if (key !== '') {
    const cipher = async () =>
      await createCipher([
        key,
        ...(deps.env['HEADWATER_OLD_KEYS'] ?? '').split(',').filter((old) => old !== ''),
      ]);
    return vaultHome(store, cipher, id, connection.currentSecret, deps.nowMs);
  }
  return givenHome(store, id, connection.currentSecret, {
    ready: connection.canSave,
    save: connection.saveSecret,
  });
}
