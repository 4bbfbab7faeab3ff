import { and, eq } from 'drizzle-orm';
import { PERSONAL_ENTITIES } from './erase.ts';
import { crmRows, ENTITY_TABLES } from './schema.ts';
import type { Store } from './store.ts';

/** What is held of a record by its id: in which objects, and whether the CRM still has it there. */
export async function recordObjects(
  store: Store,
  connectionId: string,
  id: string,
): Promise<{ object: string; alive: boolean }[]> {
  const found = new Map<string, boolean>();
  const note = (rows: { object: string; deleted: number | null }[], copy: boolean): void => {
    for (const { object, deleted } of rows)
      found.set(object, (found.get(object) ?? false) || (copy && deleted === 0));
  };
  for (const entity of PERSONAL_ENTITIES) {
    const table = ENTITY_TABLES[entity];
    note(
      await store.db
        .select({ object: table.object, deleted: table.deleted })
        .from(table)
        .where(and(eq(table.connectionId, connectionId), eq(table.id, id))),
      false,
    );
  }
  note(
    await store.db
      .select({ object: crmRows.object, deleted: crmRows.deleted })
      .from(crmRows)
      .where(and(eq(crmRows.connectionId, connectionId), eq(crmRows.id, id))),
    true,
  );
  return [...found].map(([object, alive]) => ({ object, alive }));
}
