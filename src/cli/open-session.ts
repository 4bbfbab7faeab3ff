import type { Connector, CrmSession } from '../model/connector.ts';
import type { Store } from '../store/store.ts';
import { loadConnection, type LoadedConnection } from './connection-file.ts';
import type { CliDeps } from './deps.ts';
import { spenderOf } from './vault.ts';

/** A connection with its CRM open. */
export interface OpenConnection {
  connection: LoadedConnection;
  connector: Connector;
  session: CrmSession;
}

/**
 * Opens the CRM of a connection document. `withStore` gives the database in which secrets are spent
 * that work only once. Errors: what is wrong with the document, with its line.
 */
export async function openSession(
  deps: CliDeps,
  file: string,
  withStore: <T>(work: (store: Store) => Promise<T>) => Promise<T>,
): Promise<OpenConnection> {
  const connection = await loadConnection(deps, file);
  const connector = await deps.connector(connection.document.crm);
  const session = await connector
    .open(connection.document.settings, connection.secrets, {
      ...deps.connectorDeps(connection.saveSecret),
      spendSecret: spenderOf(deps, connection, withStore),
    })
    .catch((error: unknown) => {
      throw connection.placed(error);
    });
  return { connection, connector, session };
}
