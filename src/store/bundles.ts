import { and, desc, eq } from 'drizzle-orm';
import { canonicalJson, contentHash } from '../model/canonical.ts';
import { connectionSchema, type ConnectionDocument } from '../model/connection.ts';
import { HeadwaterError } from '../model/error.ts';
import { upsertRows } from './json-batch.ts';
import { documents } from './schema.ts';
import type { Store } from './store.ts';

/**
 * A connection document and its mapping, pushed and used together: a run never
 * sees one half of a change.
 */
export interface Bundle {
  version: string;
  connection: ConnectionDocument;
  mapping: string;
  savedMs: number;
}

const KIND = 'connection';
/** The body of a connection that was taken away; its versions stay for the runs that used them. */
const REMOVED = 'null';

/** Makes this the connection's current bundle. Returns its version, a hash of its content. */
export async function pushBundle(
  store: Store,
  connection: ConnectionDocument,
  mapping: string,
  savedMs: number,
): Promise<string> {
  const body = canonicalJson({ connection, mapping });
  const version = contentHash(body);
  await save(store, connection.id, version, body, savedMs);
  return version;
}

export const removeBundle = async (
  store: Store,
  connectionId: string,
  savedMs: number,
): Promise<void> => await save(store, connectionId, 'removed', REMOVED, savedMs);

async function save(
  store: Store,
  connectionId: string,
  version: string,
  body: string,
  savedMs: number,
): Promise<void> {
  const newest = await newestMs(store, connectionId);
  // The newest wins, and a clock that stands still or runs back must not leave two newest ones.
  await store.batch(
    upsertRows(store, documents, [
      { connectionId, kind: KIND, version, body, savedMs: Math.max(savedMs, (newest ?? 0) + 1) },
    ]),
  );
}

async function newestMs(store: Store, connectionId: string): Promise<number | null> {
  const [found] = await store.db
    .select({ savedMs: documents.savedMs })
    .from(documents)
    .where(and(eq(documents.connectionId, connectionId), eq(documents.kind, KIND)))
    .orderBy(desc(documents.savedMs))
    .limit(1);
  return found?.savedMs ?? null;
}

/**
 * The connection's current bundle, or the one of a version; null = none was
 * pushed, or it was taken away.
 */
export async function readBundle(
  store: Store,
  connectionId: string,
  version?: string,
): Promise<Bundle | null> {
  const [found] = await store.db
    .select()
    .from(documents)
    .where(
      and(
        eq(documents.connectionId, connectionId),
        eq(documents.kind, KIND),
        version === undefined ? undefined : eq(documents.version, version),
      ),
    )
    .orderBy(desc(documents.savedMs))
    .limit(1);
  return found === undefined || found.body === REMOVED ? null : parseBundle(found);
}

/** Ids of all connections that have a current bundle, in order. */
export async function listBundleIds(store: Store): Promise<string[]> {
  const found = await store.db
    .select({ id: documents.connectionId, version: documents.version, savedMs: documents.savedMs })
    .from(documents)
    .where(eq(documents.kind, KIND))
    .orderBy(documents.connectionId, desc(documents.savedMs));
  const newest = new Map<string, string>();
  for (const row of found) if (!newest.has(row.id)) newest.set(row.id, row.version);
  return [...newest].filter(([, version]) => version !== 'removed').map(([id]) => id);
}

function parseBundle(found: typeof documents.$inferSelect): Bundle {
  const body = JSON.parse(found.body) as { connection?: unknown; mapping?: unknown };
  const connection = connectionSchema.safeParse(body.connection);
  if (!connection.success || typeof body.mapping !== 'string') {
    throw new HeadwaterError(
      'config',
      `the stored documents of connection "${found.connectionId}" do not fit this version of Headwater`,
      { code: 'BUNDLE', cure: 'Push the connection again: headwater worker push.' },
    );
  }
  return {
    version: found.version,
    connection: connection.data,
    mapping: body.mapping,
    savedMs: found.savedMs,
  };
}
