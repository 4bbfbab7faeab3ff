import { ENTITY_NAMES, type EntityName } from '../../model/entities.ts';
import type {
  Condition,
  FieldRule,
  FieldRuleObject,
  MappingDocument,
  MappingSource,
} from '../../model/mapping.ts';

/**
 * The sources of a document, and the field paths each of them uses, each with
 * its place in the document.
 */

export type DocumentPath = (string | number)[];

export interface Source {
  entity: EntityName;
  source: MappingSource;
  at: DocumentPath;
}

export interface PathUse {
  path: string;
  use: 'rule' | 'where' | 'pull' | 'keep' | 'history';
  /** Left out without a fault where the org lacks it. */
  optional: boolean;
  at: DocumentPath;
}

/**
 * All sources in the order of the model's entities, whatever the order in the file. Stages given by
 * hand replace stage sources.
 */
export function sourcesOf(document: MappingDocument): Source[] {
  return ENTITY_NAMES.flatMap((entity): Source[] => {
    const given = document.entities[entity];
    if (given === undefined || (entity === 'stage' && document.stages !== undefined)) return [];
    if (!Array.isArray(given)) return [{ entity, source: given, at: ['entities', entity] }];
    return given.map((source, index) => ({ entity, source, at: ['entities', entity, index] }));
  });
}

export const ruleObject = (rule: FieldRule): FieldRuleObject =>
  typeof rule === 'string' ? { field: rule } : rule;

/** Own fields of a record only: a field called `constructor` is no inherited one. */
const entriesOf = <T>(record: Record<string, T>): [string, T][] => Object.entries(record);

function rulePaths(rule: FieldRule, at: DocumentPath, optionalAbove: boolean): PathUse[] {
  const given = ruleObject(rule);
  const optional = optionalAbove || given.optional === true;
  if (given.field !== undefined)
    return [
      {
        path: given.field,
        use: 'rule',
        optional,
        at: typeof rule === 'string' ? at : [...at, 'field'],
      },
      ...(given.minutesSince === undefined
        ? []
        : [
            {
              path: given.minutesSince,
              use: 'rule' as const,
              optional,
              at: [...at, 'minutesSince'],
            },
          ]),
    ];
  return (given.coalesce ?? []).flatMap((inner, index) =>
    rulePaths(inner, [...at, 'coalesce', index], optional),
  );
}

export function conditionPaths(condition: Condition, at: DocumentPath): PathUse[] {
  if ('all' in condition)
    return condition.all.flatMap((inner, index) => conditionPaths(inner, [...at, 'all', index]));
  if ('any' in condition)
    return condition.any.flatMap((inner, index) => conditionPaths(inner, [...at, 'any', index]));
  if ('not' in condition) return conditionPaths(condition.not, [...at, 'not']);
  return [
    {
      path: condition.field,
      use: 'where',
      optional: condition.optional === true,
      at: [...at, 'field'],
    },
  ];
}

/** Every path that a source uses. Fields under an optional `coalesce` are optional too. */
export function pathsOf({ source, at }: Source): PathUse[] {
  const listed = (paths: string[] | undefined, use: 'keep' | 'history'): PathUse[] =>
    (paths ?? []).map((path, index) => ({ path, use, optional: true, at: [...at, use, index] }));
  return [
    ...entriesOf(source.fields).flatMap(([field, rule]) =>
      rulePaths(rule, [...at, 'fields', field], false),
    ),
    ...(source.where === undefined ? [] : conditionPaths(source.where, [...at, 'where'])),
    ...(source.pull ?? []).map(
      (term, index): PathUse => ({
        path: term.field,
        use: 'pull',
        optional: false,
        at: [...at, 'pull', index, 'field'],
      }),
    ),
    ...listed(source.keep, 'keep'),
    ...listed(source.history, 'history'),
  ];
}
