/** A hand-made org of a few objects, on which the SOQL tests run. */
import type {
  FieldDefinition,
  FieldType,
  ObjectDefinition,
} from '../../../../src/sandbox/salesforce/metadata/definition.ts';
import type {
  OrgQuery,
  QueriedValue,
  Row,
  SalesforceFault,
} from '../../../../src/sandbox/salesforce/org-types.ts';
import { OrgFault } from '../../../../src/sandbox/salesforce/org-types.ts';
import { idOf } from '../../../../src/sandbox/salesforce/soql/ids.ts';
import { runQuery } from '../../../../src/sandbox/salesforce/soql/index.ts';
import type { SoqlContext } from '../../../../src/sandbox/salesforce/soql/index.ts';
import { Table } from '../../../../src/sandbox/salesforce/table/table.ts';

function field(
  name: string,
  type: FieldType,
  more: Partial<FieldDefinition> = {},
): FieldDefinition {
  const isLong = type === 'textarea' || type === 'address' || type === 'location';
  return {
    name,
    label: name,
    type,
    nillable: true,
    createable: true,
    updateable: true,
    filterable: !isLong,
    sortable: !isLong && type !== 'multipicklist',
    groupable: !isLong && type !== 'datetime' && type !== 'currency' && type !== 'double',
    permissionable: true,
    defaultedOnCreate: false,
    custom: name.endsWith('__c'),
    ...more,
  };
}

const options = (...values: string[]): NonNullable<FieldDefinition['picklist']> =>
  values.map((value) => ({ value, label: `${value} label`, active: true, defaultValue: false }));

function object(name: string, keyPrefix: string, fields: FieldDefinition[]): ObjectDefinition {
  const system = [
    field('Id', 'id', { nillable: false }),
    field('IsDeleted', 'boolean', { nillable: false }),
    field('CreatedDate', 'datetime', { nillable: false }),
    field('SystemModstamp', 'datetime', { nillable: false }),
  ];
  return {
    name,
    label: name,
    labelPlural: `${name}s`,
    keyPrefix,
    custom: false,
    createable: true,
    updateable: true,
    deletable: true,
    undeletable: true,
    queryable: true,
    replicateable: true,
    retrieveable: true,
    searchable: true,
    layoutable: true,
    mergeable: false,
    triggerable: true,
    fields: [...system, ...fields],
  };
}

const reference = (
  name: string,
  relationshipName: string,
  referenceTo: string[],
  childRelationshipName?: string,
): FieldDefinition =>
  field(name, 'reference', {
    relationshipName,
    referenceTo,
    childRelationshipName,
    polymorphic: referenceTo.length > 1,
  });

const OBJECTS: ObjectDefinition[] = [
  object('User', '005', [
    field('Name', 'string', { nameField: true }),
    field('Email', 'email'),
    reference('ManagerId', 'Manager', ['User']),
  ]),
  object('Account', '001', [
    field('Name', 'string', { nameField: true }),
    field('Type', 'picklist', { picklist: options('Reseller', 'Customer', 'Analyst') }),
    field('Description', 'textarea'),
    field('NumberOfEmployees', 'int'),
    field('AnnualRevenue', 'currency'),
    field('Ext__c', 'string', { externalId: true, unique: true, caseSensitive: false }),
    field('Regions__c', 'multipicklist', { picklist: options('EU', 'US', 'APAC') }),
    reference('ParentId', 'Parent', ['Account'], 'ChildAccounts'),
    reference('OwnerId', 'Owner', ['User']),
    field('BillingAddress', 'address'),
    field('BillingCity', 'string', { compoundFieldName: 'BillingAddress' }),
    field('BillingPostalCode', 'string', { compoundFieldName: 'BillingAddress' }),
    field('Secret__c', 'string'),
    field('Double__c', 'double', { calculated: true }),
  ]),
  object('Contact', '003', [
    field('Name', 'string', { nameField: true }),
    field('Email', 'email'),
    reference('AccountId', 'Account', ['Account'], 'Contacts'),
  ]),
  object('Opportunity', '006', [
    field('Name', 'string', { nameField: true }),
    field('Amount', 'currency'),
    field('CloseDate', 'date'),
    field('IsWon', 'boolean', { nillable: false }),
    field('Probability', 'percent'),
    field('StageName', 'picklist', {
      picklist: options('Prospecting', 'Proposal', 'Closed Won', 'Closed Lost'),
    }),
    reference('AccountId', 'Account', ['Account'], 'Opportunities'),
    reference('OwnerId', 'Owner', ['User']),
    field('CurrencyIsoCode', 'picklist'),
  ]),
  object('Task', '00T', [
    field('Subject', 'string'),
    field('IsArchived', 'boolean', { nillable: false }),
    field('ActivityDate', 'date'),
    reference('WhatId', 'What', ['Account', 'Opportunity'], 'Tasks'),
    reference('WhoId', 'Who', ['Contact', 'User'], 'Tasks'),
  ]),
];

