import type { ObjectDefinition } from './definition.ts';
import {
  address,
  audit,
  field,
  idField,
  isDeleted,
  lastActivity,
  lastSeen,
  masterRecord,
  ownerId,
  recordTypeId,
} from './fields.ts';
import { BUSINESS, objectDefinition } from './objects.ts';
import { INDUSTRY, LEAD_SOURCE, RATING } from './picklists.ts';

const TYPES = [
  'Prospect',
  'Customer - Direct',
  'Customer - Channel',
  'Channel Partner / Reseller',
  'Installation Partner',
  'Technology Partner',
  'Other',
];

/** Fields that exist only with partner relationship management. */
const partnerFields = () => [
  field('IsPartner', 'boolean', 'Partner Account', 'ufsgd'),
  field('IsCustomerPortal', 'boolean', 'Customer Portal Account', 'ufsgd'),
  field('ChannelProgramName', 'string(255)', 'Channel Program Name', 'ng'),
  field('ChannelProgramLevelName', 'string(255)', 'Channel Program Level Name', 'ng'),
];

export const account = (prm: boolean): ObjectDefinition =>
  objectDefinition('Account', '001', 'Account', 'Accounts', { ...BUSINESS, mergeable: true }, [
    idField('Account ID'),
    isDeleted(),
    masterRecord('Account'),
    field('Name', 'string(255)', 'Account Name', 'cufsg', {
      compoundFieldName: 'Name',
      extraTypeInfo: 'switchablepersonname',
      nameField: true,
    }),
    field('Type', 'picklist(40)', 'Account Type', undefined, { values: TYPES }),
    recordTypeId(),
    field('ParentId', 'reference', 'Parent Account ID', undefined, {
      to: 'Account',
      relation: 'Parent',
      children: 'ChildAccounts',
    }),
    ...address('Billing'),
    ...address('Shipping'),
    field('Phone', 'phone(40)', 'Account Phone'),
    field('Fax', 'phone(40)', 'Account Fax'),
    field('AccountNumber', 'string(40)', 'Account Number'),
    field('Website', 'url(255)', 'Website'),
    field('PhotoUrl', 'url(255)', 'Photo URL', 'nfsg', { extraTypeInfo: 'imageurl' }),
    field('Sic', 'string(20)', 'SIC Code'),
    field('Industry', 'picklist(40)', 'Industry', undefined, { values: INDUSTRY }),
    field('AnnualRevenue', 'currency(18,0)', 'Annual Revenue'),
    field('NumberOfEmployees', 'int(8)', 'Employees'),
    field('Ownership', 'picklist(40)', 'Ownership', undefined, {
      values: ['Public', 'Private', 'Subsidiary', 'Other'],
    }),
    field('TickerSymbol', 'string(20)', 'Ticker Symbol'),
    field('Description', 'textarea(32000)', 'Account Description'),
    field('Rating', 'picklist(40)', 'Account Rating', undefined, { values: RATING }),
    field('Site', 'string(80)', 'Account Site'),
    ownerId(),
    ...audit(),
    lastActivity(),
    ...lastSeen(),
    ...(prm ? partnerFields() : []),
    field('AccountSource', 'picklist(40)', 'Account Source', undefined, { values: LEAD_SOURCE }),
  ]);
