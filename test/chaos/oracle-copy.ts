import type { Store } from '../../src/store/store.ts';
import { crmRows } from './tables.ts';
import type { Copy, Expected, World } from './world.ts';
import type { Value } from './watch.ts';

type LocalRow = typeof crmRows.$inferSelect;

export async function copyDifferences(
  store: Store,
  world: World,
  expected: Copy,
  held: ReadonlySet<string>,
): Promise<string[]> {
  const found: string[] = [];
  const local = Map.groupBy(await store.db.select().from(crmRows), (row) => row.object);
  for (const [object, rows] of expected) {
    const ours = new Map((local.get(object) ?? []).map((row) => [row.id, row]));
    for (const row of rows.values()) {
      const own = ours.get(row.id);
      if (own === undefined) found.push(`${object}/${row.id} is missing from the local copy`);
      else found.push(...rowDifferences(world, object, row, own));
    }
    // The bin is emptied in the end; a row that we know as deleted may stay with us.
    for (const own of ours.values())
      if (
        !rows.has(own.id) &&
        own.deleted === 0 &&
        !held.has(object) &&
        !world.lingers(object, own.id)
      )
        found.push(`${object}/${own.id} is alive in the local copy and gone from the CRM`);
  }
  return found;
}

function rowDifferences(world: World, object: string, row: Expected, own: LocalRow): string[] {
  const found: string[] = [];
  const at = `${object}/${row.id}`;
  const { fields } = JSON.parse(own.fields) as { fields: Record<string, Value> };
  for (const [name, value] of Object.entries(row.fields)) {
    if (fields[name] !== value && !world.moot(object, row, name))
      found.push(
        `${at}.${name} is ${JSON.stringify(value)} in the CRM and ${JSON.stringify(fields[name])} in the local copy`,
      );
  }
  if ((own.deleted === 1) !== row.deleted)
    found.push(`${at} is ${row.deleted ? 'deleted' : 'alive'} in the CRM only`);
  if (own.mergedIntoId !== row.mergedIntoId)
    found.push(
      `${at} was merged into ${row.mergedIntoId ?? 'nothing'}, and the local copy says ${own.mergedIntoId ?? 'nothing'}`,
    );
  if (own.stampMs !== row.stampMs)
    found.push(
      `${at} is stamped ${new Date(row.stampMs).toISOString()} in the CRM and ${new Date(own.stampMs).toISOString()} in the local copy`,
    );
  return found;
}
