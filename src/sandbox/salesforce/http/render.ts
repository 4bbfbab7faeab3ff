/** Records as JSON: attributes first, then the cells in SELECT order. */
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import type {
  Cell,
  Org,
  OrgQuery,
  OrgUser,
  QueriedRecord,
  QueriedResult,
  QueriedValue,
  Row,
} from '../org-types.ts';
import { dateTimeText } from './stamps.ts';

type Json = Record<string, unknown>;

/** Renders the records of one query; knows by name which of an object's cells are date-times. */
export class RecordRenderer {
  readonly #org: Org;
  readonly #base: string;
  readonly #query: OrgQuery | null;
  readonly #dateTimes = new Map<string, Set<string>>();

  constructor(org: Org, base: string, query: OrgQuery | null) {
    this.#org = org;
    this.#base = base;
    this.#query = query;
  }

  record(record: QueriedRecord): Json {
    const out: Json = { attributes: attributes(record.type, record.id, this.#base) };
    const dateTimes = this.#dateTimesOf(record.type);
    for (const [path, value] of record.values) out[path] = this.#value(value, dateTimes.has(path));
    return out;
  }

  #value(value: QueriedValue, dateTime: boolean): unknown {
    if (typeof value === 'number') return dateTime ? dateTimeText(value) : value;
    if (value === null || typeof value !== 'object') return value;
    if ('address' in value) return value.address;
    return 'records' in value ? this.#children(value) : this.record(value);
  }

  /** No children at all is null, not an empty list. */
  #children(result: QueriedResult): unknown {
    if (result.totalSize === 0) return null;
    return {
      totalSize: result.totalSize,
      done: true,
      records: result.records.map((one) => this.record(one)),
    };
  }

  #dateTimesOf(type: string): Set<string> {
    let names = this.#dateTimes.get(type);
    if (names === undefined) {
      names = new Set(
        this.#org
          .object(type)
          ?.fields.filter((field) => field.type === 'datetime')
          .map((field) => field.name),
      );
      // What an aggregate yields is known only from the statement's own columns.
      if (type === 'AggregateResult')
        for (const column of this.#query?.columns() ?? [])
          if (column.type === 'datetime') names.add(column.name);
      this.#dateTimes.set(type, names);
    }
    return names;
  }
}

export function attributes(type: string, id: string | null, base: string): Json {
  return id === null ? { type } : { type, url: `${base}/sobjects/${type}/${id}` };
}

/** A whole row as `GET /sobjects/T/<id>` gives it: every field the user may see. */
export function renderRow(
  org: Org,
  user: OrgUser,
  object: ObjectDefinition,
  row: Row,
  base: string,
): Json {
  const out: Json = { attributes: attributes(object.name, String(row.Id), base) };
  const fields = org.visibleFields(user, object);
  for (const field of fields)
    out[field.name] =
      field.type === 'address'
        ? address(org, user, object, fields, field, row)
        : renderCell(field, org.read(user, object, row, field.name));
  return out;
}

function renderCell(field: FieldDefinition, value: Cell): Cell {
  return field.type === 'datetime' && typeof value === 'number' ? dateTimeText(value) : value;
}

/**
 * The parts of a compound address under their short names (`BillingCity` is
 * `city`); null when all are empty.
 */
function address(
  org: Org,
  user: OrgUser,
  object: ObjectDefinition,
  fields: FieldDefinition[],
  compound: FieldDefinition,
  row: Row,
): Json | null {
  const prefix = compound.name.replace(/Address$/, '');
  const parts = fields.filter((field) => field.compoundFieldName === compound.name);
  const out = Object.fromEntries(
    parts.map((field) => [
      field.name.slice(prefix.length).replace(/^./, (c) => c.toLowerCase()),
      org.read(user, object, row, field.name),
    ]),
  );
  if (Object.values(out).every((value) => value === null)) return null;
  const empty = {
    city: null,
    country: null,
    geocodeAccuracy: null,
    latitude: null,
    longitude: null,
    postalCode: null,
    state: null,
    street: null,
  };
  return { ...empty, ...out };
}
