/** Custom objects and fields made, changed and dropped while the org runs. */
import { addCurrencyField } from '../metadata/standard.ts';
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import {
  audit,
  field,
  idField,
  isDeleted,
  lastActivity,
  lastSeen,
  ownerId,
} from '../metadata/fields.ts';
import type { Row, SalesforceFault, SaveResult } from '../org-types.ts';
import { unknownPath } from './computed.ts';
import type { OrgCore } from './core.ts';
import { failed, fault, invalidType, missingRecord } from './faults.ts';
import { compileFormula, FormulaError } from './formula.ts';
import { customPrefix } from './ids.ts';
import { fillRollup } from './rollups.ts';

const CUSTOM_NAME = /^[A-Za-z](?:_?[A-Za-z0-9])*__c$/;
const FIELD_PREFIX = '00N';
const OBJECT_PREFIX = '01I';
const bare = (name: string): string => name.replace(/__c$/, '');

function formulaFault(
  core: OrgCore,
  object: ObjectDefinition,
  source: string,
): SalesforceFault | undefined {
  try {
    const missing = unknownPath(core, object, compileFormula(source).paths);
    return missing === undefined
      ? undefined
      : fault(
          'FIELD_INTEGRITY_EXCEPTION',
          `Error: Field ${missing} does not exist. Check spelling.`,
        );
  } catch (error) {
    if (error instanceof FormulaError)
      return fault('FIELD_INTEGRITY_EXCEPTION', `Error: ${error.message}`);
    throw error;
  }
}

/** Enterprise Edition: help.salesforce.com, "Custom Fields Allowed Per Object". */
const CUSTOM_FIELDS = 500;

/** How many custom fields an object has, and may have. Those of packages count apart. */
export function fieldRoom(core: OrgCore, object: ObjectDefinition): { most: number; left: number } {
  const most = core.options.customFields ?? CUSTOM_FIELDS;
  const own = object.fields.filter((one) => one.custom && one.namespace === undefined).length;
  return { most, left: Math.max(0, most - own) };
}

function fieldFault(
  core: OrgCore,
  object: ObjectDefinition,
  definition: FieldDefinition,
): SalesforceFault | undefined {
  const prefix = definition.namespace === undefined ? '' : `${definition.namespace}__`;
  if (
    !definition.name.startsWith(prefix) ||
    !CUSTOM_NAME.test(definition.name.slice(prefix.length))
  )
    return fault(
      'INVALID_FULLNAME',
      `The name '${definition.name}' is not valid: it must begin with a letter, hold only letters, digits and single underscores, and end in __c`,
    );
  if (core.schema.field(object, definition.name))
    return fault(
      'DUPLICATE_DEVELOPER_NAME',
      `There is already a field named ${bare(definition.name)} on ${object.label}.`,
    );
  if (definition.label.trim() === '')
    return fault('REQUIRED_FIELD_MISSING', 'Required fields are missing: [label]', ['label']);
  if (definition.namespace === undefined && fieldRoom(core, object).left === 0)
    return fault(
      'CUSTOM_ENTITY_OR_FIELD_LIMIT',
      `You have reached the maximum number of custom fields on ${object.label}.`,
    );
  for (const target of definition.referenceTo ?? [])
    if (!core.schema.object(target))
      return fault('INVALID_CROSS_REFERENCE_KEY', `referenceTo: no object named ${target} found`);
  return definition.formula === undefined
    ? undefined
    : formulaFault(core, object, definition.formula);
}

/**
 * The way up is named after the field; the name a caller gives is that of the list on the
 * parent, as in the Metadata API.
 */
function links(definition: FieldDefinition): Partial<FieldDefinition> {
  const up = `${bare(definition.name)}__r`;
  const list =
    definition.childRelationshipName ??
    (definition.relationshipName === up ? undefined : definition.relationshipName);
  return {
    length: 18,
    relationshipName: up,
    childRelationshipName: list === undefined || list.endsWith('__r') ? list : `${list}__r`,
  };
}

/** What follows from the type, whatever the caller said. */
function completed(definition: FieldDefinition): FieldDefinition {
  const made: FieldDefinition = { ...definition, custom: true };
  if (made.formula !== undefined || made.rollup !== undefined)
    Object.assign(made, { calculated: true, createable: false, updateable: false });
  if (made.type === 'reference') Object.assign(made, links(definition));
  if (made.type === 'boolean') made.defaultValue = definition.defaultValue ?? false;
  if (made.externalId || made.unique) made.idLookup = made.externalId === true;
  // A field that every record must have is never hidden by permissions.
  made.permissionable = made.nillable || made.type === 'boolean' || made.calculated === true;
  return made;
}

/** The id (00N…) of the new field. Nobody may see it until a permission says so. */
export function createField(
  core: OrgCore,
  objectName: string,
  definition: FieldDefinition,
): SaveResult {
  const object = core.schema.object(objectName);
  if (!object) return failed(invalidType(objectName));
  const refused = fieldFault(core, object, definition);
  if (refused) return failed(refused);
  const made = completed(definition);
  object.fields = [...object.fields, made];
  core.schema.touch(object.name, core.nowMs());
  core.storage.declareIndexes(object, made);
  if (made.type === 'boolean' && made.formula === undefined)
    for (const row of core.storage.table(object).values())
      core.storage.patch(object, row, { [made.name]: made.defaultValue === true });
  if (made.rollup) fillRollup(core, object, made);
  const id = core.ids.next(FIELD_PREFIX);
  core.schema.setMetadataId(`${object.name}.${made.name}`, id);
  return { ok: true, id, created: true };
}

