import type { CrmObject } from '../../model/connector.ts';
import type { MappingSource } from '../../model/mapping.ts';
import type { Source } from '../document/sources.ts';

/**
 * What the CRM says of a deal itself, read whether or not the document asks for it: a stage that
 * no list names must never be guessed about. A document that fills `closed` or `won` by itself
 * knows better.
 */
export function readsOutcome(source: Source, object: CrmObject): boolean {
  const { fields } = source.source;
  return (
    source.entity === 'deal' &&
    object.outcomeFields !== undefined &&
    !Object.hasOwn(fields, 'closed') &&
    !Object.hasOwn(fields, 'won')
  );
}

export function withOutcome(source: Source, object: CrmObject): MappingSource {
  const told = object.outcomeFields;
  if (told === undefined || !readsOutcome(source, object)) return source.source;
  const { fields } = source.source;
  return { ...source.source, fields: { ...fields, closed: told.closed, won: told.won } };
}
