import type { FieldDefinition, ObjectDefinition } from './definition.ts';
import { address, audit, field, idField } from './fields.ts';
import { BUSINESS, READ_ONLY, objectDefinition } from './objects.ts';

const TIME_ZONES = [
  'GMT',
  'Europe/London',
  'Europe/Paris',
  'Europe/Berlin',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Australia/Sydney',
];
const setting = (
  name: string,
  label: string,
  values: string[],
  defaultValue: string,
): FieldDefinition =>
  field(name, 'picklist(40)', label, 'cufsgd', { restrictedPicklist: true, values, defaultValue });

/** Fields that exist only with partner relationship management: a partner's own people log in. */
const portal = (): FieldDefinition[] => [
  field('ContactId', 'reference', 'Contact ID', 'ncufsg', {
    to: 'Contact',
    relation: 'Contact',
    children: 'Users',
    restrictedDelete: true,
  }),
  field('AccountId', 'reference', 'Account ID', 'nfsg', {
    to: 'Account',
    relation: 'Account',
    children: 'Users',
  }),
  field('IsPortalEnabled', 'boolean', 'Portal Enabled', 'cufsgd'),
];

/** Where and in which language somebody works, and as what kind of user. */
const signIn = (): FieldDefinition[] => [
  setting('TimeZoneSidKey', 'Time Zone', TIME_ZONES, 'GMT'),
  field('UserRoleId', 'reference', 'Role ID', 'ncufsg', {
    to: 'UserRole',
    relation: 'UserRole',
    children: 'Users',
  }),
  setting(
    'LocaleSidKey',
    'Locale',
    ['en_US', 'en_GB', 'de_DE', 'fr_FR', 'es_ES', 'ja_JP'],
    'en_US',
  ),
  field('ReceivesInfoEmails', 'boolean', 'Info Emails', 'cufsgd'),
  field('ReceivesAdminInfoEmails', 'boolean', 'Admin Info Emails', 'cufsgd'),
  setting('EmailEncodingKey', 'Email Encoding', ['UTF-8', 'ISO-8859-1'], 'UTF-8'),
  field('ProfileId', 'reference', 'Profile ID', 'cufsg', {
    to: 'Profile',
    relation: 'Profile',
    children: 'Users',
  }),
  field('UserType', 'picklist(40)', 'User Type', 'nfsg', {
    restrictedPicklist: true,
    values: [
      'Standard',
      'PowerPartner=Partner',
      'CspLitePortal=High Volume Portal',
      'CustomerSuccess=Customer Portal User',
      'PowerCustomerSuccess=Customer Portal Manager',
      'CsnOnly=Chatter Free',
      'AutomatedProcess=Automated Process',
      'Guest',
    ],
  }),
  setting(
    'LanguageLocaleKey',
    'Language',
    ['en_US=English', 'de=German', 'fr=French', 'es=Spanish', 'ja=Japanese'],
    'en_US',
  ),
];

export const user = (prm: boolean): ObjectDefinition =>
  objectDefinition(
    'User',
    '005',
    'User',
    'Users',
    { ...BUSINESS, deletable: false, undeletable: false },
    [
      idField('User ID'),
      field('Username', 'string(80)', 'Username', 'cufsg', { idLookup: true }),
      field('LastName', 'string(80)', 'Last Name', 'cufsg'),
      field('FirstName', 'string(40)', 'First Name', 'ncufsg'),
      field('Name', 'string(121)', 'Full Name', 'fsg', {
        nameField: true,
        extraTypeInfo: 'personname',
      }),
      field('CompanyName', 'string(80)', 'Company Name', 'ncufsg'),
      field('Division', 'string(80)', 'Division', 'ncufsg'),
      field('Department', 'string(80)', 'Department', 'ncufsg'),
      field('Title', 'string(80)', 'Title', 'ncufsg'),
      ...address('').map((part) => ({ ...part, permissionable: false })),
      field('Email', 'email(128)', 'Email', 'cufsg', { idLookup: true }),
      field('Phone', 'phone(40)', 'Phone', 'ncufsg'),
      field('MobilePhone', 'phone(40)', 'Mobile', 'ncufsg'),
      field('Alias', 'string(8)', 'Alias', 'cufsg'),
      field('CommunityNickname', 'string(40)', 'Nickname', 'cufsgd'),
      field('IsActive', 'boolean', 'Active', 'cufsgd'),
      ...signIn(),
      field('EmployeeNumber', 'string(20)', 'Employee Number', 'ncufsg'),
      field('ManagerId', 'reference', 'Manager ID', 'ncufsg', {
        to: 'User',
        relation: 'Manager',
        children: 'ManagedUsers',
      }),
      field('LastLoginDate', 'datetime', 'Last Login', 'nfs'),
      ...audit(),
      field('ForecastEnabled', 'boolean', 'Allow Forecasting', 'fsgd'),
      ...(prm ? portal() : []),
      field('FederationIdentifier', 'string(512)', 'SAML Federation ID', 'ncufsg'),
    ],
  );

