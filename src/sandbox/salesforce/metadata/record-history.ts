/**
 * Field history of accounts, contacts and leads: a row a change of a tracked field. Opportunities
 * have theirs beside their stages.
 */
import type { ObjectDefinition } from './definition.ts';
import { created, field, idField, isDeleted } from './fields.ts';
import { READ_ONLY, objectDefinition } from './objects.ts';

const DATA_TYPES = [
  'Currency',
  'DateOnly',
  'DateTime',
  'Double',
  'EntityId',
  'Percent',
  'DynamicEnum',
  'Text',
  'Boolean',
];
const PREFIXES = { Account: '02c', Contact: '03a', Lead: '00b' } as const;

/** Objects with a history of this kind. */
export const WITH_HISTORY: ReadonlySet<string> = new Set(Object.keys(PREFIXES));

export const recordHistories = (): ObjectDefinition[] =>
  Object.entries(PREFIXES).map(([object, prefix]) =>
    objectDefinition(
      `${object}History`,
      prefix,
      `${object} History`,
      `${object} History`,
      READ_ONLY,
      [
        idField(`${object} History ID`),
        isDeleted(),
        field(`${object}Id`, 'reference', `${object} ID`, 'fsg', {
          to: object,
          relation: object,
          children: 'Histories',
          cascadeDelete: true,
        }),
        ...created(),
        field('Field', 'picklist(255)', 'Changed Field', 'fsg', {
          restrictedPicklist: true,
          values: [],
        }),
        field('DataType', 'picklist(40)', 'Datatype', 'nfsg', {
          restrictedPicklist: true,
          values: DATA_TYPES,
        }),
        field('OldValue', 'anyType', 'Old Value', 'n'),
        field('NewValue', 'anyType', 'New Value', 'n'),
      ],
    ),
  );
