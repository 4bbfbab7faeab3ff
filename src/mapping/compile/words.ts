import { entityShape, type EntityName } from '../../model/entities.ts';
import type { FieldRule, MappingSource } from '../../model/mapping.ts';
import { ruleObject } from '../document/sources.ts';

const fieldsOf = (rule: FieldRule): string[] => {
  const { field, coalesce } = ruleObject(rule);
  return field === undefined ? (coalesce ?? []).flatMap(fieldsOf) : [field];
};

/** Fields of a source's object that fill words for people to read; `of`: of this word alone. */
export const wordFields = (entity: EntityName, { fields }: MappingSource, of?: string): string[] =>
  Object.entries(fields)
    .filter(([name]) => entityShape(entity).fields[name]?.word === true && (of ?? name) === name)
    .flatMap(([, rule]) => fieldsOf(rule));
