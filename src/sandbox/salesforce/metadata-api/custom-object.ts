/**
 * CustomObject components: custom objects made and changed; of standard ones only
 * what their files say is kept.
 */
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import { field } from '../metadata/fields.ts';
import { BUSINESS } from '../metadata/objects.ts';
import { asObject, type JsonObject } from '../http/body.ts';
import { fault } from '../http/faults.ts';
import { fieldOf } from '../http/field-metadata.ts';
import { customFields, must } from './custom-field.ts';
import { listOf, sorted, textOf } from './document.ts';
import type { Handler, Part, Saved, Workshop } from './workshop.ts';

const TYPE = 'CustomObject';

export const customObjects: Handler = {
  save: (shop, part) => {
    const known = shop.org.object(part.fullName);
    const { fields: _fields, ...own } = part.document;
    if (known !== undefined && !known.custom) return keep(shop, known.name, undefined, own);
    const saved = known === undefined ? create(shop, part) : update(shop, known, own);
    for (const one of listOf(part.document, 'fields'))
      customFields.save(shop, {
        fullName: `${part.fullName}.${String(one.fullName)}`,
        document: one,
      });
    return saved;
  },
  remove: (shop, fullName) => {
    const known = shop.org.object(fullName);
    if (known?.custom !== true) return false;
    must(shop.org.deleteObject(known.name));
    shop.onUndo(() => void shop.org.createObject(known));
    shop.forget(TYPE, known.name);
    return true;
  },
  read: (shop, fullName) => {
    const object = shop.org.object(fullName);
    if (object === undefined) return null;
    const fields = object.fields
      .filter((one) => one.custom)
      .map((one) => customFields.read(shop, `${object.name}.${one.name}`));
    return sorted({
      ...ownDocument(shop, object),
      fullName: object.name,
      ...(fields.length === 0 ? {} : { fields }),
    });
  },
  names: (shop) =>
    shop.org
      .objects()
      .filter((object) => object.custom || object.layoutable)
      .map((object) => object.name),
};

/** What an object's file says besides its children. */
export function ownDocument(shop: Workshop, object: ObjectDefinition): JsonObject {
  const kept = shop.store.get(TYPE, object.name)?.document ?? {};
  if (!object.custom) return kept;
  const name = object.fields.find((one) => one.nameField);
  return {
    deploymentStatus: 'Deployed',
    sharingModel: object.fields.some((one) => one.cascadeDelete)
      ? 'ControlledByParent'
      : 'ReadWrite',
    nameField: {
      label: name?.label ?? 'Name',
      type: name?.autoNumber === true ? 'AutoNumber' : 'Text',
    },
    ...kept,
    label: object.label,
    pluralLabel: object.labelPlural,
  };
}

function keep(
  shop: Workshop,
  name: string,
  id: string | undefined,
  document: JsonObject,
  created = false,
): Saved {
  const before = shop.store.get(TYPE, name);
  const entry = shop.record(TYPE, name, id, { created, document });
  return {
    id: entry.id,
    created,
    changed: created || JSON.stringify(before?.document) !== JSON.stringify(document),
  };
}

function create(shop: Workshop, part: Part): Saved {
  const { fields: _fields, ...own } = part.document;
  const label = nonEmpty(part.document, 'label');
  const labelPlural = nonEmpty(part.document, 'pluralLabel');
  for (const key of ['deploymentStatus', 'sharingModel']) nonEmpty(part.document, key);
  const masters = listOf(part.document, 'fields')
    .filter((one) => one.type === 'MasterDetail')
    .map((one) => fieldOf(String(one.fullName), one));
  const fields = [nameField(label, part.document), ...masters];
  const id = must(
    shop.org.createObject({
      name: part.fullName,
      label,
      labelPlural,
      keyPrefix: '',
      custom: true,
      ...BUSINESS,
      fields,
    }),
  );
  shop.onUndo(() => void shop.org.deleteObject(part.fullName));
  for (const master of masters)
    shop.record(
      'CustomField',
      `${part.fullName}.${master.name}`,
      shop.org.metadataId(`${part.fullName}.${master.name}`),
      { created: true, document: {} },
    );
  return keep(shop, part.fullName, id, own, true);
}

function update(shop: Workshop, known: ObjectDefinition, document: JsonObject): Saved {
  const before = { label: known.label, labelPlural: known.labelPlural };
  const id = must(
    shop.org.updateObject(known.name, {
      label: textOf(document, 'label') ?? known.label,
      labelPlural: textOf(document, 'pluralLabel') ?? known.labelPlural,
    }),
  );
  shop.onUndo(() => void shop.org.updateObject(known.name, before));
  return keep(shop, known.name, id, document, shop.made(TYPE, known.name));
}

function nameField(label: string, document: JsonObject): FieldDefinition {
  if (typeof document.nameField !== 'object' || document.nameField === null)
    throw fault(400, 'REQUIRED_FIELD_MISSING', 'Must specify a name field for the CustomObject', [
      'nameField',
    ]);
  const given = asObject(document.nameField);
  const title = textOf(given, 'label') ?? `${label} Name`;
  if (given.type === 'AutoNumber')
    return field('Name', 'string(80)', title, 'fsgd', {
      idLookup: true,
      nameField: true,
      autoNumber: true,
    });
  return field('Name', 'string(80)', title, 'ncufsgd', { idLookup: true, nameField: true });
}

function nonEmpty(document: JsonObject, key: string): string {
  const text = textOf(document, key);
  if (text === undefined || text === '')
    throw fault(
      400,
      'REQUIRED_FIELD_MISSING',
      `Must specify a non-empty ${key} for the CustomObject`,
      [key],
    );
  return text;
}
