/**
 * Organization, record types, permission sets, currencies and price books: what
 * surrounds the business records.
 */
import type { FieldDefinition, ObjectDefinition } from './definition.ts';
import { address, audit, field, idField, isDeleted, systemModstamp } from './fields.ts';
import { BUSINESS, READ_ONLY, SETUP, objectDefinition } from './objects.ts';

const flag = (name: string, label: string, flags = 'cufsgd'): FieldDefinition =>
  field(name, 'boolean', label, flags);
const parentSet = (children: string): FieldDefinition =>
  field('ParentId', 'reference', 'Permission Set ID', 'cfsg', {
    to: 'PermissionSet',
    relation: 'Parent',
    children,
    cascadeDelete: true,
  });
const sobjectType = (flags: string): FieldDefinition =>
  field('SobjectType', 'picklist(40)', 'SObject Type Name', flags, { values: [] });

export const organization = (): ObjectDefinition =>
  objectDefinition(
    'Organization',
    '00D',
    'Organization',
    'Organizations',
    { ...READ_ONLY, updateable: true },
    [
      idField('Organization ID'),
      field('Name', 'string(80)', 'Name', 'fsg', { nameField: true }),
      field('Division', 'string(80)', 'Division', 'nfsg'),
      ...address(''),
      field('Phone', 'phone(40)', 'Phone', 'nufsg'),
      field('PrimaryContact', 'string(80)', 'Primary Contact', 'nufsg'),
      field('DefaultLocaleSidKey', 'picklist(40)', 'Locale', 'ufsg', { values: ['en_US'] }),
      field('TimeZoneSidKey', 'picklist(40)', 'Time Zone', 'ufsg', { values: [] }),
      field('LanguageLocaleKey', 'picklist(40)', 'Language', 'ufsg', { values: ['en_US=English'] }),
      field('FiscalYearStartMonth', 'int(9)', 'Fiscal Year Starts In', 'nfsg'),
      flag('UsesStartDateAsFiscalYearName', 'Fiscal Year Name by Start', 'fsgd'),
      field('DefaultOpportunityAccess', 'picklist(40)', 'Default Opportunity Access', 'nfsg', {
        values: ['None=Private', 'Read=Read Only', 'Edit=Read/Write'],
      }),
      field('OrganizationType', 'picklist(40)', 'Edition', 'nfsg', {
        values: [
          'Team Edition',
          'Professional Edition',
          'Enterprise Edition',
          'Developer Edition',
          'Unlimited Edition',
        ],
      }),
      field('NamespacePrefix', 'string(15)', 'Namespace Prefix', 'nfsg'),
      field('InstanceName', 'string(5)', 'Instance Name', 'nfsg'),
      flag('IsSandbox', 'Is Sandbox', 'fsgd'),
      flag('IsReadOnly', 'Is Read Only', 'fsgd'),
      field('TrialExpirationDate', 'datetime', 'Trial Expiration Date', 'nfs'),
      ...audit(),
    ],
  );

export const recordType = (): ObjectDefinition =>
  objectDefinition(
    'RecordType',
    '012',
    'Record Type',
    'Record Types',
    { ...SETUP, replicateable: true, deletable: false, searchable: true },
    [
      idField('Record Type ID'),
      field('Name', 'string(80)', 'Name', 'cufsg', { nameField: true }),
      field('DeveloperName', 'string(80)', 'Record Type Name', 'cufsg'),
      field('NamespacePrefix', 'string(15)', 'Namespace Prefix', 'nfsg'),
      field('Description', 'string(255)', 'Description', 'ncufsg'),
      field('SobjectType', 'picklist(40)', 'SObject Type Name', 'cfsg', { values: [] }),
      flag('IsActive', 'Active'),
      ...audit(),
    ],
  );

const USER_RIGHTS = [
  'ModifyAllData',
  'ViewAllData',
  'ViewEncryptedData',
  'ApiEnabled',
  'CustomizeApplication',
  'ManageUsers',
];
export const permissionSet = (): ObjectDefinition =>
  objectDefinition(
    'PermissionSet',
    '0PS',
    'Permission Set',
    'Permission Sets',
    { ...SETUP, searchable: true },
    [
      idField('Permission Set ID'),
      field('Name', 'string(80)', 'Permission Set Name', 'cufsg'),
      field('Label', 'string(80)', 'Permission Set Label', 'cufsg', { nameField: true }),
      field('ProfileId', 'reference', 'Profile ID', 'nfsg', { to: 'Profile', relation: 'Profile' }),
      flag('IsOwnedByProfile', 'Is Owned By Profile', 'fsgd'),
      flag('IsCustom', 'Custom', 'fsgd'),
      ...USER_RIGHTS.map((right) =>
        flag(`Permissions${right}`, right.replace(/(?<=[a-z])(?=[A-Z])/g, ' ')),
      ),
      field('Description', 'string(255)', 'Description', 'ncufsg'),
      field('NamespacePrefix', 'string(15)', 'Namespace Prefix', 'nfsg'),
      flag('HasActivationRequired', 'Has Activation Required'),
      ...audit(),
    ],
  );

