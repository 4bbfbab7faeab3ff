/**
 * Partner relationship management: programmes with their levels and members, and the
 * funds spent through partners.
 */
import type { FieldDefinition, ObjectDefinition } from './definition.ts';
import { audit, field, idField, isDeleted, ownerId } from './fields.ts';
import { BUSINESS, objectDefinition } from './objects.ts';

const name = (label: string): FieldDefinition =>
  field('Name', 'string(80)', label, 'cufsg', { nameField: true, idLookup: true });
const link = (
  fieldName: string,
  label: string,
  to: string,
  relation: string,
  children: string,
  flags = 'cufsg',
  cascadeDelete = false,
): FieldDefinition =>
  field(fieldName, 'reference', label, flags, { to, relation, children, cascadeDelete });
const money = (fieldName: string, label: string, flags = 'ncufsp'): FieldDefinition =>
  field(fieldName, 'currency(18,2)', label, flags);
const partner = (children: string): FieldDefinition =>
  link('ChannelPartnerId', 'Channel Partner', 'Account', 'ChannelPartner', children);
const CHANNEL = { ...BUSINESS, layoutable: true };

const channelProgram = (): ObjectDefinition =>
  objectDefinition('ChannelProgram', '0Pk', 'Channel Program', 'Channel Programs', CHANNEL, [
    idField('Channel Program ID'),
    ownerId(),
    isDeleted(),
    name('Channel Program Name'),
    ...audit(),
    field('Category', 'picklist(40)', 'Category', 'ncufsgp', {
      values: ['Reseller', 'Distributor', 'Referral', 'Technology'],
    }),
    field('Description', 'string(255)', 'Description'),
    field('IsActive', 'boolean', 'Active', 'cufsgd'),
  ]);
const channelProgramLevel = (): ObjectDefinition =>
  objectDefinition(
    'ChannelProgramLevel',
    '0Pl',
    'Channel Program Level',
    'Channel Program Levels',
    CHANNEL,
    [
      idField('Channel Program Level ID'),
      ownerId(),
      isDeleted(),
      name('Channel Program Level Name'),
      ...audit(),
      link(
        'ProgramId',
        'Channel Program',
        'ChannelProgram',
        'Program',
        'ChannelProgramLevels',
        'cfsg',
        true,
      ),
      field('Rank', 'int(9)', 'Rank', 'cufsg'),
      field('Description', 'string(255)', 'Description'),
    ],
  );
const channelProgramMember = (): ObjectDefinition =>
  objectDefinition(
    'ChannelProgramMember',
    '0Pm',
    'Channel Program Member',
    'Channel Program Members',
    CHANNEL,
    [
      idField('Channel Program Member ID'),
      isDeleted(),
      field('Name', 'string(80)', 'Member Name', 'fsgd', { nameField: true, autoNumber: true }),
      ...audit(),
      link('PartnerId', 'Partner', 'Account', 'Partner', 'ChannelProgramMembers'),
      link('ProgramId', 'Channel Program', 'ChannelProgram', 'Program', 'ChannelProgramMembers'),
      link(
        'LevelId',
        'Channel Program Level',
        'ChannelProgramLevel',
        'Level',
        'ChannelProgramMembers',
        'ncufsg',
      ),
    ],
  );
const marketingBudget = (): ObjectDefinition =>
  objectDefinition(
    'PartnerMarketingBudget',
    '0Cw',
    'Partner Marketing Budget',
    'Partner Marketing Budgets',
    CHANNEL,
    [
      idField('Partner Marketing Budget ID'),
      ownerId(),
      isDeleted(),
      field('Title', 'string(80)', 'Title', 'cufsg', { nameField: true, idLookup: true }),
      ...audit(),
      partner('PartnerMarketingBudgets'),
      money('Amount', 'Amount', 'cufsp'),
      field('StartDate', 'date', 'Start Date', 'cufsg'),
      field('EndDate', 'date', 'End Date', 'cufsg'),
      field('Description', 'textarea(32000)', 'Description'),
    ],
  );
const fundAllocation = (): ObjectDefinition =>
  objectDefinition(
    'PartnerFundAllocation',
    '0R8',
    'Partner Fund Allocation',
    'Partner Fund Allocations',
    CHANNEL,
    [
      idField('Partner Fund Allocation ID'),
      ownerId(),
      isDeleted(),
      field('Title', 'string(80)', 'Title', 'cufsg', { nameField: true, idLookup: true }),
      ...audit(),
      partner('PartnerFundAllocations'),
      link(
        'BudgetId',
        'Partner Marketing Budget',
        'PartnerMarketingBudget',
        'Budget',
        'PartnerFundAllocations',
        'ncufsg',
      ),
      money('Amount', 'Amount', 'cufsp'),
      field('Description', 'textarea(32000)', 'Description'),
    ],
  );
const STATES = ['Draft*', 'Submitted', 'Approved', 'Rejected'];
const fundRequest = (): ObjectDefinition =>
  objectDefinition(
    'PartnerFundRequest',
    '0RJ',
    'Partner Fund Request',
    'Partner Fund Requests',
    CHANNEL,
    [
      idField('Partner Fund Request ID'),
      ownerId(),
      isDeleted(),
      field('Title', 'string(80)', 'Title', 'cufsg', { nameField: true, idLookup: true }),
      ...audit(),
      partner('PartnerFundRequests'),
      link(
        'AllocationId',
        'Partner Fund Allocation',
        'PartnerFundAllocation',
        'Allocation',
        'PartnerFundRequests',
        'ncufsg',
      ),
      link('CampaignId', 'Campaign', 'Campaign', 'Campaign', 'PartnerFundRequests', 'ncufsg'),
      field('Activity', 'picklist(40)', 'Activity', 'ncufsgp', {
        values: ['Advertising', 'Event', 'Digital Marketing', 'Training', 'Other'],
      }),
      money('Amount', 'Approved Amount'),
      money('RequestedAmount', 'Requested Amount', 'cufsp'),
      field('DesiredOutcome', 'string(255)', 'Desired Outcome'),
      field('Status', 'picklist(40)', 'Status', 'cufsgd', {
        values: STATES,
        defaultValue: 'Draft',
      }),
      money('TotalApprovedFcs', 'Total Approved Claims', 'nfs'),
      money('TotalReimbursedFcs', 'Total Reimbursed Claims', 'nfs'),
      field('Description', 'textarea(32000)', 'Description'),
    ],
  );
const fundClaim = (): ObjectDefinition =>
  objectDefinition(
    'PartnerFundClaim',
    '0RB',
    'Partner Fund Claim',
    'Partner Fund Claims',
    CHANNEL,
    [
      idField('Partner Fund Claim ID'),
      ownerId(),
      isDeleted(),
      field('Title', 'string(80)', 'Title', 'cufsg', { nameField: true, idLookup: true }),
      ...audit(),
      partner('PartnerFundClaims'),
      link(
        'RequestId',
        'Partner Fund Request',
        'PartnerFundRequest',
        'Request',
        'PartnerFundClaims',
        'ncufsg',
      ),
      money('Amount', 'Amount', 'cufsp'),
      field('Status', 'picklist(40)', 'Status', 'cufsgd', {
        values: [...STATES, 'Paid'],
        defaultValue: 'Draft',
      }),
      field('Description', 'textarea(32000)', 'Description'),
    ],
  );

export const channelObjects = (): ObjectDefinition[] => [
  channelProgram(),
  channelProgramLevel(),
  channelProgramMember(),
  marketingBudget(),
  fundAllocation(),
  fundRequest(),
  fundClaim(),
];
