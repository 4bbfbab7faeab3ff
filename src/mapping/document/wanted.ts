import type { ReadAs } from '../../model/connector.ts';
import { entityShape, type EntityFieldType } from '../../model/entities.ts';
import type { FieldRule, MappingDocument } from '../../model/mapping.ts';
import { entryAt, putEntry } from '../../model/own-entry.ts';
import { ruleObject, sourcesOf } from './sources.ts';

const READ_AS: Partial<Record<EntityFieldType, ReadAs>> = {
  number: 'number',
  money: 'number',
  boolean: 'boolean',
  date: 'time',
  instant: 'time',
};

/** A field that a rule takes as it stands, without a step that makes another value of it. */
function takenWhole(rule: FieldRule): string[] {
  const { field, coalesce, split, parse, map, as, minutesSince } = ruleObject(rule);
  if (coalesce !== undefined) return coalesce.flatMap(takenWhole);
  const changed = [split, parse, map, as, minutesSince].some((step) => step !== undefined);
  return field === undefined || changed || field.includes('.') ? [] : [field];
}

/** Object -> field -> what the mapping reads its values as, where that is not text. */
export function fieldsReadAs(document: MappingDocument): Record<string, Record<string, ReadAs>> {
  const found: Record<string, Record<string, ReadAs>> = {};
  for (const { entity, source } of sourcesOf(document)) {
    const shapes = entityShape(entity).fields;
    for (const [name, rule] of Object.entries(source.fields)) {
      const as = READ_AS[shapes[name]?.type ?? 'text'];
      if (as === undefined) continue;
      for (const field of takenWhole(rule))
        putEntry(
          entryAt(found, source.object, () => ({})),
          field,
          as,
        );
    }
  }
  return found;
}