export const fieldPermissions = (): ObjectDefinition =>
  objectDefinition('FieldPermissions', '01k', 'Field Permissions', 'Field Permissions', SETUP, [
    idField('Field Permissions ID'),
    parentSet('FieldPerms'),
    sobjectType('cfsg'),
    field('Field', 'picklist(255)', 'Field Name', 'cfsg', { values: [] }),
    flag('PermissionsEdit', 'Edit Field', 'cufsgd'),
    flag('PermissionsRead', 'Read Field', 'cufsgd'),
    systemModstamp(),
  ]);

const OBJECT_RIGHTS = ['Create', 'Read', 'Edit', 'Delete', 'ViewAllRecords', 'ModifyAllRecords'];
export const objectPermissions = (): ObjectDefinition =>
  objectDefinition('ObjectPermissions', '110', 'Object Permissions', 'Object Permissions', SETUP, [
    idField('Object Permissions ID'),
    parentSet('ObjectPerms'),
    sobjectType('cfsg'),
    ...OBJECT_RIGHTS.map((right) => flag(`Permissions${right}`, `${right} Records`)),
    ...audit(),
  ]);

export const permissionSetAssignment = (): ObjectDefinition =>
  objectDefinition(
    'PermissionSetAssignment',
    '0Pa',
    'Permission Set Assignment',
    'Permission Set Assignments',
    { ...SETUP, updateable: false },
    [
      idField('PermissionSetAssignment ID'),
      field('PermissionSetId', 'reference', 'PermissionSet ID', 'ncfsg', {
        to: 'PermissionSet',
        relation: 'PermissionSet',
        children: 'Assignments',
        cascadeDelete: true,
      }),
      field('AssigneeId', 'reference', 'Assignee ID', 'cfsg', {
        to: 'User',
        relation: 'Assignee',
        children: 'PermissionSetAssignments',
        cascadeDelete: true,
      }),
      flag('IsActive', 'Is Active', 'fsgd'),
      field('ExpirationDate', 'datetime', 'Expiration Date', 'ncufs'),
      systemModstamp(),
    ],
  );

export const pricebook = (): ObjectDefinition =>
  objectDefinition('Pricebook2', '01s', 'Price Book', 'Price Books', BUSINESS, [
    idField('Price Book ID'),
    isDeleted(),
    field('Name', 'string(255)', 'Price Book Name', 'cufsg', { nameField: true }),
    ...audit(),
    flag('IsActive', 'Active', 'cufsgd'),
    field('Description', 'string(255)', 'Description'),
    flag('IsStandard', 'Is Standard Price Book', 'fsgd'),
  ]);

export const currencyType = (): ObjectDefinition =>
  objectDefinition(
    'CurrencyType',
    '01L',
    'Currency Type',
    'Currency Type',
    { ...SETUP, deletable: false },
    [
      idField('Currency Type ID'),
      field('IsoCode', 'picklist(3)', 'Currency ISO Code', 'cufsg', { values: [] }),
      field('ConversionRate', 'double(18,6)', 'Conversion Rate', 'cufs'),
      field('DecimalPlaces', 'int(9)', 'Decimal Places', 'cufsg'),
      flag('IsActive', 'Active'),
      flag('IsCorporate', 'Is Corporate Currency', 'fsgd'),
      ...audit(),
    ],
  );

export const datedConversionRate = (): ObjectDefinition =>
  objectDefinition(
    'DatedConversionRate',
    '04w',
    'Dated Conversion Rate',
    'Dated Conversion Rates',
    SETUP,
    [
      idField('Dated Conversion Rate ID'),
      field('IsoCode', 'picklist(3)', 'Currency ISO Code', 'cufsg', { values: [] }),
      field('StartDate', 'date', 'Start Date', 'cufsg'),
      field('NextStartDate', 'date', 'Next Start Date', 'fsg'),
      field('ConversionRate', 'double(18,6)', 'Conversion Rate', 'cufs'),
      ...audit(),
    ],
  );
