import type { CrmRow, CrmType, CrmValue, ReadRequest } from '../../src/model/connector.ts';
import type { MemoryCrm } from './crm.ts';
import { CREATED_FIELD, ID_FIELD, STAMP_FIELD } from './crm-schema.ts';
import { MemoryFault, type MemoryObject, type MemoryRecord } from './crm-types.ts';

/** A requested path with how its value is found. */
export interface Column {
  path: string;
  type: CrmType;
  valueOf(record: MemoryRecord): CrmValue;
}

export function needObject(crm: MemoryCrm, name: string): MemoryObject {
  const object = crm.objects.get(name);
  if (object === undefined)
    throw new MemoryFault(
      'NO_SUCH_OBJECT',
      `there is no object ${name}, or this user may not see it`,
    );
  return object;
}

/**
 * A field, or a path through references (`Account.Owner.Name`). A hidden field is as good as none.
 */
export function resolvePath(crm: MemoryCrm, object: MemoryObject, path: string): Column {
  const missing = (): MemoryFault =>
    new MemoryFault(
      'NO_SUCH_FIELD',
      `${object.name} has no field ${path}, or this user may not see it`,
    );
  const dot = path.indexOf('.');
  const field =
    dot < 0
      ? object.fields.get(path)
      : [...object.fields.values()].find((each) => each.relationshipName === path.slice(0, dot));
  if (field === undefined || field.hidden) throw missing();
  if (dot < 0) return { path, type: field.type, valueOf: (record) => ownValue(record, path) };
  const target = crm.objects.get(field.referenceTo[0] ?? '');
  if (target === undefined) throw missing();
  const rest = resolvePath(crm, target, path.slice(dot + 1));
  return {
    path,
    type: rest.type,
    valueOf: (record) => {
      const parent = target.records.get(String(record.fields[field.name] ?? ''));
      return parent === undefined ? null : rest.valueOf(parent);
    },
  };
}

function ownValue(record: MemoryRecord, name: string): CrmValue {
  if (name === ID_FIELD) return record.id;
  if (name === CREATED_FIELD) return new Date(record.createdMs).toISOString();
  if (name === STAMP_FIELD) return new Date(record.stampMs).toISOString();
  const value = record.fields[name] ?? null;
  // JSON has no word for it, and would keep it as empty.
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** A record in the contract's shape, with exactly the requested paths. */
export function toRow(
  object: MemoryObject,
  columns: Column[],
  record: MemoryRecord,
  request: Pick<ReadRequest, 'history'>,
  links: CrmRow['links'],
): CrmRow {
  const { history } = request;
  return {
    object: object.name,
    id: record.id,
    fields: Object.fromEntries(columns.map((column) => [column.path, column.valueOf(record)])),
    stampMs: record.stampMs,
    deleted: record.binned,
    mergedIntoId: record.mergedIntoId,
    ...(links === undefined ? {} : { links }),
    ...(history === undefined
      ? {}
      : {
          history: record.history
            .filter((entry) => history.includes(entry.field))
            .map((entry) => ({ ...entry })),
        }),
  };
}
