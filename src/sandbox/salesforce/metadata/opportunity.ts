import type { ObjectDefinition } from './definition.ts';
import {
  audit,
  created,
  field,
  idField,
  isDeleted,
  lastActivity,
  lastSeen,
  ownerId,
  recordTypeId,
  systemModstamp,
} from './fields.ts';
import { BUSINESS, JUNCTION, READ_ONLY, objectDefinition } from './objects.ts';
import { FORECAST_CATEGORY, FORECAST_CATEGORY_NAME, LEAD_SOURCE, STAGES } from './picklists.ts';

const TYPES = [
  'Existing Customer - Upgrade',
  'Existing Customer - Replacement',
  'Existing Customer - Downgrade',
  'New Customer',
];
const STAGE_NAMES = STAGES.map((stage) => stage.name);

export const opportunity = (prm: boolean): ObjectDefinition =>
  objectDefinition('Opportunity', '006', 'Opportunity', 'Opportunities', BUSINESS, [
    idField('Opportunity ID'),
    isDeleted(),
    field('AccountId', 'reference', 'Account ID', undefined, {
      to: 'Account',
      relation: 'Account',
      children: 'Opportunities',
      cascadeDelete: true,
    }),
    recordTypeId(),
    field('IsPrivate', 'boolean', 'Private'),
    field('Name', 'string(120)', 'Name', 'cufsg', { idLookup: true, nameField: true }),
    field('Description', 'textarea(32000)', 'Description'),
    field('StageName', 'picklist(255)', 'Stage', 'cufsg', { values: STAGE_NAMES }),
    field('Amount', 'currency(18,2)', 'Amount'),
    field('Probability', 'percent(3,0)', 'Probability (%)', 'ncufspd'),
    field('ExpectedRevenue', 'currency(18,2)', 'Expected Amount', 'nfsp'),
    field('TotalOpportunityQuantity', 'double(18,2)', 'Quantity'),
    field('CloseDate', 'date', 'Close Date', 'cufsg'),
    field('Type', 'picklist(255)', 'Opportunity Type', undefined, { values: TYPES }),
    field('NextStep', 'string(255)', 'Next Step'),
    field('LeadSource', 'picklist(255)', 'Lead Source', undefined, { values: LEAD_SOURCE }),
    field('IsClosed', 'boolean', 'Closed', 'fsgd'),
    field('IsWon', 'boolean', 'Won', 'fsgd'),
    field('ForecastCategory', 'picklist(40)', 'Forecast Category', 'fsg', {
      restrictedPicklist: true,
      values: FORECAST_CATEGORY,
    }),
    field('ForecastCategoryName', 'picklist(255)', 'Forecast Category', 'ncufsgd', {
      restrictedPicklist: true,
      values: FORECAST_CATEGORY_NAME,
    }),
    field('CampaignId', 'reference', 'Campaign ID', undefined, {
      to: 'Campaign',
      relation: 'Campaign',
      children: 'Opportunities',
    }),
    field('HasOpportunityLineItem', 'boolean', 'Has Line Item', 'fsgd'),
    field('Pricebook2Id', 'reference', 'Price Book ID', 'ncufsgd', {
      to: 'Pricebook2',
      relation: 'Pricebook2',
    }),
    ownerId(),
    ...audit(),
    lastActivity(),
    field('LastStageChangeDate', 'datetime', 'Last Stage Change Date', 'nfs'),
    field('FiscalQuarter', 'int(8)', 'Fiscal Quarter', 'nfsg', { compoundFieldName: 'Fiscal' }),
    field('FiscalYear', 'int(8)', 'Fiscal Year', 'nfsg', { compoundFieldName: 'Fiscal' }),
    field('Fiscal', 'string(6)', 'Fiscal Period', 'nfsg'),
    field('ContactId', 'reference', 'Contact ID', 'ncfsg', { to: 'Contact' }),
    ...lastSeen(),
    ...(prm
      ? [
          field('PartnerAccountId', 'reference', 'Partner Account ID', 'nfsg', {
            to: 'Account',
            relation: 'PartnerAccount',
          }),
        ]
      : []),
    field('HasOpenActivity', 'boolean', 'Has Open Activity', 'gd'),
    field('HasOverdueTask', 'boolean', 'Has Overdue Task', 'gd'),
    field('LastAmountChangedHistoryId', 'reference', 'Opportunity History ID', 'nfsg', {
      to: 'OpportunityHistory',
      relation: 'LastAmountChangedHistory',
    }),
    field('LastCloseDateChangedHistoryId', 'reference', 'Opportunity History ID', 'nfsg', {
      to: 'OpportunityHistory',
      relation: 'LastCloseDateChangedHistory',
    }),
  ]);

