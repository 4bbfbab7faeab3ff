/** What the files of stored components must say, and what they may refer to. */
import { asObject, type JsonObject } from '../http/body.ts';
import { fault } from '../http/faults.ts';
import { listOf, rootOf, textOf } from './document.ts';
import { REPORT_SHAPES } from './report-shapes.ts';
import { fieldMust, need, objectNamed, type Shape } from './shape-checks.ts';
import type { Part, Workshop } from './workshop.ts';

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
  ListView: listView,
  ...REPORT_SHAPES,
};

/** Its columns and filters name fields of its object; standard ones by names of their own. */
function listView(shop: Workshop, { fullName, document }: Part): void {
  need(document, ['label', 'filterScope']);
  const object = objectNamed(shop, fullName.split('.')[0] ?? '');
  const columns = document.columns ?? [];
  for (const name of Array.isArray(columns) ? columns : [columns]) fieldMust(object, String(name));
  for (const filter of listOf(document, 'filters')) {
    need(filter, ['field', 'operation']);
    fieldMust(object, String(filter.field));
  }
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
