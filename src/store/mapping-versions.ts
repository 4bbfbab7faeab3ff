import { and, desc, eq } from 'drizzle-orm';
import { given, preparedRead, preparedWrite } from './prepared.ts';
import { mappingVersions } from './schema.ts';
import type { Store } from './store.ts';

/** A mapping that was put in force. `by` null = it was found in its file. */
export interface MappingVersion {
  seq: number;
  version: string;
  savedMs: number;
  by: string | null;
  why: string | null;
}

const own = eq(mappingVersions.connectionId, given('connectionId'));
const listed = preparedRead(
  {
    seq: mappingVersions.seq,
    version: mappingVersions.version,
    savedMs: mappingVersions.savedMs,
    by: mappingVersions.byWho,
    why: mappingVersions.why,
  },
  (select) =>
    select
      .from(mappingVersions)
      .where(own)
      .orderBy(desc(mappingVersions.seq))
      .limit(given('limit'))
      .offset(given('skip')),
);

/** The latest first. */
export const mappingVersionsOf = async (
  store: Store,
  connectionId: string,
  page: { skip: number; limit: number } = { skip: 0, limit: 1 },
): Promise<MappingVersion[]> => await listed(store, { connectionId, ...page });

const bodyOf = preparedRead({ body: mappingVersions.body }, (select) =>
  select
    .from(mappingVersions)
    .where(and(own, eq(mappingVersions.version, given('version'))))
    .orderBy(desc(mappingVersions.seq))
    .limit(1),
);

/** The text of a version; null = there is none. */
export const mappingVersionText = async (
  store: Store,
  connectionId: string,
  version: string,
): Promise<string | null> => (await bodyOf(store, { connectionId, version }))[0]?.body ?? null;

const insert = preparedWrite((db) =>
  db.insert(mappingVersions).values({
    connectionId: given('connectionId'),
    seq: given('seq'),
    version: given('version'),
    body: given('body'),
    savedMs: given('savedMs'),
    byWho: given('by'),
    why: given('why'),
  }),
);

/**
 * Takes the next numbers, all or none, on the disk when it returns. False: somebody else has taken
 * one of them meanwhile.
 */
export async function keepMappingVersions(
  store: Store,
  connectionId: string,
  versions: (MappingVersion & { body: string })[],
): Promise<boolean> {
  try {
    await store.batch(
      versions.map((one) => insert(store, { connectionId, ...one })),
      true,
    );
    return true;
  } catch (error) {
    const [newest] = await mappingVersionsOf(store, connectionId);
    if (newest !== undefined && newest.seq >= versions[0]!.seq) return false;
    throw error;
  }
}
