/**
 * Sales Territories: territories, and which records and users are assigned to them. Assignments are
 * made and deleted, never edited; a deleted one passes by the recycle bin.
 */
import type { ObjectDefinition } from './definition.ts';
import { audit, field, idField, isDeleted, systemModstamp } from './fields.ts';
import { JUNCTION, objectDefinition, READ_ONLY } from './objects.ts';

const ASSIGNMENT = { ...JUNCTION, updateable: false };
const territory = () =>
  field('Territory2Id', 'reference', 'Territory ID', 'cfsg', {
    to: 'Territory2',
    relation: 'Territory2',
  });
const modified = () =>
  audit().filter(({ name }) => name === 'LastModifiedDate' || name === 'LastModifiedById');

export const territoryObjects = (): ObjectDefinition[] => [
  objectDefinition(
    'Territory2',
    '0MI',
    'Territory',
    'Territories',
    { ...READ_ONLY, createable: true, updateable: true, deletable: true },
    [
      idField('Territory ID'),
      field('Name', 'string(80)', 'Label', 'cufsg', { nameField: true }),
      field('DeveloperName', 'string(80)', 'Territory Name', 'cufsg'),
      field('ParentTerritory2Id', 'reference', 'Parent Territory ID', 'ncufsg', {
        to: 'Territory2',
        relation: 'ParentTerritory2',
      }),
      field('Description', 'string(1000)', 'Description', 'ncufsg'),
      ...modified(),
      systemModstamp(),
    ],
  ),
  objectDefinition(
    'ObjectTerritory2Association',
    '0TS',
    'Object Territory Association',
    'Object Territory Associations',
    ASSIGNMENT,
    [
      idField('Object Territory Association ID'),
      field('ObjectId', 'reference', 'Object ID', 'cfsg', { to: 'Account', relation: 'Object' }),
      territory(),
      field('AssociationCause', 'picklist(40)', 'Association Cause', 'cfsg', {
        restrictedPicklist: true,
        values: ['Territory2AssignmentRule', 'Territory2Manual'],
      }),
      ...modified(),
      systemModstamp(),
      isDeleted(),
    ],
  ),
  objectDefinition(
    'UserTerritory2Association',
    '0TU',
    'User Territory Association',
    'User Territory Associations',
    // The vendor lists no getDeleted for it, and it has no IsDeleted.
    { ...ASSIGNMENT, replicateable: false },
    [
      idField('User Territory Association ID'),
      field('UserId', 'reference', 'User ID', 'cfsg', { to: 'User', relation: 'User' }),
      territory(),
      field('IsActive', 'boolean', 'Active', 'fsgd'),
      field('RoleInTerritory2', 'picklist(255)', 'Role in Territory', 'ncufsg', { values: [] }),
      ...modified(),
      systemModstamp(),
    ],
  ),
];

/** The territory that a deal counts in. */
export const dealTerritory = () =>
  field('Territory2Id', 'reference', 'Territory ID', 'ncufsg', {
    to: 'Territory2',
    relation: 'Territory2',
  });