const INDEXES: Record<string, string[]> = {
  hash: ['AccountId', 'OwnerId', 'ParentId'],
  ordered: ['CreatedDate', 'SystemModstamp', 'CloseDate', 'Amount', 'NumberOfEmployees'],
};

/** Sunday 2026-11-22 03:30 UTC, which in Los Angeles is still Saturday evening. */
export const NOW_MS = Date.UTC(2026, 10, 22, 3, 30);

export function id(prefix: string, n: number): string {
  return idOf(prefix + n.toString(36).toUpperCase().padStart(12, '0')) as string;
}

export class SmallWorld {
  readonly tables = new Map<string, Table>();
  context: SoqlContext;

  constructor(settings: Partial<SoqlContext> = {}) {
    for (const definition of OBJECTS) {
      const has = (name: string): boolean => definition.fields.some((one) => one.name === name);
      this.tables.set(
        definition.name,
        new Table(definition.name, {
          hash: [
            ...(INDEXES['hash'] ?? []).filter(has).map((name) => ({ field: name })),
            ...(has('Ext__c') ? [{ field: 'Ext__c', caseInsensitive: true }] : []),
          ],
          ordered: INDEXES['ordered']?.filter(has),
        }),
      );
    }
    const byName = new Map(
      OBJECTS.map((definition) => [definition.name.toLowerCase(), definition]),
    );
    const visible = new Map(
      OBJECTS.map((definition) => [
        definition.name,
        definition.fields.filter(({ name }) => name !== 'Secret__c'),
      ]),
    );
    this.context = {
      object: (name) => byName.get(name.toLowerCase()),
      objects: () => OBJECTS,
      objectOfId: (value) => OBJECTS.find(({ keyPrefix }) => value.startsWith(keyPrefix)),
      table: (definition) => this.table(definition.name),
      visibleFields: (definition) => visible.get(definition.name) ?? [],
      isComputed: (_, { calculated }) => calculated === true,
      read: (_, row) => Number(row['NumberOfEmployees'] ?? 0) * 2,
      nowMs: NOW_MS,
      userId: id('005', 1),
      timeZone: 'UTC',
      locale: 'en-US',
      fiscalYearStartMonth: 4,
      fiscalYearNamedByEnd: true,
      multiCurrency: false,
      userCurrency: 'USD',
      conversionRate: (code) => ({ USD: 1, EUR: 0.5 })[code],
      ...settings,
    };
  }

  table(name: string): Table {
    return this.tables.get(name) as Table;
  }

  /** Insert a row with every field present; stamps default to now. Returns its Id. */
  add(name: string, n: number, cells: Row): string {
    const definition = OBJECTS.find((one) => one.name === name) as ObjectDefinition;
    const row: Row = {};
    for (const one of definition.fields) row[one.name] = one.type === 'boolean' ? false : null;
    Object.assign(
      row,
      { Id: id(definition.keyPrefix, n), CreatedDate: NOW_MS, SystemModstamp: NOW_MS },
      cells,
    );
    this.table(name).insert(row);
    return row['Id'] as string;
  }

  query(soql: string, all = false): OrgQuery {
    return runQuery(this.context, soql, { all });
  }

  /** Records as plain objects, without type and id. */
  rows(soql: string, all = false): unknown[] {
    const result = this.query(soql, all);
    return result.slice(0, result.totalSize).map((record) => plain(record));
  }

  /** One column of every record. */
  column(soql: string, all = false): unknown[] {
    return this.rows(soql, all).map((row) => Object.values(row as object)[0] as unknown);
  }

  fault(soql: string): SalesforceFault {
    try {
      this.query(soql);
    } catch (error) {
      if (error instanceof OrgFault && error.faults[0] !== undefined) return error.faults[0];
      throw error;
    }
    throw new Error(`no fault: ${soql}`);
  }
}

/** A queried value as JSON a client would see, without attributes. */
function plain(value: QueriedValue): unknown {
  if (value === null || typeof value !== 'object') return value;
  if ('address' in value) return value.address;
  if ('records' in value) return value.records.map(plain);
  return Object.fromEntries(value.values.map(([name, cell]) => [name, plain(cell)]));
}
