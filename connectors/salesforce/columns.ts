import type {
  CrmField,
  CrmFilterTerm,
  CrmObject,
  CrmRow,
  ReadRange,
} from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { needStamp as stampOf } from '../kit/rows.ts';
import type { Describer } from './describe.ts';
import { to18 } from './ids.ts';
import { soqlInstant, soqlTerm } from './soql.ts';
import { canonical } from './values.ts';

/** A requested path with what it means in this org. */
interface Column {
  /** as requested: the key in `CrmRow.fields` */
  path: string /** canonical, as Salesforce answers it */;
  name: string;
  field: CrmField;
}

/**
 * Everything a read of one object needs, computed from describe; the same request gives the same
 * plan in any process.
 */
export interface ReadPlan {
  object: CrmObject;
  columns: Column[];
  /** Canonical paths to select: the columns and what the row's own shape needs. */
  select: string[];
  stamp: CrmField | null;
  deleted: CrmField | null;
  merged: CrmField | null;
  /** Of these, what every part of a read needs: id, stamp and what ends a row. */
  own: string[];
  /** Filter terms and the range's bounds. */
  where: string[];
}

const key = (name: string): string => name.toLowerCase();

/** The object as this user sees it; a `config` error when it is not there. */
export async function needObject(describer: Describer, name: string): Promise<CrmObject> {
  const object = await describer.describe(name);
  if (object === null) {
    throw new HeadwaterError(
      'config',
      `The object ${name} does not exist in this org, or the integration user may not see it.`,
      {
        code: 'INVALID_TYPE',
        cure: `Give the integration user Read on ${name}, or take it out of the mapping.`,
      },
    );
  }
  return object;
}

/** A dotted path through references (`Account.Owner.Name`), field names in any letter case. */
async function resolvePath(describer: Describer, object: CrmObject, path: string): Promise<Column> {
  const words = path.split('.');
  const names: string[] = [];
  let candidates: CrmObject[] = [object];
  for (const [at, word] of words.entries()) {
    const fields = candidates.flatMap((each) => each.fields);
    if (at === words.length - 1) {
      const field = fields.find((each) => key(each.name) === key(word));
      if (field === undefined) break;
      if (field.type === 'other')
        throw new HeadwaterError(
          'config',
          `${object.name}.${path} is a ${field.nativeType} field, which has no single value.`,
          {
            code: 'COMPOUND_FIELD',
            cure: 'Map its parts instead, such as BillingCity or BillingCountry.',
          },
        );
      return { path, name: [...names, field.name].join('.'), field };
    }
    const reference = fields.find(
      (each) => each.relationshipName !== null && key(each.relationshipName) === key(word),
    );
    if (reference?.relationshipName == null) break;
    names.push(reference.relationshipName);
    // An owner may be a user or a queue: whatever one of the targets has can be asked for.
    candidates = (
      await Promise.all(reference.referenceTo.map((target) => describer.describe(target)))
    ).filter((each) => each !== null);
  }
  describer.forget(object.name);
  throw new HeadwaterError(
    'config',
    `${object.name} has no field ${path}, or the integration user may not see it.`,
    {
      code: 'INVALID_FIELD',
      cure: `Give the integration user Read on ${object.name}.${path}, or take it out of the mapping.`,
    },
  );
}

/** Conditions of filter terms and range; ids are left to the caller, which splits them. */
export async function planWhere(
  describer: Describer,
  object: CrmObject,
  terms: CrmFilterTerm[],
  range: ReadRange,
): Promise<string[]> {
  const where: string[] = [];
  for (const term of terms) {
    const column = await resolvePath(describer, object, term.field);
    where.push(soqlTerm(column.name, column.field, term));
  }
  if (range.kind === 'changed') {
    const stamp = needStamp(object);
    where.push(
      `${stamp} >= ${soqlInstant(range.fromMs)}`,
      `${stamp} < ${soqlInstant(range.untilMs)}`,
    );
  }
  return where;
}

export const needStamp = (object: CrmObject): string =>
  stampOf(object, 'field that tells when a row');

/** Works out what to select for a read. */
export async function planRead(
  describer: Describer,
  request: { object: string; fields: string[]; where: CrmFilterTerm[]; range: ReadRange },
): Promise<ReadPlan> {
  const object = await needObject(describer, request.object);
  const columns: Column[] = [];
  for (const path of request.fields) columns.push(await resolvePath(describer, object, path));
  const own = (name: string | null) => object.fields.find((field) => field.name === name) ?? null;
  const stamp = own(object.stampField);
  const deleted = own('IsDeleted');
  const merged = own('MasterRecordId');
  const extra = [
    'Id',
    ...[stamp, deleted, merged].flatMap((field) => (field === null ? [] : [field.name])),
  ];
  return {
    object,
    columns,
    stamp,
    deleted,
    merged,
    own: extra,
    select: [...new Set([...extra, ...columns.map((column) => column.name)])],
    where: await planWhere(describer, object, request.where, request.range),
  };
}

/** A row from raw values by canonical path; REST and Bulk differ only in `raw`. */
export function toRow(plan: ReadPlan, raw: (name: string) => unknown, unread?: string): CrmRow {
  const fields: CrmRow['fields'] = {};
  // What Salesforce would not give of a heavy row is not the same as empty.
  for (const column of plan.columns)
    if (unread === undefined || plan.own.includes(column.name))
      fields[column.path] = canonical(column.field, raw(column.name));
  const own = (field: CrmField | null) =>
    field === null ? null : canonical(field, raw(field.name));
  const [stamp, merged] = [own(plan.stamp), own(plan.merged)];
  return {
    object: plan.object.name,
    id: to18(String(raw('Id'))),
    fields,
    stampMs: typeof stamp === 'string' ? Date.parse(stamp) || 0 : 0,
    deleted: own(plan.deleted) === true,
    mergedIntoId: typeof merged === 'string' ? merged : null,
    ...(unread === undefined ? {} : { unread }),
  };
}
