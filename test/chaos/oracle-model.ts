import type { Store } from '../../src/store/store.ts';
import { deals, ENTITY_TABLES } from './tables.ts';
import type { ExpectedModel, World } from './world.ts';
import type { Value } from './watch.ts';

type ModelRow = Record<string, Value>;

/** The model against what the CRM holds, entity by entity, and the partner of each deal. */
export async function modelDifferences(
  store: Store,
  world: World,
  expected: ExpectedModel,
): Promise<string[]> {
  const found: string[] = [];
  for (const { entity, rows } of expected.entities) {
    const table = await store.db.select().from(ENTITY_TABLES[entity]);
    const own = new Map(
      (table as unknown as ModelRow[]).map((row) => [String(row['id']), row] as const),
    );
    for (const [id, values] of rows)
      found.push(...rowDifferences(`${entity} ${id}`, values, own.get(id)));
    for (const [id, row] of own)
      if (!rows.has(id) && row['deleted'] === 0 && !world.lingers(String(row['object']), id))
        found.push(`${entity} ${id} lives in the model and not in the CRM`);
  }
  for (const deal of await store.db.select().from(deals)) {
    const wanted = expected.partnerOf.get(deal.id);
    if (deal.deleted === 0 && wanted !== undefined && deal.resolvedPartnerId !== wanted)
      found.push(
        `deal ${deal.id} belongs to partner ${wanted ?? 'none'}, and the model says ${deal.resolvedPartnerId ?? 'none'} (${deal.resolvedVia ?? '-'})`,
      );
  }
  return found;
}

function rowDifferences(
  at: string,
  values: Readonly<Record<string, Value>>,
  row: ModelRow | undefined,
): string[] {
  if (row === undefined || row['deleted'] !== 0)
    return [`${at} is ${row === undefined ? 'missing' : 'a tombstone'} in the model`];
  return Object.entries(values)
    .filter(([name, value]) => (row[name] ?? null) !== value)
    .map(
      ([name, value]) =>
        `${at}.${name} should be ${JSON.stringify(value)} and is ${JSON.stringify(row[name])}`,
    );
}
