import type { CrmField, CrmFilterTerm, CrmRow, ReadRequest } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { termHolds } from '../../src/model/filter.ts';
import {
  type AssociationPath,
  labelsOf,
  linkedIds,
  parseAssociationPath,
} from './association-fields.ts';
import type { Links } from './associations.ts';
import type { Described, Describer } from './describe.ts';
import type { Term } from './filters.ts';
import { mergedIds, recordId } from './ids.ts';
import type { ObjectType } from './objects.ts';
import type { RawRecord } from './records.ts';
import { canonical, instantMs } from './values.ts';

/** A requested path: a property, or an association with the kind of record that it leads to. */
type Column =
  | { path: string; field: CrmField }
  | { path: string; association: AssociationPath; to: ObjectType };

/** Ids of records merged into this one; their own rows are gone without a trace. */
const MERGED = 'hs_merged_object_ids';

/**
 * Everything a read of one object needs, computed from describe; the same request gives the same
 * plan in any process.
 */
export interface ReadPlan {
  object: Described & { type: ObjectType };
  columns: Column[];
  /** Properties to ask for: the columns, and what filters, stamps and merges need. */
  properties: string[];
  terms: Term[];
  /** Objects whose links are read, those of the request and those of the columns. */
  links: ObjectType[];
  /** Words of the request for them. */
  asked: { word: string; to: ObjectType }[] | null;
  history: CrmField[];
  typeIds: Map<string, string>;
}

/** The object as this token sees it; a `config` error when it is not there. */
export async function needObject(describer: Describer, name: string): Promise<Described> {
  const object = await describer.describe(name);
  if (object === null) {
    const refusal = describer.refusal(name);
    throw new HeadwaterError(
      'config',
      refusal?.message ??
        `The object ${name} does not exist in this portal, or the token may not see it.`,
      {
        code: 'OBJECT_TYPE_NOT_FOUND',
        cure:
          refusal?.cure ??
          `Give the service key or app the scopes of ${name}, or take it out of the mapping.`,
      },
    );
  }
  return object;
}

export async function needRecords(
  describer: Describer,
  name: string,
): Promise<Described & { type: ObjectType }> {
  const object = await needObject(describer, name);
  if (object.type === null)
    throw new HeadwaterError('config', `${name} has no records of its own.`, {
      code: 'VIRTUAL_OBJECT',
      cure: 'Name an object such as deals or companies here.',
    });
  return { ...object, type: object.type };
}

function needField(describer: Describer, object: Described, path: string): CrmField {
  const field = object.fields.find((each) => each.name === path);
  if (field !== undefined && field.type !== 'other') return field;
  describer.forget(object.name);
  throw new HeadwaterError(
    'config',
    `${object.name} has no property ${path}, or the token may not see it.`,
    {
      code: 'PROPERTY_DOESNT_EXIST',
      unknownFields: [path],
      cure: `Restore the property ${path} in HubSpot, or take it out of the mapping.`,
    },
  );
}

async function needTarget(
  describer: Describer,
  object: Described,
  word: string,
): Promise<ObjectType> {
  const to = await describer.type(word);
  if (to === null)
    throw new HeadwaterError(
      'config',
      `${object.name} has no association to ${word}: there is no such object, or the token may not see it.`,
      {
        code: 'OBJECT_TYPE_NOT_FOUND',
        cure: `Take ${word} out of the mapping, or give the token its scopes.`,
      },
    );
  return to;
}

export async function planTerms(
  describer: Describer,
  object: Described,
  where: CrmFilterTerm[],
): Promise<Term[]> {
  return where.map((term) => ({ term, field: needField(describer, object, term.field) }));
}

