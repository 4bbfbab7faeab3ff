import type { ObjectDefinition } from './definition.ts';
import { audit, field, idField, isDeleted, lastActivity, lastSeen, ownerId } from './fields.ts';
import { BUSINESS, JUNCTION, objectDefinition } from './objects.ts';
import { LEAD_SOURCE, SALUTATION } from './picklists.ts';

const TYPES = [
  'Conference*',
  'Webinar',
  'Trade Show',
  'Public Relations',
  'Partners',
  'Referral Program',
  'Advertisement',
  'Banner Ads',
  'Direct Mail',
  'Email',
  'Telemarketing',
  'Other',
];
const count = (name: string, label: string) => field(name, 'int(9)', label, 'fsgp');
const value = (name: string, label: string) => field(name, 'currency(18,0)', label, 'fsp');

export const campaign = (): ObjectDefinition =>
  objectDefinition('Campaign', '701', 'Campaign', 'Campaigns', BUSINESS, [
    idField('Campaign ID'),
    isDeleted(),
    field('Name', 'string(80)', 'Name', 'cufsg', { idLookup: true, nameField: true }),
    field('ParentId', 'reference', 'Parent Campaign ID', undefined, {
      to: 'Campaign',
      relation: 'Parent',
      children: 'ChildCampaigns',
    }),
    field('Type', 'picklist(40)', 'Type', 'ncufsgpd', {
      values: TYPES,
      defaultValue: 'Conference',
    }),
    field('Status', 'picklist(40)', 'Status', 'ncufsgpd', {
      values: ['Planned*', 'In Progress', 'Completed', 'Aborted'],
      defaultValue: 'Planned',
    }),
    field('StartDate', 'date', 'Start Date'),
    field('EndDate', 'date', 'End Date'),
    field('ExpectedRevenue', 'currency(18,0)', 'Expected Revenue in Campaign'),
    field('BudgetedCost', 'currency(18,0)', 'Budgeted Cost in Campaign'),
    field('ActualCost', 'currency(18,0)', 'Actual Cost in Campaign'),
    field('ExpectedResponse', 'percent(10,2)', 'Expected Response (%)'),
    field('NumberSent', 'double(18,0)', 'Num Sent in Campaign'),
    field('IsActive', 'boolean', 'Active'),
    field('Description', 'textarea(32000)', 'Description'),
    count('NumberOfLeads', 'Leads in Campaign'),
    count('NumberOfConvertedLeads', 'Converted Leads in Campaign'),
    count('NumberOfContacts', 'Contacts in Campaign'),
    count('NumberOfResponses', 'Responses in Campaign'),
    count('NumberOfOpportunities', 'Opportunities in Campaign'),
    count('NumberOfWonOpportunities', 'Won Opportunities in Campaign'),
    value('AmountAllOpportunities', 'Value Opportunities in Campaign'),
    value('AmountWonOpportunities', 'Value Won Opportunities in Campaign'),
    ownerId(),
    ...audit(),
    lastActivity(),
    ...lastSeen(),
  ]);

const copied = (name: string, spec: string, label: string, flags = 'nfsg') =>
  field(name, spec, label, flags);

export const campaignMember = (): ObjectDefinition =>
  objectDefinition('CampaignMember', '00v', 'Campaign Member', 'Campaign Members', JUNCTION, [
    idField('Campaign Member ID'),
    isDeleted(),
    field('CampaignId', 'reference', 'Campaign ID', 'cfsg', {
      to: 'Campaign',
      relation: 'Campaign',
      children: 'CampaignMembers',
      cascadeDelete: true,
    }),
    field('LeadId', 'reference', 'Lead ID', 'ncufsg', {
      to: 'Lead',
      relation: 'Lead',
      children: 'CampaignMembers',
      cascadeDelete: true,
    }),
    field('ContactId', 'reference', 'Contact ID', 'ncufsg', {
      to: 'Contact',
      relation: 'Contact',
      children: 'CampaignMembers',
      cascadeDelete: true,
    }),
    field('Status', 'picklist(40)', 'Status', 'ncufsgd', { values: ['Sent', 'Responded'] }),
    field('HasResponded', 'boolean', 'Responded', 'fsgd'),
    ...audit(),
    field('FirstRespondedDate', 'date', 'First Responded Date', 'nfsg'),
    field('Salutation', 'picklist(40)', 'Salutation', 'nfsg', { values: SALUTATION }),
    copied('Name', 'string(121)', 'Name'),
    copied('FirstName', 'string(40)', 'First Name'),
    copied('LastName', 'string(80)', 'Last Name'),
    copied('Title', 'string(128)', 'Title'),
    copied('Email', 'email(80)', 'Email'),
    copied('Phone', 'phone(40)', 'Phone'),
    copied('MobilePhone', 'phone(40)', 'Mobile'),
    field('LeadSource', 'picklist(255)', 'Lead Source', 'nfsg', { values: LEAD_SOURCE }),
    copied('CompanyOrAccount', 'string(255)', 'Company (Account)'),
    copied('Type', 'string(40)', 'Type', 'nfsg'),
    field('LeadOrContactId', 'reference', 'Related Record ID', 'nfsg', { to: ['Contact', 'Lead'] }),
    field('LeadOrContactOwnerId', 'reference', 'Related Record Owner ID', 'nfsg', {
      to: ['Group', 'User'],
      relation: 'LeadOrContactOwner',
    }),
  ]);

export const campaignMemberStatus = (): ObjectDefinition =>
  objectDefinition(
    'CampaignMemberStatus',
    '01Y',
    'Campaign Member Status',
    'Campaign Member Status',
    { ...JUNCTION, layoutable: false, triggerable: false },
    [
      idField('Campaign Member Status ID'),
      isDeleted(),
      field('CampaignId', 'reference', 'Campaign ID', 'cfsg', {
        to: 'Campaign',
        relation: 'Campaign',
        children: 'CampaignMemberStatuses',
        cascadeDelete: true,
      }),
      field('Label', 'string(765)', 'Label', 'cufsg', { nameField: true }),
      field('SortOrder', 'int(9)', 'Sort Order', 'ncufsg'),
      field('IsDefault', 'boolean', 'Is Default', 'cufsgd'),
      field('HasResponded', 'boolean', 'Responded', 'cufsgd'),
      ...audit(),
    ],
  );
