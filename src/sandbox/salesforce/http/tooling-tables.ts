/**
 * Schema as records: the Tooling API's CustomField, CustomObject, EntityDefinition and
 * FieldDefinition, rebuilt for each query from the org's own schema.
 */
import { field, idField } from '../metadata/fields.ts';
import { objectDefinition, READ_ONLY } from '../metadata/objects.ts';
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import type { Org, OrgQuery, OrgUser, Row } from '../org-types.ts';
import { runQuery, type SoqlContext } from '../soql/index.ts';
import { Table } from '../table/table.ts';
import { typeWord } from './field-metadata.ts';

const text = (name: string): FieldDefinition => field(name, 'string(255)', name, 'nfsg');
const flag = (name: string): FieldDefinition => field(name, 'boolean', name, 'fsg');

/**
 * Entities are found by their durable id: a standard object's name, a custom one's metadata id. So
 * it is a text, by which filters go as well (`WHERE EntityDefinitionId = 'Account'`).
 */
const entityLink = field('EntityDefinitionId', 'string(255)', 'Entity Definition ID', 'nfsg', {
  to: 'EntityDefinition',
  relation: 'EntityDefinition',
});
/** These are there for ordinary queries too. */
const EVERYWHERE = /\bfrom\s+(?:EntityDefinition|FieldDefinition)\b/i;

const OBJECTS: ObjectDefinition[] = [
  objectDefinition('CustomField', '00N', 'Custom Field', 'Custom Fields', READ_ONLY, [
    idField('Id'),
    entityLink,
    ...[
      'DeveloperName',
      'TableEnumOrId',
      'NamespacePrefix',
      'FullName',
      'Description',
      'InlineHelpText',
      'ManageableState',
    ].map(text),
    field('Length', 'int(9)', 'Length', 'nfsg'),
    field('Precision', 'int(9)', 'Precision', 'nfsg'),
    field('Scale', 'int(9)', 'Scale', 'nfsg'),
  ]),
  objectDefinition('CustomObject', '01I', 'Custom Object', 'Custom Objects', READ_ONLY, [
    idField('Id'),
    ...['DeveloperName', 'NamespacePrefix', 'ManageableState'].map(text),
  ]),
  objectDefinition('EntityDefinition', '4ie', 'Entity', 'Entities', READ_ONLY, [
    idField('Id'),
    ...[
      'DurableId',
      'QualifiedApiName',
      'DeveloperName',
      'Label',
      'MasterLabel',
      'PluralLabel',
      'NamespacePrefix',
      'KeyPrefix',
    ].map(text),
    ...['IsCustomizable', 'IsQueryable', 'IsLayoutable'].map(flag),
  ]),
  objectDefinition('EntityLimit', '0J1', 'Entity Limit', 'Entity Limits', READ_ONLY, [
    idField('Id'),
    entityLink,
    ...['DurableId', 'Label', 'Type'].map(text),
    field('Max', 'int(9)', 'Max', 'nfsg'),
    field('Remaining', 'int(9)', 'Remaining', 'nfsg'),
  ]),
  objectDefinition('FieldDefinition', '4fe', 'Field', 'Fields', READ_ONLY, [
    idField('Id'),
    entityLink,
    ...[
      'DurableId',
      'QualifiedApiName',
      'DeveloperName',
      'Label',
      'MasterLabel',
      'DataType',
      'ValueType',
      'NamespacePrefix',
    ].map(text),
    ...['IsNillable', 'IsCalculated', 'IsIndexed'].map(flag),
    field('Length', 'int(9)', 'Length', 'nfsg'),
    field('Precision', 'int(9)', 'Precision', 'nfsg'),
    field('Scale', 'int(9)', 'Scale', 'nfsg'),
  ]),
];

/** An ordinary query over entity and field definitions; null for every other statement. */
export function definitionQuery(org: Org, user: OrgUser, soql: string): OrgQuery | null {
  return EVERYWHERE.test(soql) ? toolingQuery(org, user, soql) : null;
}

/** What is there beside ordinary objects. */
export const toolingObjects: readonly ObjectDefinition[] = OBJECTS;

/**
 * Runs a Tooling query over schema records; null = the statement is about ordinary records,
 * which the org itself answers.
 */
export function toolingQuery(org: Org, user: OrgUser, soql: string): OrgQuery | null {
  const asked = /\bfrom\s+(\w+)/i
    .exec(soql.replace(/'(?:\\.|[^'\\])*'/g, "''"))?.[1]
    ?.toLowerCase();
  const definition = OBJECTS.find(({ name }) => name.toLowerCase() === asked);
  return definition === undefined
    ? null
    : runQuery(context(org, user, definition), soql, { all: false });
}

