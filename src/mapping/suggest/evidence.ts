import type { CrmField, CrmObject, CrmRow, CrmValue } from '../../model/connector.ts';
import type { EntityName } from '../../model/entities.ts';
import type {
  DescribeLookup,
  FieldRule,
  MappingDocument,
  MappingSource,
} from '../../model/mapping.ts';
import { ruleObject } from '../document/sources.ts';
import type { Column } from './shape/column.ts';

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

/**
 * The columns in which deals keep their registration, recognised by which stand filled together.
 */
export interface RegistrationFields {
  submitted: CrmField | null;
  status: CrmField | null;
  decided: CrmField | null;
  until: CrmField | null;
}

export interface Evidence extends SuggestInput {
  describe: DescribeLookup;
  companyObject: string;
  dealObject: string;
  /** Live rows of the sample. */
  rows: (object: string) => readonly CrmRow[];
  /** What the sampled values of a field look like. */
  column: (object: CrmObject, field: CrmField) => Column;
  /** Companies that the org's own objects treat as partners. */
  partners: () => ReadonlySet<string>;
  /** Where deals keep their registration. */
  registrationFields: (deal: CrmObject) => RegistrationFields;
  /** Name of the field that tells a partner's kind; null = none does. */
  kindFieldOf: (company: CrmObject) => string | null;
}

/** Sources of an entity, however many a document gives it. */
export const sourcesOf = (document: MappingDocument, entity: EntityName): MappingSource[] =>
  [document.entities[entity] ?? []].flat();

export const pathsIn = (rule: FieldRule): string[] => {
  const given = ruleObject(rule);
  return given.field !== undefined ? [given.field] : (given.coalesce ?? []).flatMap(pathsIn);
};

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
