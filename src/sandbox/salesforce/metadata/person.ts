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
  personName,
  recordTypeId,
} from './fields.ts';
import { BUSINESS, objectDefinition } from './objects.ts';
import { INDUSTRY, LEAD_SOURCE, RATING, SALUTATION } from './picklists.ts';

const photo = () =>
  field('PhotoUrl', 'url(255)', 'Photo URL', 'nfsg', { extraTypeInfo: 'imageurl' });

export const contact = (): ObjectDefinition =>
  objectDefinition('Contact', '003', 'Contact', 'Contacts', { ...BUSINESS, mergeable: true }, [
    idField('Contact ID'),
    isDeleted(),
    masterRecord('Contact'),
    field('AccountId', 'reference', 'Account ID', undefined, {
      to: 'Account',
      relation: 'Account',
      children: 'Contacts',
      cascadeDelete: true,
    }),
    ...personName(SALUTATION),
    ...address('Other'),
    ...address('Mailing'),
    field('Phone', 'phone(40)', 'Business Phone'),
    field('Fax', 'phone(40)', 'Business Fax'),
    field('MobilePhone', 'phone(40)', 'Mobile Phone'),
    field('HomePhone', 'phone(40)', 'Home Phone'),
    field('OtherPhone', 'phone(40)', 'Other Phone'),
    field('AssistantPhone', 'phone(40)', 'Asst. Phone'),
    field('ReportsToId', 'reference', 'Reports To ID', undefined, {
      to: 'Contact',
      relation: 'ReportsTo',
    }),
    field('Email', 'email(80)', 'Email', undefined, { idLookup: true }),
    field('Title', 'string(128)', 'Title'),
    field('Department', 'string(80)', 'Department'),
    field('AssistantName', 'string(40)', "Assistant's Name"),
    field('LeadSource', 'picklist(255)', 'Lead Source', undefined, { values: LEAD_SOURCE }),
    field('Birthdate', 'date', 'Birthdate'),
    field('Description', 'textarea(32000)', 'Contact Description'),
    ownerId(),
    ...audit(),
    lastActivity(),
    ...lastSeen(),
    field('EmailBouncedReason', 'string(255)', 'Email Bounced Reason', 'ncufsg'),
    field('EmailBouncedDate', 'datetime', 'Email Bounced Date', 'ncufs'),
    field('IsEmailBounced', 'boolean', 'Is Email Bounced', 'fsgd'),
    photo(),
  ]);

const LEAD_STATUS = [
  'Open - Not Contacted*',
  'Working - Contacted',
  'Closed - Converted',
  'Closed - Not Converted',
];
const converted = (name: string): ReturnType<typeof field> =>
  field(`Converted${name}Id`, 'reference', `Converted ${name} ID`, 'nfsg', {
    to: name,
    relation: `Converted${name}`,
  });

export const lead = (prm: boolean): ObjectDefinition =>
  objectDefinition('Lead', '00Q', 'Lead', 'Leads', { ...BUSINESS, mergeable: true }, [
    idField('Lead ID'),
    isDeleted(),
    masterRecord('Lead'),
    ...personName([...SALUTATION, 'Mx.']),
    recordTypeId(),
    field('Title', 'string(128)', 'Title'),
    field('Company', 'string(255)', 'Company', 'cufsg'),
    ...address(''),
    field('Phone', 'phone(40)', 'Phone'),
    field('MobilePhone', 'phone(40)', 'Mobile Phone'),
    field('Fax', 'phone(40)', 'Fax'),
    field('Email', 'email(80)', 'Email', undefined, { idLookup: true }),
    field('Website', 'url(255)', 'Website'),
    photo(),
    field('Description', 'textarea(32000)', 'Description'),
    field('LeadSource', 'picklist(255)', 'Lead Source', undefined, { values: LEAD_SOURCE }),
    field('Status', 'picklist(255)', 'Status', 'cufsgd', {
      values: LEAD_STATUS,
      defaultValue: 'Open - Not Contacted',
    }),
    field('Industry', 'picklist(255)', 'Industry', undefined, { values: INDUSTRY }),
    field('Rating', 'picklist(255)', 'Rating', undefined, { values: RATING }),
    field('AnnualRevenue', 'currency(18,0)', 'Annual Revenue'),
    field('NumberOfEmployees', 'int(8)', 'Employees'),
    field('OwnerId', 'reference', 'Owner ID', 'cufsgd', {
      to: ['Group', 'User'],
      relation: 'Owner',
    }),
    field('IsConverted', 'boolean', 'Converted', 'cfsgd'),
    field('ConvertedDate', 'date', 'Converted Date', 'nfsg'),
    converted('Account'),
    converted('Contact'),
    converted('Opportunity'),
    field('IsUnreadByOwner', 'boolean', 'Unread By Owner', 'cufsgd'),
    ...audit(),
    lastActivity(),
    ...lastSeen(),
    ...(prm
      ? [
          field('PartnerAccountId', 'reference', 'Partner Account ID', 'nfsg', {
            to: 'Account',
            relation: 'PartnerAccount',
          }),
        ]
      : []),
    field('EmailBouncedReason', 'string(255)', 'Email Bounced Reason', 'nufsg'),
    field('EmailBouncedDate', 'datetime', 'Email Bounced Date', 'nufs'),
  ]);
