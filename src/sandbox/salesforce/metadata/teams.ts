/** Sales teams and revenue splits, there only when the org has switched them on. */
import type { FieldDefinition, ObjectDefinition } from './definition.ts';
import { audit, field, idField, isDeleted } from './fields.ts';
import { JUNCTION, READ_ONLY, objectDefinition } from './objects.ts';

const ROLES = [
  'Account Manager',
  'Channel Manager',
  'Executive Sponsor',
  'Lead Qualifier',
  'Pre-Sales Consultant',
  'Sales Manager',
  'Sales Rep',
];
const LEVELS = ['None=Private', 'Read=Read Only', 'Edit=Read/Write', 'All=Owner'];
const parent = (object: string, children: string): FieldDefinition =>
  field(`${object}Id`, 'reference', `${object} ID`, 'cfsg', {
    to: object,
    relation: object,
    children,
    cascadeDelete: true,
  });
const user = (name: string, relation: string): FieldDefinition =>
  field(name, 'reference', `${relation} ID`, 'cfsg', { to: 'User', relation });
const role = (): FieldDefinition =>
  field('TeamMemberRole', 'picklist(40)', 'Member Role', 'ncufsg', { values: ROLES });
const access = (object: string): FieldDefinition =>
  field(`${object}AccessLevel`, 'picklist(40)', `${object} Access`, 'cufsgd', {
    restrictedPicklist: true,
    values: LEVELS,
    defaultValue: 'Read',
  });

export const teamObjects = (): ObjectDefinition[] => [
  objectDefinition(
    'OpportunityTeamMember',
    '00q',
    'Opportunity Team Member',
    'Opportunity Team Member',
    JUNCTION,
    [
      idField('Team Member ID'),
      parent('Opportunity', 'OpportunityTeamMembers'),
      user('UserId', 'User'),
      field('Name', 'string(361)', 'Name', 'nfsg', { nameField: true }),
      role(),
      access('Opportunity'),
      ...audit(),
      isDeleted(),
    ],
  ),
  objectDefinition(
    'AccountTeamMember',
    '01M',
    'Account Team Member',
    'Account Team Members',
    JUNCTION,
    [
      idField('Team Member ID'),
      parent('Account', 'AccountTeamMembers'),
      user('UserId', 'User'),
      role(),
      access('Account'),
      access('Opportunity'),
      ...audit(),
      isDeleted(),
    ],
  ),
  objectDefinition(
    'OpportunitySplitType',
    '1JT',
    'Opportunity Split Type',
    'Opportunity Split Types',
    READ_ONLY,
    [
      idField('Opportunity Split Type ID'),
      field('MasterLabel', 'string(80)', 'Name', 'fsg', { nameField: true }),
      field('DeveloperName', 'string(80)', 'API Name', 'fsg'),
      field('IsActive', 'boolean', 'Active', 'fsgd'),
      field('IsTotalValidated', 'boolean', 'Must total 100 percent', 'fsgd'),
      field('SplitField', 'string(80)', 'Split Field', 'fsg'),
      ...audit(),
      isDeleted(),
    ],
  ),
  objectDefinition('OpportunitySplit', '1JS', 'Opportunity Split', 'Opportunity Split', JUNCTION, [
    idField('Opportunity Split ID'),
    parent('Opportunity', 'OpportunitySplits'),
    field('SplitOwnerId', 'reference', 'Team Member ID', 'cufsg', {
      to: 'User',
      relation: 'SplitOwner',
    }),
    field('SplitTypeId', 'reference', 'Split Type ID', 'ncfsg', {
      to: 'OpportunitySplitType',
      relation: 'SplitType',
    }),
    field('SplitPercentage', 'percent(16,2)', 'Percent (%)', 'cufs'),
    field('SplitAmount', 'currency(18,2)', 'Amount', 'nfs'),
    field('SplitNote', 'string(1024)', 'Note', 'ncu'),
    ...audit(),
    isDeleted(),
  ]),
];
