import { resolve } from 'node:path';
import type { Store } from '../../src/store/store.ts';
import { openNodeStore } from '../../src/store/node.ts';
import type { MappedRow } from '../../src/model/entities.ts';
import { entityShape, type EntityName, type EntityValue } from '../../src/model/entities.ts';

export const MIGRATIONS = resolve(import.meta.dirname, '../../migrations');
export const openMemory = (): Store => openNodeStore(':memory:', MIGRATIONS);

/** A mapped row with every field of its entity; those not given are empty. */
export function mapped(
  entity: EntityName,
  id: string,
  values: Record<string, EntityValue>,
  change: Partial<MappedRow> = {},
): MappedRow {
  const all = Object.fromEntries(
    Object.keys(entityShape(entity).fields).map((name) => [name, values[name] ?? null]),
  );
  return {
    entity,
    object: 'Thing',
    id,
    values: all,
    stampMs: 1000,
    deleted: false,
    mergedIntoId: null,
    ...change,
  };
}