export async function planRead(describer: Describer, request: ReadRequest): Promise<ReadPlan> {
  const object = await needRecords(describer, request.object);
  const columns: Column[] = [];
  for (const path of request.fields) {
    const association = parseAssociationPath(path);
    columns.push(
      association === null
        ? { path, field: needField(describer, object, path) }
        : { path, association, to: await needTarget(describer, object, association.object) },
    );
  }
  const terms = await planTerms(describer, object, request.where);
  const asked =
    request.associations === undefined
      ? null
      : await Promise.all(
          request.associations.map(async (word) => ({
            word,
            to: await needTarget(describer, object, word),
          })),
        );
  const links = new Map(
    [
      ...columns.flatMap((column) => ('to' in column ? [column.to] : [])),
      ...(asked ?? []).map(({ to }) => to),
    ].map((type) => [type.typeId, type]),
  );
  const own = [
    object.stampField,
    object.fields.some((field) => field.name === MERGED) ? MERGED : null,
  ].filter((name) => name !== null);
  const typeIds = new Map<string, string>();
  const used = [
    ...columns.flatMap((column) => ('field' in column ? [column.field] : [])),
    ...terms.map(({ field }) => field),
  ];
  for (const target of new Set(used.flatMap((field) => field.referenceTo))) {
    // Owners are no records: their ids stay as they are.
    const type = target === 'owners' ? null : await describer.type(target);
    if (type !== null) typeIds.set(target, type.typeId);
  }
  return {
    object,
    columns,
    terms,
    asked,
    links: [...links.values()],
    typeIds,
    properties: [...new Set([...used.map((field) => field.name), ...own])],
    history: (request.history ?? []).map((path) => needField(describer, object, path)),
  };
}

/**
 * When the record last changed, epoch ms: by the property that searches window on, so that both
 * agree.
 */
export const stampOf = (plan: Pick<ReadPlan, 'object'>, record: RawRecord): number => {
  const own = instantMs(String(record.properties[plan.object.stampField ?? ''] ?? ''));
  return Number.isNaN(own) ? instantMs(record.updatedAt ?? record.createdAt ?? '') || 0 : own;
};

const valueOf = (plan: ReadPlan, field: CrmField, raw: unknown) =>
  canonical(field, raw, (object) => plan.typeIds.get(object) ?? null);

export const passes = (plan: ReadPlan, record: RawRecord): boolean =>
  plan.terms.every(({ term, field }) =>
    termHolds(term, valueOf(plan, field, record.properties[field.name]), field),
  );

/**
 * A record as a row. `links` has the record's associations by type id; a type that is missing or
 * null was not read, so neither are its columns.
 */
export function toRow(plan: ReadPlan, record: RawRecord, links: Map<string, Links>): CrmRow {
  const id = recordId(plan.object.type.typeId, record.id);
  const fields: CrmRow['fields'] = {};
  for (const column of plan.columns) {
    if ('field' in column) {
      // What HubSpot would not give of a heavy record is not the same as empty.
      if (record.unread !== undefined && !(column.field.name in record.properties)) continue;
      fields[column.path] =
        column.field.type === 'id'
          ? id
          : valueOf(plan, column.field, record.properties[column.field.name]);
    } else {
      const found = links.get(column.to.typeId)?.get(record.id);
      if (found !== undefined && found !== null)
        fields[column.path] = linkedIds(column.association, found, column.to.typeId);
    }
  }
  return {
    object: plan.object.name,
    id,
    fields,
    stampMs: stampOf(plan, record),
    deleted: record.archived === true,
    mergedIntoId: null,
    ...(record.unread === undefined ? {} : { unread: record.unread }),
    ...(plan.asked === null
      ? {}
      : {
          links: Object.fromEntries(
            plan.asked.map(({ word, to }) => [
              word,
              shown(links.get(to.typeId)?.get(record.id) ?? null, to),
            ]),
          ),
        }),
    // A part of it that could not be read would look like all of it.
    ...(plan.history.length === 0 || record.unread !== undefined
      ? {}
      : {
          history: plan.history.flatMap((field) =>
            (record.propertiesWithHistory?.[field.name] ?? []).map((version) => ({
              field: field.name,
              value: valueOf(plan, field, version.value),
              atMs: instantMs(version.timestamp),
              byId: version.updatedByUserId ?? null,
            })),
          ),
        }),
  };
}

const shown = (found: NonNullable<ReturnType<Links['get']>> | null, to: ObjectType) =>
  found === null
    ? null
    : found.map((link) => ({ toId: recordId(to.typeId, link.toId), labels: labelsOf(link) }));

/**
 * Tombstones of the records that were merged into this one. They bear the winner's stamp, which the
 * merge moved.
 */
export const losersOf = (plan: Pick<ReadPlan, 'object'>, record: RawRecord): CrmRow[] =>
  mergedIds(String(record.properties[MERGED] ?? ''))
    .filter((id) => id !== record.id)
    .map((id) => ({
      object: plan.object.name,
      id: recordId(plan.object.type.typeId, id),
      fields: {},
      stampMs: stampOf(plan, record),
      deleted: true,
      mergedIntoId: recordId(plan.object.type.typeId, record.id),
    }));

export const mergedProperty = (object: Described): string | null =>
  object.fields.some((field) => field.name === MERGED) ? MERGED : null;