export function updateField(
  core: OrgCore,
  objectName: string,
  name: string,
  changes: Partial<FieldDefinition>,
): SaveResult {
  const object = core.schema.object(objectName);
  const known = object && core.schema.field(object, name);
  if (!object || !known) return failed(missingRecord());
  if (changes.name !== undefined && changes.name !== known.name)
    return failed(fault('INVALID_FULLNAME', 'A field cannot be renamed this way'));
  if (
    changes.type !== undefined &&
    changes.type !== known.type &&
    !convertible(known, changes.type)
  )
    return failed(
      fault(
        'FIELD_INTEGRITY_EXCEPTION',
        `Cannot change type of field ${known.name} from ${known.type} to ${changes.type}`,
      ),
    );
  if (changes.formula !== undefined) {
    const refused = formulaFault(core, object, changes.formula);
    if (refused) return failed(refused);
  }
  // Replaced, not changed in place: whatever was derived from the old definition is then forgotten.
  object.fields = object.fields.map((one) =>
    one === known ? { ...known, ...changes, name: known.name } : one,
  );
  core.schema.touch(object.name, core.nowMs());
  const made = core.schema.field(object, name);
  if (made) core.storage.declareIndexes(object, made);
  return {
    ok: true,
    id: core.schema.metadataId(`${object.name}.${known.name}`) ?? '',
    created: false,
  };
}

/** Changes that lose no data; the vendor allows more and loses it. */
function convertible(from: FieldDefinition, to: FieldDefinition['type']): boolean {
  const numbers = new Set(['int', 'double', 'currency', 'percent']);
  const texts = new Set(['string', 'picklist', 'phone', 'url', 'email', 'textarea']);
  return (
    from.formula === undefined &&
    ((numbers.has(from.type) && numbers.has(to)) || (texts.has(from.type) && texts.has(to)))
  );
}

export function deleteField(core: OrgCore, objectName: string, name: string): SaveResult {
  const object = core.schema.object(objectName);
  const known = object && core.schema.field(object, name);
  if (!object || !known) return failed(missingRecord());
  if (!known.custom)
    return failed(
      fault(
        'INSUFFICIENT_ACCESS_OR_READONLY',
        `${known.name} is a standard field and cannot be deleted`,
      ),
    );
  const key = `${object.name}.${known.name}`;
  object.fields = object.fields.filter((one) => one !== known);
  core.storage.dropField(object, known.name);
  for (const row of core.storage.table(object).values()) delete row[known.name];
  const permissions = core.must('FieldPermissions');
  for (const row of [...core.storage.table(permissions).values()])
    if (row['Field'] === key) core.storage.purge(permissions, String(row['Id']));
  const id = core.schema.metadataId(key) ?? '';
  core.schema.setMetadataId(key, null);
  core.schema.touch(object.name, core.nowMs());
  return { ok: true, id, created: false };
}

/** Fields every custom object has, in the vendor's order. */
function systemFields(definition: ObjectDefinition): FieldDefinition[] {
  const name =
    definition.fields.find((one) => one.nameField) ??
    field('Name', 'string(80)', `${definition.label} Name`, 'ncufsgd', {
      idLookup: true,
      nameField: true,
    });
  const child = definition.fields.some((one) => one.cascadeDelete && one.type === 'reference');
  return [
    idField('Record ID'),
    ...(child ? [] : [ownerId()]),
    isDeleted(),
    name,
    ...audit(),
    lastActivity(),
    ...lastSeen(),
  ];
}

/**
 * The id (01I…) of the new object. Only administrators may use it until
 * object permissions say more.
 */
export function createObject(core: OrgCore, definition: ObjectDefinition): SaveResult {
  if (!CUSTOM_NAME.test(definition.name))
    return failed(
      fault('INVALID_FULLNAME', `The name '${definition.name}' is not valid: it must end in __c`),
    );
  if (core.schema.object(definition.name))
    return failed(
      fault(
        'DUPLICATE_DEVELOPER_NAME',
        `The object name you specified is already in use: ${bare(definition.name)}`,
      ),
    );
  const system = systemFields(definition);
  const own = definition.fields.filter((one) => !system.some((base) => base.name === one.name));
  const prefix = freePrefix(core);
  const object: ObjectDefinition = {
    ...definition,
    keyPrefix: prefix,
    custom: true,
    fields: [...system],
  };
  if (core.options.multiCurrency) addCurrencyField(object, currencies(core));
  for (const one of own) {
    const refused = fieldFault(core, object, one);
    if (refused) return failed(refused);
  }
  core.schema.add(object, core.nowMs());
  const id = core.ids.next(OBJECT_PREFIX);
  core.schema.setMetadataId(object.name, id);
  for (const one of own) createField(core, object.name, one);
  return { ok: true, id, created: true };
}

/** Objects may have been dropped in between, so counting them is not enough. */
function freePrefix(core: OrgCore): string {
  let index = core.schema.objects().filter((object) => object.custom).length;
  while (core.schema.ofId(customPrefix(index)) !== undefined) index++;
  return customPrefix(index);
}

function currencies(core: OrgCore): string[] {
  const rows: Iterable<Row> = core.storage.table(core.must('CurrencyType')).values();
  return [...rows].map((row) => String(row['IsoCode']));
}
