/**
 * Expands compact definitions into what describe and describeGlobal answer, in the
 * shape recorded from v58 orgs.
 */
import type { OrgUser } from '../org-types.ts';
import type { FieldDefinition, ObjectDefinition } from './definition.ts';
import { LONG_TEXT_ABOVE } from './fields.ts';

export interface Access {
  create: boolean;
  read: boolean;
  edit: boolean;
  delete: boolean;
}

/** What describing needs of an org. */
export interface Describable {
  objects(): ObjectDefinition[];
  visibleFields(user: OrgUser, object: ObjectDefinition): FieldDefinition[];
  canEdit(user: OrgUser, object: ObjectDefinition, field: FieldDefinition): boolean;
  /** Rights on whole objects; without it every object is open. */
  access?(user: OrgUser, object: ObjectDefinition): Access;
}
export type Described = Record<string, unknown>;

const SOAP_TYPES: Partial<Record<FieldDefinition['type'], string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  base64: 'xsd:base64Binary',
  anyType: 'xsd:anyType',
  address: 'urn:address',
  location: 'urn:location',
};
const UNAGGREGATABLE = new Set<FieldDefinition['type']>([
  'boolean',
  'address',
  'location',
  'multipicklist',
  'base64',
  'anyType',
  'encryptedstring',
]);
/** Links that a lookup filter search never uses. */
const SYSTEM_LINKS = new Set([
  'Owner',
  'CreatedBy',
  'LastModifiedBy',
  'MasterRecord',
  'RecordType',
]);
/** Bytes of a UTF-8 character as the vendor counts them. */
const BYTES_PER_CHARACTER = 3;
/** The record type that an object without record types has. */
const MASTER_RECORD_TYPE = '012000000000000AAA';

function byteLength(field: FieldDefinition): number {
  if (field.type === 'id' || field.type === 'reference') return 18;
  // The fiscal period is made by the server of ASCII characters only.
  return (field.length ?? 0) * (field.name === 'Fiscal' ? 1 : BYTES_PER_CHARACTER);
}

const NEVER = {
  aiPredictionField: false,
  deprecatedAndHidden: false,
  displayLocationInDecimal: false,
  filteredLookupInfo: null,
  highScaleNumber: false,
  mask: null,
  maskType: null,
  referenceTargetField: null,
  defaultValueFormula: null,
};

/** What a field leaves unsaid is reported all the same. */
const flag = (value: boolean | undefined): boolean => value ?? false;
const orNull = <T>(value: T | undefined): T | null => value ?? null;
const orZero = (value: number | undefined): number => value ?? 0;

/**
 * One field as the describe call shows it; `editable` is what the user's field-level security adds,
 * `searchable` what its object is.
 */
function describeField(field: FieldDefinition, editable: boolean, searchable: boolean): Described {
  const link = field.type === 'reference' && field.relationshipName !== undefined;
  const longText = field.type === 'textarea' && (field.length ?? 0) > LONG_TEXT_ABOVE;
  const cascade = field.custom && field.cascadeDelete === true;
  return {
    aggregatable:
      !UNAGGREGATABLE.has(field.type) && !longText && field.encryption !== 'probabilistic',
    autoNumber: flag(field.autoNumber),
    byteLength: byteLength(field),
    calculated: flag(field.calculated),
    calculatedFormula: orNull(field.formula),
    cascadeDelete: cascade,
    caseSensitive: flag(field.caseSensitive),
    compoundFieldName: orNull(field.compoundFieldName),
    controllerName: orNull(field.controllerName),
    createable: field.createable && editable,
    custom: field.custom,
    defaultValue: orNull(field.defaultValue),
    defaultedOnCreate: field.defaultedOnCreate,
    dependentPicklist: field.controllerName !== undefined,
    digits: field.type === 'int' ? orZero(field.precision) : 0,
    encrypted: flag(field.encrypted),
    externalId: flag(field.externalId),
    extraTypeInfo: orNull(field.extraTypeInfo),
    filterable: field.filterable,
    formulaTreatNullNumberAsZero: field.formula !== undefined,
    groupable: field.groupable,
    htmlFormatted: flag(field.htmlFormatted),
    idLookup: flag(field.idLookup),
    inlineHelpText: orNull(field.inlineHelpText),
    label: field.label,
    length: orZero(field.length),
    name: field.name,
    nameField: flag(field.nameField),
    namePointing: flag(field.polymorphic),
    nillable: field.nillable,
    permissionable: field.permissionable,
    picklistValues: (field.picklist ?? []).map(
      ({ active, defaultValue, label, validFor, value }) => ({
        active,
        defaultValue,
        label,
        validFor: validFor ?? null,
        value,
      }),
    ),
    polymorphicForeignKey: flag(field.polymorphic),
    precision: field.type === 'int' ? 0 : orZero(field.precision),
    queryByDistance: field.type === 'address' || field.type === 'location',
    referenceTo: field.referenceTo ?? [],
    relationshipName: orNull(field.relationshipName),
    relationshipOrder: cascade ? 0 : null,
    restrictedDelete: flag(field.restrictedDelete),
    restrictedPicklist: flag(field.restrictedPicklist),
    scale: orZero(field.scale),
    searchPrefilterable: searchable && link && !SYSTEM_LINKS.has(field.relationshipName ?? ''),
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    sortable: field.sortable,
    type: field.type,
    unique: flag(field.unique),
    updateable: field.updateable && editable,
    writeRequiresMasterRead: false,
    ...NEVER,
  };
}

