import { and, eq, lt, sql } from 'drizzle-orm';
import { DOCUMENTS_MS } from './retention.ts';
import { documents, mappingVersions, runs } from './schema.ts';
import type { Statement, Store } from './store.ts';

/** Versions that one can always go back to, however long ago the last change was. */
const LATEST_VERSIONS = 20;

/**
 * Versions of documents go half a year after they were replaced, unless a run that is left used
 * them: results as of a moment are read with the mapping as it stood.
 */
export function pruneDocuments(store: Store, connectionId: string, nowMs: number): Statement[] {
  const beforeMs = nowMs - DOCUMENTS_MS;
  const used = sql`select ${runs.mapping} from ${runs} where ${runs.connectionId} = ${connectionId} and ${runs.mapping} is not null`;
  const replaced = sql`exists (select 1 from documents newer where newer.connection_id = ${connectionId} and newer.kind = ${documents.kind} and newer.saved_ms > ${documents.savedMs} and newer.saved_ms < ${beforeMs})`;
  const latest = sql`select latest.seq from mapping_versions latest where latest.connection_id = ${connectionId} order by latest.seq desc limit ${LATEST_VERSIONS}`;
  return [
    store.db
      .delete(documents)
      .where(
        and(
          eq(documents.connectionId, connectionId),
          sql`${documents.version} not in (${used})`,
          replaced,
        ),
      ),
    store.db
      .delete(mappingVersions)
      .where(
        and(
          eq(mappingVersions.connectionId, connectionId),
          lt(mappingVersions.savedMs, beforeMs),
          sql`${mappingVersions.version} not in (${used})`,
          sql`${mappingVersions.seq} not in (${latest})`,
        ),
      ),
  ];
}