function context(org: Org, user: OrgUser, definition: ObjectDefinition): SoqlContext {
  const tables = new Map<string, Table>();
  const tableOf = (object: ObjectDefinition): Table => {
    let table = tables.get(object.name);
    if (table === undefined) {
      table = new Table(object.name);
      for (const row of ROWS[object.name]?.(org) ?? []) table.insert(row);
      tables.set(object.name, table);
    }
    return table;
  };
  tableOf(definition);
  const byName = (name: string) =>
    OBJECTS.find((one) => one.name.toLowerCase() === name.toLowerCase());
  return {
    object: byName,
    objects: () => OBJECTS,
    objectOfId: (id) => OBJECTS.find((one) => id.startsWith(one.keyPrefix)),
    table: tableOf,
    visibleFields: (object) => object.fields,
    read: (_object, row, name) => row[name] ?? null,
    isComputed: () => false,
    nowMs: org.nowMs(),
    userId: user.id,
    timeZone: 'UTC',
    locale: 'en-US',
    fiscalYearStartMonth: 1,
    fiscalYearNamedByEnd: true,
    multiCurrency: false,
    userCurrency: 'USD',
    conversionRate: () => undefined,
  };
}

const ROWS: Record<string, (org: Org) => Row[]> = {
  CustomField: customFields,
  CustomObject: customObjects,
  EntityDefinition: entities,
  EntityLimit: entityLimits,
  FieldDefinition: fields,
};

/**
 * `pkg__Score__c` as the Tooling API keeps it: the name alone, and the package's prefix or null.
 */
function nameParts(name: string): { DeveloperName: string; NamespacePrefix: string | null } {
  const [, prefix = null, own = name] = /^(?:([^_]+(?:_[^_]+)*)__)?(.+)__c$/.exec(name) ?? [];
  return { DeveloperName: own, NamespacePrefix: prefix };
}

/** Standard objects are named, custom ones given by their metadata id. */
export function tableEnumOrId(org: Org, object: ObjectDefinition): string {
  return object.custom ? (org.metadataId(object.name) ?? object.name) : object.name;
}

function customFields(org: Org): Row[] {
  return org
    .objects()
    .flatMap((object) =>
      object.fields
        .filter((one) => one.custom)
        .map((one) => ({
          Id: org.metadataId(`${object.name}.${one.name}`) ?? null,
          ...nameParts(one.name),
          TableEnumOrId: tableEnumOrId(org, object),
          EntityDefinitionId: tableEnumOrId(org, object),
          FullName: `${object.name}.${one.name}`,
          Description: one.description ?? null,
          InlineHelpText: one.inlineHelpText ?? null,
          ManageableState: 'unmanaged',
          Length: one.length ?? null,
          Precision: one.precision ?? null,
          Scale: one.scale ?? null,
        })),
    )
    .filter((row) => row.Id !== null);
}

function customObjects(org: Org): Row[] {
  return org
    .objects()
    .filter((object) => object.custom)
    .map((object) => ({
      Id: org.metadataId(object.name) ?? null,
      ...nameParts(object.name),
      ManageableState: 'unmanaged',
    }))
    .filter((row) => row.Id !== null);
}

/** Ids of definitions are not stable in a real org either; these only have to differ. */
const rowId = (prefix: string, index: number): string =>
  `${prefix}000000${String(index).padStart(6, '0')}AAA`;

function entities(org: Org): Row[] {
  return org.objects().map((object) => ({
    Id: tableEnumOrId(org, object),
    DurableId: tableEnumOrId(org, object),
    QualifiedApiName: object.name,
    ...nameParts(object.name),
    Label: object.label,
    MasterLabel: object.label,
    PluralLabel: object.labelPlural,
    KeyPrefix: object.keyPrefix,
    IsCustomizable: object.layoutable,
    IsQueryable: object.queryable,
    IsLayoutable: object.layoutable,
  }));
}

/** As the pages of Setup show them; of their kinds only the custom fields, which can be used up. */
function entityLimits(org: Org): Row[] {
  return org
    .objects()
    .filter((object) => object.layoutable)
    .map((object, index) => {
      const { most, left } = org.fieldRoom(object.name);
      const entity = tableEnumOrId(org, object);
      return {
        ...{ Id: rowId('0J1', index), DurableId: `${entity}.CustomFields`, Type: 'CustomFields' },
        ...{ EntityDefinitionId: entity, Label: 'Custom Fields', Max: most, Remaining: left },
      };
    });
}

function fields(org: Org): Row[] {
  return org
    .objects()
    .flatMap((object) =>
      object.fields.map((one) => ({
        DurableId: `${tableEnumOrId(org, object)}.${one.custom ? (org.metadataId(`${object.name}.${one.name}`) ?? one.name) : one.name}`,
        EntityDefinitionId: tableEnumOrId(org, object),
        QualifiedApiName: one.name,
        ...nameParts(one.name),
        Label: one.label,
        MasterLabel: one.label,
        DataType: typeWord(one),
        ValueType: one.type,
        IsNillable: one.nillable,
        IsCalculated: one.calculated ?? false,
        IsIndexed: one.externalId ?? false,
        Length: one.length ?? null,
        Precision: one.precision ?? null,
        Scale: one.scale ?? null,
      })),
    )
    .map((row, index) => ({ Id: rowId('4fe', index), ...row }));
}
