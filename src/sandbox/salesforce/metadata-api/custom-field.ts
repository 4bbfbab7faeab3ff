/** CustomField components over the org's own fields. */
import type { FieldDefinition } from '../metadata/definition.ts';
import { asObject, type JsonObject } from '../http/body.ts';
import { fault } from '../http/faults.ts';
import { fieldOf, metadataOf, splitFullName } from '../http/field-metadata.ts';
import { OrgFault, type SaveResult } from '../org-types.ts';
import { listOf, sorted } from './document.ts';
import type { Handler, Part, Saved, Workshop } from './workshop.ts';

const TYPE = 'CustomField';

export const customFields: Handler = {
  save: (shop, part) => {
    const { object, name, known } = locate(shop, part.fullName);
    const fullName = `${object}.${known?.name ?? name}`;
    if (known !== undefined && !known.custom) return keepStandard(shop, fullName, part);
    const definition = fieldOf(name, asMetadata(name, part.document));
    return known === undefined
      ? create(shop, object, fullName, definition, part)
      : update(shop, object, fullName, known, definition, part);
  },
  remove: (shop, fullName) => {
    const found = split(shop, fullName);
    const known = found?.known;
    if (found === null || known === undefined) return false;
    must(shop.org.deleteField(found.object, known.name));
    shop.onUndo(() => void shop.org.createField(found.object, known));
    shop.forget(TYPE, `${found.object}.${known.name}`);
    return true;
  },
  read: (shop, fullName) => {
    const known = split(shop, fullName)?.known;
    return known?.custom === true
      ? documentOfField(shop, split(shop, fullName)?.object ?? '', known)
      : null;
  },
  names: (shop) =>
    shop.org
      .objects()
      .flatMap((object) =>
        object.fields
          .filter((field) => field.custom)
          .map((field) => `${object.name}.${field.name}`),
      ),
};

interface Place {
  object: string;
  name: string;
  known: FieldDefinition | undefined;
}

function split(shop: Workshop, fullName: string): Place | null {
  const [objectName = '', name = ''] = fullName.split('.');
  const object = shop.org.object(objectName);
  if (object === undefined) return null;
  return {
    object: object.name,
    name,
    known: object.fields.find((field) => field.name.toLowerCase() === name.toLowerCase()),
  };
}

function locate(shop: Workshop, fullName: string): Place {
  const found = split(shop, fullName);
  if (found === null)
    throw fault(
      400,
      'INVALID_CROSS_REFERENCE_KEY',
      `Entity Enumeration Or ID: bad value for restricted picklist field: ${fullName.split('.')[0] ?? ''}`,
      ['fullName'],
    );
  if (found.known === undefined && !found.name.endsWith('__c'))
    throw fault(
      400,
      'INVALID_FULLNAME',
      `No standard field ${fullName} found; the full name of a custom field ends in __c`,
      ['fullName'],
    );
  return found.known === undefined
    ? { ...found, ...splitFullName(fullName), object: found.object }
    : found;
}

/**
 * In metadata a picklist value is a list item of its own; a lookup may leave out the name
 * of the list on its parent.
 */
function asMetadata(name: string, document: JsonObject): JsonObject {
  const { fullName: _fullName, ...metadata } = document;
  if (metadata.type === 'Lookup' && metadata.relationshipName === undefined)
    metadata.relationshipName = name.replace(/__c$/, '');
  if (typeof metadata.valueSet === 'object' && metadata.valueSet !== null) {
    const set = asObject(metadata.valueSet);
    const definition =
      set.valueSetDefinition === undefined ? undefined : asObject(set.valueSetDefinition);
    if (definition !== undefined)
      metadata.valueSet = {
        ...set,
        valueSetDefinition: { ...definition, value: listOf(definition, 'value') },
      };
  }
  return metadata;
}

function create(
  shop: Workshop,
  object: string,
  fullName: string,
  definition: FieldDefinition,
  part: Part,
): Saved {
  const id = must(shop.org.createField(object, definition));
  shop.onUndo(() => void shop.org.deleteField(object, definition.name));
  shop.record(TYPE, fullName, id, { created: true, document: part.document });
  return { id, created: true, changed: true };
}

function update(
  shop: Workshop,
  object: string,
  fullName: string,
  known: FieldDefinition,
  definition: FieldDefinition,
  part: Part,
): Saved {
  const before = JSON.stringify(metadataOf(known));
  const { name: _name, ...changes } = definition;
  // A lookup's names are the schema's own once it exists.
  if (known.type === 'reference')
    Object.assign(changes, {
      relationshipName: known.relationshipName,
      childRelationshipName: known.childRelationshipName,
    });
  const id = must(
    shop.org.updateField(object, known.name, {
      ...changes,
      caseSensitive: definition.caseSensitive,
    }),
  );
  shop.onUndo(() => void shop.org.updateField(object, known.name, known));
  const after = shop.org.object(object)?.fields.find((field) => field.name === known.name);
  const created = shop.made(TYPE, fullName);
  shop.record(TYPE, fullName, id, { created, document: part.document });
  return {
    id,
    created,
    changed: created || after === undefined || JSON.stringify(metadataOf(after)) !== before,
  };
}

/**
 * A standard field's file says things (help text, tracking) that the sandbox
 * keeps but does not act on.
 */
function keepStandard(shop: Workshop, fullName: string, part: Part): Saved {
  const before = shop.store.get(TYPE, fullName);
  const entry = shop.record(TYPE, fullName, undefined, { created: false, document: part.document });
  return {
    id: entry.id,
    created: false,
    changed: JSON.stringify(before?.document) !== JSON.stringify(part.document),
  };
}

/** The field as the schema has it, with what its last document said beyond that. */
function documentOfField(shop: Workshop, object: string, field: FieldDefinition): JsonObject {
  const kept = shop.store.get(TYPE, `${object}.${field.name}`)?.document ?? {};
  const known = Object.entries(metadataOf(field)).filter(([, value]) => value !== null);
  const document: JsonObject = { ...kept, ...Object.fromEntries(known), fullName: field.name };
  if (field.type !== 'boolean' && field.defaultValue === undefined) delete document.defaultValue;
  if (field.picklist !== undefined) {
    const value = field.picklist.map((one) => ({
      fullName: one.value,
      default: one.defaultValue,
      ...(one.active ? {} : { isActive: false }),
      label: one.label,
    }));
    document.valueSet = {
      restricted: field.restrictedPicklist ?? false,
      valueSetDefinition: { sorted: false, value },
    };
  }
  if (field.childRelationshipName !== undefined)
    document.relationshipName = field.childRelationshipName.replace(/__r$/, '');
  // What never applies to a type is not written for it.
  if (field.type !== 'string' && field.type !== 'textarea')
    for (const name of ['caseSensitive', 'unique'])
      if (document[name] === false) delete document[name];
  if (field.formula !== undefined)
    for (const name of ['required', 'externalId', 'unique', 'caseSensitive']) delete document[name];
  return sorted(document);
}

/** The id of what was saved; a refusal is thrown. */
export function must(saved: SaveResult): string {
  if (!saved.ok) throw new OrgFault(saved.faults);
  return saved.id;
}