/** Relationships from other objects that this user may see. */
function childRelationships(
  org: Describable,
  user: OrgUser,
  parent: ObjectDefinition,
): Described[] {
  return org.objects().flatMap((child) =>
    org
      .visibleFields(user, child)
      .filter((field) => field.referenceTo?.includes(parent.name))
      .map((field) => ({
        cascadeDelete: field.cascadeDelete ?? false,
        childSObject: child.name,
        deprecatedAndHidden: false,
        field: field.name,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName: field.childRelationshipName ?? null,
        restrictedDelete: field.restrictedDelete ?? false,
      })),
  );
}

function recordTypeInfos(object: ObjectDefinition, base: string): Described[] {
  if (!object.layoutable) return [];
  const types = object.recordTypes ?? [];
  const info = (
    recordTypeId: string,
    developerName: string,
    name: string,
    isDefault: boolean,
    active: boolean,
  ): Described => ({
    active,
    available: true,
    defaultRecordTypeMapping: isDefault,
    developerName,
    master: recordTypeId === MASTER_RECORD_TYPE,
    name,
    recordTypeId,
    urls: { layout: `${base}/describe/layouts/${recordTypeId}` },
  });
  return [
    ...types.map((type) => info(type.id, type.developerName, type.name, type.default, type.active)),
    info(MASTER_RECORD_TYPE, 'Master', 'Master', !types.some((type) => type.default), true),
  ];
}

function urls(object: ObjectDefinition, base: string): Described {
  const layout = object.layoutable ? { compactLayouts: `${base}/describe/compactLayouts` } : {};
  const pages = object.layoutable
    ? { approvalLayouts: `${base}/describe/approvalLayouts`, listviews: `${base}/listviews` }
    : {};
  const actions = object.layoutable
    ? { quickActions: `${base}/quickActions`, layouts: `${base}/describe/layouts` }
    : {};
  return {
    ...layout,
    rowTemplate: `${base}/{ID}`,
    ...pages,
    describe: `${base}/describe`,
    ...actions,
    sobject: base,
  };
}

const OPEN: Access = { create: true, read: true, edit: true, delete: true };

function abilities(object: ObjectDefinition, access: Access): Described {
  return {
    activateable: false,
    associateEntityType: object.name.endsWith('History') ? 'History' : null,
    associateParentEntity: /^(?:Opportunity(?=Field)|Account|Contact|Lead)(?:Field)?History$/.test(
      object.name,
    )
      ? object.name.replace(/(?:Field)?History$/, '')
      : null,
    createable: object.createable && access.create,
    custom: object.custom,
    customSetting: false,
    deepCloneable: object.name === 'Opportunity' || object.name === 'Campaign',
    deletable: object.deletable && access.delete,
    deprecatedAndHidden: false,
    feedEnabled: object.layoutable && object.searchable,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: object.layoutable,
    mergeable: object.mergeable,
    mruEnabled: object.searchable && object.layoutable,
    name: object.name,
    queryable: object.queryable,
    replicateable: object.replicateable,
    retrieveable: object.retrieveable,
    searchable: object.searchable,
    triggerable: object.triggerable,
    undeletable: object.undeletable,
    updateable: object.updateable && access.edit,
  };
}

/** `/sobjects/T/describe`; `base` is `/services/data/v66.0`. */
export function describeObject(
  org: Describable,
  user: OrgUser,
  object: ObjectDefinition,
  base: string,
): Described {
  const own = `${base}/sobjects/${object.name}`;
  const fields = org
    .visibleFields(user, object)
    .map((field) =>
      describeField(
        field,
        !field.permissionable || org.canEdit(user, object, field),
        object.searchable,
      ),
    );
  const scopes = [{ label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' }];
  if (object.fields.some((field) => field.name === 'OwnerId'))
    scopes.push({ label: `My ${object.labelPlural.toLowerCase()}`, name: 'mine' });
  return {
    actionOverrides: [],
    ...abilities(object, org.access?.(user, object) ?? OPEN),
    childRelationships: childRelationships(org, user, object),
    compactLayoutable: object.layoutable,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields,
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: recordTypeInfos(object, own),
    searchLayoutable: object.searchable && object.layoutable,
    sobjectDescribeOption: 'FULL',
    supportedScopes: scopes,
    urls: urls(object, own),
  };
}

/**
 * One object as describeGlobal and the basic-info call list it; `base` is `/services/data/v66.0`.
 */
export function globalEntry(
  object: ObjectDefinition,
  base: string,
  access: Access = OPEN,
): Described {
  return { ...abilities(object, access), urls: urls(object, `${base}/sobjects/${object.name}`) };
}

/** `/sobjects`: objects this user may read, by name. */
export function describeGlobal(org: Describable, user: OrgUser, base: string): Described {
  const readable = org.objects().filter((object) => org.access?.(user, object).read !== false);
  const sobjects = readable
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((object) => globalEntry(object, base, org.access?.(user, object)));
  return { encoding: 'UTF-8', maxBatchSize: 200, sobjects };
}
