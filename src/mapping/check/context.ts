import type { CrmObject } from '../../model/connector.ts';
import type { DescribeLookup, MappingDocument } from '../../model/mapping.ts';
import { foregone } from '../compile/condition.ts';
import type { FaultList } from '../document/fault-list.ts';
import { exists, resolvePath } from '../document/paths.ts';
import type { ReadContext } from '../compile/reader.ts';
import { ruleObject, sourcesOf, type Source } from '../document/sources.ts';
import type { EntityName } from '../../model/entities.ts';
import type { FieldRule } from '../../model/mapping.ts';

/**
 * A source with the object it reads, where the org has it. `dead`: no row can ever pass
 * its condition in this org.
 */
export interface CheckedSource extends Source {
  object: CrmObject | null;
  dead: boolean;
}

export interface CheckContext {
  document: MappingDocument;
  faults: FaultList;
  describe: DescribeLookup;
  /** Names of objects, for "did you mean". */
  objectNames: string[];
  /** Why the CRM does not show an object, in its own words; null = it did not say. */
  refusal: (object: string) => string | null;
  sources: CheckedSource[];
}

export const readContext = (context: CheckContext, object: CrmObject): ReadContext => ({
  object,
  describe: context.describe,
  timeZone: 'UTC',
});

/** Builds what all checks share. A describe lookup is asked once an object. */
export function checkContext(
  document: MappingDocument,
  faults: FaultList,
  lookup: DescribeLookup,
  known: string[],
  refusal: CheckContext['refusal'],
): CheckContext {
  const seen = new Map<string, CrmObject | null>();
  const describe: DescribeLookup = (name) => {
    if (!seen.has(name)) seen.set(name, lookup(name) ?? null);
    return seen.get(name);
  };
  const sources = sourcesOf(document).map((source): CheckedSource => {
    const object = describe(source.source.object) ?? null;
    const dead =
      object !== null &&
      source.source.where !== undefined &&
      foregone(source.source.where, { object, describe, timeZone: 'UTC' }) === false;
    return { ...source, object, dead };
  });
  const live = sources.flatMap(({ object }) => (object === null ? [] : [object.name]));
  return {
    document,
    faults,
    describe,
    refusal,
    sources,
    objectNames: [...new Set([...known, ...live])].sort(),
  };
}

/**
 * Whether a rule can give a value in this org: a constant, a default, or a field that the org has.
 */
export function canFill(
  rule: FieldRule | undefined,
  object: CrmObject,
  describe: DescribeLookup,
): boolean {
  if (rule === undefined) return false;
  const { field, value, coalesce, default: otherwise } = ruleObject(rule);
  if ((value ?? null) !== null || (otherwise ?? null) !== null) return true;
  if (field !== undefined) return exists(resolvePath(object, field, describe));
  return (coalesce ?? []).some((inner) => canFill(inner, object, describe));
}

/** Sources of an entity that can yield rows with this field filled. */
export const filling = (
  context: CheckContext,
  entity: EntityName,
  field?: string,
): CheckedSource[] =>
  context.sources.filter(
    (source) =>
      source.entity === entity &&
      source.object !== null &&
      !source.dead &&
      (field === undefined ||
        canFill(source.source.fields[field], source.object, context.describe)),
  );

/** Whether the document means to fill a field of an entity, whatever the org has. */
export const written = (context: CheckContext, entity: EntityName, field?: string): boolean =>
  context.sources.some(
    (source) =>
      source.entity === entity &&
      (field === undefined || source.source.fields[field] !== undefined),
  );
