import type { ConnectorFeatures, CrmIdentity, CrmSession } from '../model/connector.ts';
import type { ConnectionDocument } from '../model/connection.ts';
import { contentHash } from '../model/canonical.ts';
import { HeadwaterError } from '../model/error.ts';
import type { CompiledMapping } from '../model/mapping.ts';
import { findConnection, pinConnection, saveDocument } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { planCalls, readBudget, requireCalls } from './budget.ts';
import { requireMapping } from './prepare.ts';

/** What the rest of a run follows from. */
export interface Connected {
  org: string;
  asOfMs: number;
  mapping: string;
  streams: string[];
  writes: { object: string; entity: 'partner' | 'deal' }[];
  /** Calls above the quota floor; null = the CRM told no budget, which is an alarm. */
  callsLeft: number | null;
  /** Calls that this run will need, writes apart. */
  callsPlanned: number;
}

/** The document that a run used: how it maps rows, and the text with all else in it (what is written where). */
export const documentVersion = (mapping: CompiledMapping, text: string): string => `${mapping.version}.${contentHash(text).slice(0, 8)}`;

/** First contact of a run: the right org, a budget, a mapping that fits. Nothing is read or written before all three hold. */
export async function connect(store: Store, session: CrmSession, features: ConnectorFeatures, connection: ConnectionDocument, mappingText: string, full: boolean, nowMs: number): Promise<Connected> {
  const identity = await session.identity();
  await pinOrg(store, connection, identity, nowMs);
  const asOfMs = await session.serverTimeMs();
  const callsLeft = await readBudget(session, connection.limits.quotaFloorPercent, nowMs);
  const mapping: CompiledMapping = await requireMapping(session, mappingText, connection.crm, connection.mapping);
  const callsPlanned = await planCalls(store, session, connection.id, mapping, features.readPage, full, features.counts);
  requireCalls(callsPlanned, callsLeft, nowMs);
  await saveDocument(store, connection.id, 'mapping', documentVersion(mapping, mappingText), mappingText, nowMs);
  return {
    org: identity.orgName, asOfMs, mapping: documentVersion(mapping, mappingText), streams: mapping.streams.map((stream) => stream.object),
    writes: mapping.writes.map(({ object, entity }) => ({ object, entity })), callsLeft, callsPlanned,
  };
}

/** Errors: `config` WRONG_ORG when these credentials open another org than the connection's first ones did. */
export async function pinOrg(store: Store, connection: ConnectionDocument, identity: CrmIdentity, nowMs: number): Promise<void> {
  const pinned = await findConnection(store, connection.id);
  if (pinned !== null && pinned.orgId !== identity.orgId) {
    throw new HeadwaterError('config', `connection "${connection.id}" belongs to org ${pinned.orgId} (${pinned.orgName}), but these credentials open org ${identity.orgId} (${identity.orgName})`, {
      code: 'WRONG_ORG', cure: 'Use the credentials of the first org, or give the other org a connection id of its own.',
    });
  }
  if (pinned === null) await pinConnection(store, { id: connection.id, crm: connection.crm, orgId: identity.orgId, orgName: identity.orgName, instanceUrl: identity.instanceUrl, pinnedMs: nowMs });
}
