import { and, eq, sql } from 'drizzle-orm';
import { inJson } from './json-batch.ts';
import { deals, partners, users } from './schema.ts';
import type { Store } from './store.ts';

const idsOf = (subjects: readonly string[], kind: 'partner' | 'deal'): string[] => [
  ...new Set(
    subjects.flatMap((one) => (one.startsWith(`${kind}:`) ? [one.slice(kind.length + 1)] : [])),
  ),
];

/** A record that a subject names. */
export interface SubjectRecord {
  object: string;
  id: string;
  name: string;
}

async function rowsOf(store: Store, connectionId: string, subjects: readonly string[]) {
  const found: (SubjectRecord & { subject: string; ownerId: string | null })[] = [];
  for (const [kind, table] of [
    ['partner', partners],
    ['deal', deals],
  ] as const) {
    const rows = await store.db
      .select({ object: table.object, id: table.id, name: table.name, ownerId: table.ownerId })
      .from(table)
      .where(
        and(
          eq(table.connectionId, connectionId),
          sql`${table.id} in ${inJson(idsOf(subjects, kind))}`,
        ),
      );
    found.push(...rows.map((row) => ({ subject: `${kind}:${row.id}`, ...row })));
  }
  return found;
}

/** Whom records belong to, by subject. */
export const ownersOfSubjects = async (
  store: Store,
  connectionId: string,
  subjects: readonly string[],
): Promise<Map<string, string>> =>
  new Map(
    (await rowsOf(store, connectionId, subjects)).flatMap(({ subject, ownerId }) =>
      ownerId === null ? [] : [[subject, ownerId] as const],
    ),
  );

/** What records are called today, by subject; one that is gone has no name. */
export const namesOfSubjects = async (
  store: Store,
  connectionId: string,
  subjects: readonly string[],
): Promise<Map<string, string>> =>
  new Map(
    (await rowsOf(store, connectionId, subjects)).map(({ subject, name }) => [subject, name]),
  );

/** The records themselves, by subject. */
export const recordsOfSubjects = async (
  store: Store,
  connectionId: string,
  subjects: readonly string[],
): Promise<Map<string, SubjectRecord>> =>
  new Map((await rowsOf(store, connectionId, subjects)).map((row) => [row.subject, row]));

export interface Person {
  id: string;
  name: string;
  email: string | null;
  active: boolean;
}

/** People by id. */
export async function peopleOf(
  store: Store,
  connectionId: string,
  ids: readonly string[],
): Promise<Map<string, Person>> {
  const found = await store.db
    .select({ id: users.id, name: users.name, email: users.email, active: users.active })
    .from(users)
    .where(
      and(eq(users.connectionId, connectionId), sql`${users.id} in ${inJson([...new Set(ids)])}`),
    );
  return new Map(found.map((row) => [row.id, { ...row, active: row.active !== 0 }]));
}
