import type { CrmField, CrmObject, CrmRow, CrmValue } from '../../model/connector.ts';
import type { EntityName } from '../../model/entities.ts';
import type { DescribeLookup, MappingDocument, MappingSource } from '../../model/mapping.ts';
import { withBundles } from './bundles.ts';

/**
 * What a suggestion is made from. `base` is the mapping that ships for this CRM: it knows
 * the CRM's standard objects.
 */
export interface SuggestInput {
  crm: string;
  base: MappingDocument;
  /** Described objects: those of `base`, those its paths lead to, and the org's own. */
  objects: CrmObject[];
  /** A few hundred rows of an object at most; an object may have none. */
  samples: ReadonlyMap<string, CrmRow[]>;
  /** Rows in the CRM, where counted. */
  counts: ReadonlyMap<string, number>;
  org?: {
    currency: string | null;
    timeZone: string | null;
    fiscalYearStartMonth?: number | null;
  };
}

export interface Evidence extends SuggestInput {
  describe: DescribeLookup;
  companyObject: string;
  dealObject: string;
}

/** Sources of an entity, however many a document gives it. */
export const sourcesOf = (document: MappingDocument, entity: EntityName): MappingSource[] =>
  [document.entities[entity] ?? []].flat();

const firstObject = (document: MappingDocument, entity: EntityName): string | undefined =>
  sourcesOf(document, entity)[0]?.object;

/**
 * Fields that Headwater writes say nothing about the org: without them a draft is the same
 * before and after the first run.
 */
function withoutOurs(base: MappingDocument, object: CrmObject): CrmObject {
  const ours = new Set(
    base.write
      .filter((block) => block.object === object.name)
      .flatMap(({ fields }) => Object.keys(fields)),
  );
  return ours.size === 0
    ? object
    : { ...object, fields: object.fields.filter(({ name }) => !ours.has(name)) };
}

export function gather(input: SuggestInput): Evidence {
  // In one order, whatever order the CRM told them in.
  const inOrder = <T extends { name: string }>(list: readonly T[]): T[] =>
    list.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const objects = inOrder(withBundles(input.objects)).map((object) =>
    withoutOurs(input.base, { ...object, fields: inOrder(object.fields) }),
  );
  const byName = new Map(objects.map((object) => [object.name, object]));
  return {
    ...input,
    objects,
    describe: (name) => byName.get(name) ?? null,
    companyObject: firstObject(input.base, 'account') ?? firstObject(input.base, 'partner') ?? '',
    dealObject: firstObject(input.base, 'deal') ?? '',
  };
}

export const liveRows = (evidence: Pick<SuggestInput, 'samples'>, object: string): CrmRow[] =>
  (evidence.samples.get(object) ?? []).filter((row) => !row.deleted);

/** Values of a path in the sample; null where empty, rows that did not read it left out. */
export const valuesOf = (
  evidence: Pick<SuggestInput, 'samples'>,
  object: string,
  path: string,
): CrmValue[] =>
  liveRows(evidence, object).flatMap((row) =>
    Object.hasOwn(row.fields, path)
      ? [row.fields[path] === '' ? null : (row.fields[path] ?? null)]
      : [],
  );

/** Share of sampled rows that have a value; null when none was sampled. */
export function fillOf(
  evidence: Pick<SuggestInput, 'samples'>,
  object: string,
  path: string,
): number | null {
  const values = valuesOf(evidence, object, path);
  return values.length === 0
    ? null
    : values.filter((value) => value !== null).length / values.length;
}

/**
 * Different values of a path, the picklist's own first, then those seen;
 * multi-selects apart. At most `upTo`.
 */
export function wordsSeen(
  evidence: Pick<SuggestInput, 'samples'>,
  object: string,
  field: CrmField,
  upTo = 60,
): string[] {
  const seen = valuesOf(evidence, object, field.name).flatMap((value) =>
    typeof value === 'string' ? (field.type === 'multipicklist' ? value.split(';') : [value]) : [],
  );
  return [...new Set([...field.options.map(({ value }) => value), ...seen.sort()])].slice(0, upTo);
}