export const profile = (): ObjectDefinition =>
  objectDefinition(
    'Profile',
    '00e',
    'Profile',
    'Profile',
    { ...READ_ONLY, searchable: true, replicateable: false },
    [
      idField('Profile ID'),
      field('Name', 'string(255)', 'Name', 'fsg', { nameField: true }),
      ...['ModifyAllData', 'ViewAllData', 'ApiEnabled', 'CustomizeApplication', 'ManageUsers'].map(
        (right) =>
          field(
            `Permissions${right}`,
            'boolean',
            right.replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
            'fsgd',
          ),
      ),
      field('UserType', 'picklist(40)', 'User Type', 'nfsg', {
        restrictedPicklist: true,
        values: ['Standard', 'PowerPartner=Partner'],
      }),
      field('Description', 'string(255)', 'Description', 'nfsg'),
      ...audit(),
    ],
  );

export const userRole = (): ObjectDefinition =>
  objectDefinition(
    'UserRole',
    '00E',
    'Role',
    'Role',
    { ...BUSINESS, undeletable: false, layoutable: false, triggerable: false },
    [
      idField('Role ID'),
      field('Name', 'string(80)', 'Name', 'cufsg', { nameField: true }),
      field('ParentRoleId', 'reference', 'Parent Role ID', 'ncufsg', { to: 'UserRole' }),
      field('RollupDescription', 'string(80)', 'Description', 'ncufsg'),
      field('DeveloperName', 'string(80)', 'Developer Name', 'ncufsgd'),
      ...audit().filter((item) => !item.name.startsWith('Created')),
    ],
  );

export const loginHistory = (): ObjectDefinition =>
  objectDefinition(
    'LoginHistory',
    '0Ya',
    'Login History',
    'Login History',
    { ...READ_ONLY, replicateable: false },
    [
      idField('Login ID'),
      field('UserId', 'reference', 'User ID', 'nfsg', { to: 'User' }),
      field('LoginTime', 'datetime', 'Login Time', 'fs'),
      field('LoginType', 'picklist(1)', 'Login Type', 'fsg', {
        restrictedPicklist: true,
        values: ['Application', 'Remote Access 2.0', 'Partner Portal'],
      }),
      field('SourceIp', 'string(39)', 'Source IP', 'nfsg'),
      field('LoginUrl', 'string(120)', 'Login URL', 'nfsg'),
      field('NetworkId', 'string(18)', 'Experience Cloud Site ID', 'nfsg'),
      field('Browser', 'string(64)', 'Browser', 'nfsg'),
      field('Platform', 'string(64)', 'Platform', 'nfsg'),
      field('Status', 'string(128)', 'Status', 'nfsg'),
      field('Application', 'string(64)', 'Application', 'nfsg'),
      field('ApiType', 'string(64)', 'API Type', 'nfsg'),
      field('ApiVersion', 'string(32)', 'API Version', 'nfsg'),
      field('CountryIso', 'string(3)', 'Country Code', 'nfsg'),
    ],
  );
