import type { FieldDefinition, ObjectDefinition } from './definition.ts';
import { audit, field, idField, isDeleted } from './fields.ts';
import { JUNCTION, READ_ONLY, objectDefinition } from './objects.ts';
import { PARTNER_ROLE } from './picklists.ts';

/**
 * Partner, OpportunityPartner and AccountPartner are three views of one entity and share its ids.
 */
const PARTNER_PREFIX = '00I';

const lookup = (
  name: string,
  label: string,
  to: string,
  relation: string,
  children: string,
  flags: string,
): FieldDefinition =>
  field(name, 'reference', label, flags, { to, relation, children, cascadeDelete: true });
const rest = (write: string): FieldDefinition[] => [
  field('Role', 'picklist(40)', 'Role', `n${write}fsg`, { values: PARTNER_ROLE }),
  field('IsPrimary', 'boolean', 'Primary', `${write}fsgd`),
  ...audit(),
  isDeleted(),
  field('ReversePartnerId', 'reference', 'Reverse Partner ID', 'nfsg', { to: 'Partner' }),
];

/** Created and deleted only, never updated. */
export const partner = (): ObjectDefinition =>
  objectDefinition(
    'Partner',
    PARTNER_PREFIX,
    'Partner',
    'Partner',
    { ...JUNCTION, updateable: false, layoutable: false, triggerable: false },
    [
      idField('Partner ID'),
      lookup('OpportunityId', 'Opportunity ID', 'Opportunity', 'Opportunity', 'Partners', 'ncfsg'),
      lookup('AccountFromId', 'Account From ID', 'Account', 'AccountFrom', 'PartnersFrom', 'ncfsg'),
      lookup('AccountToId', 'Account To ID', 'Account', 'AccountTo', 'PartnersTo', 'cfsg'),
      ...rest('c'),
    ],
  );

export const opportunityPartner = (): ObjectDefinition =>
  objectDefinition(
    'OpportunityPartner',
    PARTNER_PREFIX,
    'Opportunity Partner',
    'Opportunity Partner',
    READ_ONLY,
    [
      idField('Opportunity Partner ID'),
      lookup(
        'OpportunityId',
        'Opportunity ID',
        'Opportunity',
        'Opportunity',
        'OpportunityPartnersFrom',
        'fsg',
      ),
      lookup(
        'AccountToId',
        'Account To ID',
        'Account',
        'AccountTo',
        'OpportunityPartnersTo',
        'fsg',
      ),
      ...rest(''),
    ],
  );

export const accountPartner = (): ObjectDefinition =>
  objectDefinition(
    'AccountPartner',
    PARTNER_PREFIX,
    'Account Partner',
    'Account Partner',
    READ_ONLY,
    [
      idField('Partner ID'),
      lookup(
        'AccountFromId',
        'Account From ID',
        'Account',
        'AccountFrom',
        'AccountPartnersFrom',
        'fsg',
      ),
      lookup('AccountToId', 'Account To ID', 'Account', 'AccountTo', 'AccountPartnersTo', 'fsg'),
      lookup(
        'OpportunityId',
        'Opportunity ID',
        'Opportunity',
        'Opportunity',
        'AccountPartners',
        'nfsg',
      ),
      ...rest(''),
    ],
  );

export const partnerRole = (): ObjectDefinition =>
  objectDefinition(
    'PartnerRole',
    '01P',
    'Partner Role Value',
    'Partner Role Value',
    { ...READ_ONLY, replicateable: false },
    [
      idField('Partner Role Value ID'),
      field('MasterLabel', 'string(255)', 'Master Label', 'nfsg', { nameField: true }),
      field('ApiName', 'string(765)', 'API Name', 'fsg'),
      field('SortOrder', 'int(9)', 'Sort Order', 'nfsg'),
      field('ReverseRole', 'picklist(255)', 'Reverse Role', 'nfsg', { values: PARTNER_ROLE }),
      ...audit(),
    ],
  );
