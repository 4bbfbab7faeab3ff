import type { ConnectionDocument } from '../../model/connection.ts';
import type { Connector, ConnectorDeps, CrmSession } from '../../model/connector.ts';
import { HeadwaterError } from '../../model/error.ts';
import { pageSizesOf } from '../../store/page-sizes.ts';
import { findConnection, pinConnection } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';

/** A connection beside all that it takes to open its CRM. */
export interface Opening {
  store: Store;
  connector: Connector;
  connectorDeps: ConnectorDeps;
  connection: ConnectionDocument;
  secrets: Record<string, string>;
}

/** A session that goes on with the sizes of pages that earlier runs found the CRM to answer. */
export async function openCrm(deps: Opening): Promise<CrmSession> {
  const { store, connector, connectorDeps, connection, secrets } = deps;
  return await connector.open(connection.settings, secrets, {
    ...connectorDeps,
    pageSizes: await pageSizesOf(store, connection.id, connectorDeps.nowMs),
  });
}

/**
 * Every process asks afresh whose org this is: a run that is taken up answers its first step from
 * its record. Errors: `config` WRONG_ORG when these credentials open another org than the
 * connection's first ones did.
 */
export async function pinOrg(
  { store, connection, connectorDeps }: Pick<Opening, 'store' | 'connection' | 'connectorDeps'>,
  session: CrmSession,
): Promise<void> {
  const identity = await session.identity();
  const pinned = await findConnection(store, connection.id);
  if (pinned !== null && pinned.orgId !== identity.orgId) {
    throw new HeadwaterError(
      'config',
      `connection "${connection.id}" belongs to org ${pinned.orgId} (${pinned.orgName}), but these credentials open org ${identity.orgId} (${identity.orgName})`,
      {
        code: 'WRONG_ORG',
        cure: 'Use the credentials of the first org, or give the other org a connection id of its own.',
      },
    );
  }
  if (pinned === null)
    await pinConnection(store, {
      id: connection.id,
      crm: connection.crm,
      orgId: identity.orgId,
      orgName: identity.orgName,
      instanceUrl: identity.instanceUrl,
      pinnedMs: connectorDeps.nowMs(),
    });
}