const parent = (children: string) =>
  field('OpportunityId', 'reference', 'Opportunity ID', 'fsg', {
    to: 'Opportunity',
    relation: 'Opportunity',
    children,
    cascadeDelete: true,
  });

export const opportunityHistory = (): ObjectDefinition =>
  objectDefinition(
    'OpportunityHistory',
    '008',
    'Opportunity: Stage',
    'Opportunity: Stage',
    READ_ONLY,
    [
      idField('Opportunity History ID'),
      parent('OpportunityHistories'),
      ...created(),
      field('StageName', 'picklist(255)', 'Stage', 'fsg', { values: STAGE_NAMES }),
      field('Amount', 'currency(18,2)', 'Amount', 'nfs'),
      field('ExpectedRevenue', 'currency(18,2)', 'Expected Amount', 'nfs'),
      field('CloseDate', 'date', 'Close Date', 'nfsg'),
      field('Probability', 'percent(3,0)', 'Probability (%)', 'nfs'),
      field('ForecastCategory', 'picklist(40)', 'To ForecastCategory', 'nfsg', {
        restrictedPicklist: true,
        values: FORECAST_CATEGORY,
      }),
      systemModstamp(),
      isDeleted(),
      field('PrevAmount', 'currency(18,2)', 'Previous Amount', 'nfs'),
      field('PrevCloseDate', 'date', 'Previous Close Date', 'nfsg'),
    ],
  );

export const opportunityFieldHistory = (): ObjectDefinition =>
  objectDefinition(
    'OpportunityFieldHistory',
    '017',
    'Opportunity Field History',
    'Opportunity Field History',
    READ_ONLY,
    [
      idField('Opportunity Field History ID'),
      isDeleted(),
      parent('Histories'),
      ...created(),
      field('Field', 'picklist(255)', 'Changed Field', 'fsg', {
        restrictedPicklist: true,
        values: [],
      }),
      field('DataType', 'picklist(40)', 'Datatype', 'nfsg', {
        restrictedPicklist: true,
        values: [
          'Currency',
          'DateOnly',
          'DateTime',
          'Double',
          'EntityId',
          'Percent',
          'DynamicEnum',
          'Text',
          'Boolean',
        ],
      }),
      field('OldValue', 'anyType', 'Old Value', 'n'),
      field('NewValue', 'anyType', 'New Value', 'n'),
    ],
  );

export const opportunityStage = (): ObjectDefinition =>
  objectDefinition(
    'OpportunityStage',
    '01J',
    'Opportunity Stage',
    'Opportunity Stage',
    { ...READ_ONLY, replicateable: false },
    [
      idField('Opportunity Stage ID'),
      field('MasterLabel', 'string(255)', 'Master Label', 'nfsg', { nameField: true }),
      field('ApiName', 'string(765)', 'API Name', 'fsg'),
      field('IsActive', 'boolean', 'Is Active', 'fsgd'),
      field('SortOrder', 'int(9)', 'Sort Order', 'nfsg'),
      field('IsClosed', 'boolean', 'Closed', 'fsgd'),
      field('IsWon', 'boolean', 'Won', 'fsgd'),
      field('ForecastCategory', 'picklist(40)', 'Forecast Category', 'fsgd', {
        restrictedPicklist: true,
        values: FORECAST_CATEGORY,
      }),
      field('ForecastCategoryName', 'picklist(255)', 'Forecast Category Name', 'fsgd', {
        restrictedPicklist: true,
        values: FORECAST_CATEGORY_NAME,
      }),
      field('DefaultProbability', 'percent(3,0)', 'Probability (%)', 'nfs'),
      field('Description', 'string(255)', 'Description', 'nfsg'),
      ...audit(),
    ],
  );

const CONTACT_ROLES = [
  'Business User',
  'Decision Maker',
  'Economic Buyer',
  'Economic Decision Maker',
  'Evaluator',
  'Executive Sponsor',
  'Influencer',
  'Technical Buyer',
  'Other',
];

export const opportunityContactRole = (): ObjectDefinition =>
  objectDefinition(
    'OpportunityContactRole',
    '00K',
    'Opportunity Contact Role',
    'Opportunity Contact Role',
    JUNCTION,
    [
      idField('Contact Role ID'),
      field('OpportunityId', 'reference', 'Opportunity ID', 'cfsg', {
        to: 'Opportunity',
        relation: 'Opportunity',
        children: 'OpportunityContactRoles',
        cascadeDelete: true,
      }),
      field('ContactId', 'reference', 'Contact ID', 'cufsg', {
        to: 'Contact',
        relation: 'Contact',
        children: 'OpportunityContactRoles',
        cascadeDelete: true,
      }),
      field('Role', 'picklist(40)', 'Role', 'ncufsg', { values: CONTACT_ROLES }),
      field('IsPrimary', 'boolean', 'Primary', 'cufsgd'),
      ...audit(),
      isDeleted(),
    ],
  );
