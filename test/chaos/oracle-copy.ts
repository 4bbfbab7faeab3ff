import type { Store } from '../../src/store/store.ts';
import { READ_FIELDS } from './mapping.ts';
import { crmRows } from './tables.ts';
import type { World } from './salesforce/world.ts';

export type Dump = Record<string, Record<string, unknown>[]>;
export type Value = string | number | boolean | null;
export interface Expected { id: string; fields: Record<string, Value>; stampMs: number; deleted: boolean; mergedIntoId: string | null }
export type Copy = Map<string, Map<string, Expected>>;

/** What the local copy must hold, from the CRM's own dump alone. */
export function expectedCopy(world: World, dump: Dump): Copy {
  return new Map(Object.entries(READ_FIELDS).map(([object, names]) => {
    const fields = names.filter((name) => world.org.object(object)!.fields.some((field) => field.name === name));
    const times = new Set(world.org.object(object)!.fields.filter((field) => field.type === 'datetime').map((field) => field.name));
    const rows = dump[object]!.map((row): Expected => ({
      id: String(row['Id']), stampMs: Date.parse(String(row['SystemModstamp'] ?? row['CreatedDate'])), deleted: row['IsDeleted'] === true, mergedIntoId: (row['MasterRecordId'] ?? null) as string | null,
      fields: Object.fromEntries(fields.map((name) => [name, plain(row[name], times.has(name))])),
    }));
    return [object, new Map(rows.map((row) => [row.id, row]))];
  }));
}

const plain = (value: unknown, time: boolean): Value => (value === undefined || value === null || value === '' ? null : time ? new Date(String(value)).toISOString() : value as Value);

export async function copyDifferences(store: Store, expected: Copy, held: ReadonlySet<string>): Promise<string[]> {
  const found: string[] = [];
  const local = Map.groupBy(await store.db.select().from(crmRows), (row) => row.object);
  for (const [object, rows] of expected) {
    const ours = new Map((local.get(object) ?? []).map((row) => [row.id, row]));
    for (const row of rows.values()) {
      const own = ours.get(row.id);
      if (own === undefined) { found.push(`${object}/${row.id} is missing from the local copy`); continue; }
      const { fields } = JSON.parse(own.fields) as { fields: Record<string, Value> };
      for (const [name, value] of Object.entries(row.fields)) {
        // What a deleted row's formula would say now is of no use to anybody.
        if (name === 'Country_Of_Account__c' && row.deleted) continue;
        if (fields[name] !== value) found.push(`${object}/${row.id}.${name} is ${JSON.stringify(value)} in the CRM and ${JSON.stringify(fields[name])} in the local copy`);
      }
      if ((own.deleted === 1) !== row.deleted) found.push(`${object}/${row.id} is ${row.deleted ? 'deleted' : 'alive'} in the CRM only`);
      if (own.mergedIntoId !== row.mergedIntoId) found.push(`${object}/${row.id} was merged into ${row.mergedIntoId ?? 'nothing'}, and the local copy says ${own.mergedIntoId ?? 'nothing'}`);
      if (own.stampMs !== row.stampMs) found.push(`${object}/${row.id} is stamped ${new Date(row.stampMs).toISOString()} in the CRM and ${new Date(own.stampMs).toISOString()} in the local copy`);
    }
    // The bin is emptied after 15 days; a row that we know as deleted may stay with us.
    for (const own of ours.values()) if (!rows.has(own.id) && own.deleted === 0 && !held.has(object)) found.push(`${object}/${own.id} is alive in the local copy and gone from the CRM`);
  }
  return found;
}
