/** What report types, reports and dashboards must say, and what they may refer to. */
import { asObject, type JsonObject } from '../http/body.ts';
import { fault } from '../http/faults.ts';
import { listOf, textOf } from './document.ts';
import { fieldMust, need, objectNamed, type Shape } from './shape-checks.ts';
import type { Workshop } from './workshop.ts';

const missing = (type: string, name: string): Error =>
  fault(400, 'INVALID_CROSS_REFERENCE_KEY', `In field: ${type} - no ${type} named ${name} found`);

/** A folder has a name and nothing else. */
const isFolder = (fullName: string): boolean => !fullName.includes('/');

const reportType: Shape = (shop, { document }) => {
  need(document, ['baseObject', 'category', 'deployed', 'label']);
  for (const section of listOf(document, 'sections')) {
    need(section, ['masterLabel']);
    for (const column of listOf(section, 'columns')) {
      need(column, ['field', 'table']);
      fieldMust(objectNamed(shop, String(column.table)), String(column.field));
    }
  }
};

const report: Shape = (shop, { fullName, document }) => {
  need(document, ['name']);
  if (isFolder(fullName)) return;
  need(document, ['format', 'reportType']);
  folderMust(shop, 'Report', fullName);
  const own = /^(\w+)__c$/.exec(String(document.reportType))?.[1];
  if (own !== undefined && shop.store.get('ReportType', own) === undefined)
    throw missing('ReportType', own);
  for (const part of [...listOf(document, 'columns'), ...listOf(document, 'groupingsDown')])
    columnMust(shop, textOf(part, 'field') ?? '');
};

const dashboard: Shape = (shop, { fullName, document }) => {
  if (isFolder(fullName)) return need(document, ['name']);
  need(document, ['title', 'dashboardType']);
  folderMust(shop, 'Dashboard', fullName);
  const grid = document.dashboardGridLayout;
  const places = grid === undefined ? [] : listOf(asObject(grid), 'dashboardGridComponents');
  for (const place of places) {
    const component: JsonObject = asObject(place.dashboardComponent);
    need(component, ['componentType', 'report']);
    const name = String(component.report);
    if (shop.store.get('Report', name) === undefined) throw missing('Report', name);
  }
};

function folderMust(shop: Workshop, type: string, fullName: string): void {
  const folder = fullName.split('/')[0] ?? '';
  if (shop.store.get(type, folder) === undefined)
    throw fault(400, 'INVALID_CROSS_REFERENCE_KEY', `Cannot find folder:${folder}`);
}

/** `Object$Field`, as columns of custom report types are called. */
function columnMust(shop: Workshop, name: string): void {
  const [object = '', field] = name.split('$');
  if (field !== undefined) fieldMust(objectNamed(shop, object), field);
}

export const REPORT_SHAPES: Record<string, Shape> = {
  ReportType: reportType,
  Report: report,
  Dashboard: dashboard,
};
