import { and, eq } from 'drizzle-orm';
import type { HeadwaterError } from '../model/error.ts';
import { upsertRows } from './json-batch.ts';
import { issues } from './schema.ts';
import type { Statement, Store } from './store.ts';

/**
 * A sign-in secret that the CRM replaced without being expected to, where
 * nobody could keep the new one.
 */
const KIND = 'secret';
const CODE = 'SECRET_LOST';

const ofSecret = (connectionId: string, name: string) =>
  and(eq(issues.connectionId, connectionId), eq(issues.kind, KIND), eq(issues.field, name));

/** An issue of the connection that stays until the secret is used again with success. */
export const recordLoss = (
  store: Store,
  connectionId: string,
  name: string,
  refusal: HeadwaterError,
  nowMs: number,
): Statement[] =>
  upsertRows(
    store,
    issues,
    [
      {
        connectionId,
        object: 'connection',
        id: connectionId,
        entity: 'connection',
        field: name,
        kind: KIND,
        code: CODE,
        runId: '',
        firstMs: nowMs,
        lastMs: nowMs,
        input: null,
        message: `the CRM replaced ${name} although it says that it does not, and there was no place to keep the new one in; the next sign-in may be refused. ${refusal.cure ?? refusal.message}`,
      },
    ],
    { update: ['message', 'lastMs'] },
  );

export const forgetLoss = (store: Store, connectionId: string, name: string): Statement[] => [
  store.db.delete(issues).where(ofSecret(connectionId, name)),
];

export const wasLost = async (store: Store, connectionId: string, name: string): Promise<boolean> =>
  (
    await store.db
      .select({ id: issues.id })
      .from(issues)
      .where(ofSecret(connectionId, name))
      .limit(1)
  ).length > 0;
