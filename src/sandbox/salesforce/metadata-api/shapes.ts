/** What the files of stored components must say, and what they may refer to. */
import type { ObjectDefinition } from '../metadata/definition.ts';
import { asObject, type JsonObject } from '../http/body.ts';
import { fault } from '../http/faults.ts';
import { listOf, rootOf, textOf } from './document.ts';
import type { Part, Workshop } from './workshop.ts';

type Shape = (shop: Workshop, part: Part) => void;

export const SHAPES: Record<string, Shape> = {
  Layout: layout,
  FlexiPage: flexiPage,
  LightningComponentBundle: bundle,
  ValidationRule: validationRule,
  CustomTab: (_shop, { document }) =>
    need(document, document.customObject === true ? [] : ['label', 'motif']),
  CustomApplication: (_shop, { document }) => need(document, ['label']),
  QuickAction: (_shop, { document }) => need(document, ['type']),
  RecordType: (_shop, { document }) => need(document, ['label', 'active']),
  CompactLayout: (_shop, { document }) => need(document, ['label']),
  ListView: (_shop, { document }) => need(document, ['label', 'filterScope']),
};

function need(document: JsonObject, keys: readonly string[]): void {
  for (const key of keys)
    if (document[key] === undefined || document[key] === '')
      throw fault(400, 'REQUIRED_FIELD_MISSING', `Required field is missing: ${key}`, [key]);
}

function objectNamed(shop: Workshop, name: string): ObjectDefinition {
  const object = shop.org.object(name);
  if (object === undefined)
    throw fault(
      400,
      'INVALID_CROSS_REFERENCE_KEY',
      `In field: field - no CustomObject named ${name} found`,
    );
  return object;
}

function fieldMust(object: ObjectDefinition, name: string): void {
  const wanted = name.toLowerCase();
  // Standard layout names of compound and system fields are not all in the
  // schema; a custom field must be.
  if (wanted.endsWith('__c') && !object.fields.some((field) => field.name.toLowerCase() === wanted))
    throw fault(
      400,
      'INVALID_CROSS_REFERENCE_KEY',
      `In field: field - no CustomField named ${object.name}.${name} found`,
    );
}

/** Named `Object-Label`; a custom field on it must exist and stand there once. */
function layout(shop: Workshop, { fullName, document }: Part): void {
  const object = objectNamed(shop, fullName.slice(0, fullName.indexOf('-')));
  const seen = new Set<string>();
  for (const section of listOf(document, 'layoutSections')) {
    need(section, ['style']);
    for (const item of listOf(section, 'layoutColumns').flatMap((column) =>
      listOf(column, 'layoutItems'),
    )) {
      const name = textOf(item, 'field');
      if (name === undefined) continue;
      fieldMust(object, name);
      if (seen.has(name))
        throw fault(
          400,
          'DUPLICATE_VALUE',
          `Field:${name} cannot be placed more than once on layout`,
        );
      seen.add(name);
    }
  }
}

/** A component with neither namespace nor `c:` of its own is one of the org's bundles. */
function flexiPage(shop: Workshop, { document }: Part): void {
  need(document, ['flexiPageRegions', 'masterLabel', 'template', 'type']);
  need(typeof document.template === 'object' ? asObject(document.template) : {}, ['name']);
  const objectName = textOf(document, 'sobjectType');
  if (document.type === 'RecordPage') need(document, ['sobjectType']);
  const object =
    objectName === undefined || objectName === '' ? undefined : objectNamed(shop, objectName);
  const items = listOf(document, 'flexiPageRegions').flatMap((region) => {
    need(region, ['name', 'type']);
    return [
      ...listOf(region, 'itemInstances'),
      ...listOf(region, 'componentInstances').map((componentInstance) => ({ componentInstance })),
    ] as JsonObject[];
  });
  for (const item of items) {
    const component =
      item.componentInstance === undefined
        ? undefined
        : textOf(asObject(item.componentInstance), 'componentName');
    const own = component === undefined ? null : /^(?:c:)?(\w+)$/.exec(component);
    if (own !== null && shop.store.get('LightningComponentBundle', own[1] ?? '') === undefined)
      throw fault(
        400,
        'INVALID_CROSS_REFERENCE_KEY',
        `We couldn't retrieve the design time component information for component ${component}.`,
      );
    const field =
      item.fieldInstance === undefined
        ? undefined
        : /^Record\.(\w+)$/.exec(textOf(asObject(item.fieldInstance), 'fieldItem') ?? '')?.[1];
    if (field !== undefined && object !== undefined) fieldMust(object, field);
  }
}

/** A folder with the module, its configuration, and anything else named after it. */
function bundle(_shop: Workshop, { fullName, files }: Part): void {
  if (!/^[a-z]\w*$/.test(fullName))
    throw fault(
      400,
      'INVALID_FULLNAME',
      `Invalid bundle name: ${fullName}. It must begin with a lower-case letter and hold only letters, digits and underscores`,
    );
  const at = (ending: string) => files?.get(`${fullName}/${fullName}${ending}`);
  if (at('.js') === undefined && at('.html') === undefined)
    throw fault(
      400,
      'REQUIRED_FIELD_MISSING',
      `Cannot find Lightning Component Bundle ${fullName}: no ${fullName}.js or ${fullName}.html`,
    );
  const configuration = at('.js-meta.xml');
  if (configuration === undefined)
    throw fault(
      400,
      'REQUIRED_FIELD_MISSING',
      `Cannot find the configuration file ${fullName}.js-meta.xml`,
    );
  const root = rootOf(configuration, 'LightningComponentBundle');
  if (root.children.every((child) => child.name !== 'apiVersion'))
    throw fault(400, 'REQUIRED_FIELD_MISSING', 'Required field is missing: apiVersion', [
      'apiVersion',
    ]);
}

function validationRule(shop: Workshop, { fullName, document }: Part): void {
  need(document, ['active', 'errorConditionFormula', 'errorMessage']);
  const [objectName = '', name = ''] = fullName.split('.');
  const object = objectNamed(shop, objectName);
  const rule = {
    object: object.name,
    name,
    formula: String(document.errorConditionFormula),
    message: String(document.errorMessage),
    field: textOf(document, 'errorDisplayField'),
    active: document.active === true,
  };
  shop.org.setValidationRule(rule);
  shop.onUndo(() => shop.org.setValidationRule({ ...rule, active: false }));
}
