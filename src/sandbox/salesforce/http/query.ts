/** query, queryAll, their next pages, columns and explain. */
import type { Hono } from 'hono';
import type { OrgQuery, QueriedRecord } from '../org-types.ts';
import { columnMetadata } from './columns.ts';
import { fault, jsonResponse } from './faults.ts';
import { RecordRenderer } from './render.ts';
import { base, type SalesforceContext, type SalesforceEnv, type Site } from './site.ts';
import { definitionQuery } from './tooling-tables.ts';

/** Salesforce's page: at most 2,000 records, and a wish for fewer than 200 is not granted. */
const MAX_BATCH = 2000;
const MIN_BATCH = 200;

export function mountQuery(app: Hono<SalesforceEnv>, site: Site): void {
  const first = (all: boolean) => (c: SalesforceContext) => {
    const explained = c.req.query('explain');
    if (explained !== undefined) return explain(site, c, explained);
    const soql = c.req.query('q');
    if (soql === undefined || soql.trim() === '')
      throw fault(400, 'MALFORMED_QUERY', 'SOQL query cannot be null or empty');
    const query =
      definitionQuery(site.org, c.get('user'), soql) ?? site.org.query(c.get('user'), soql, all);
    if (c.req.query('columns') === 'true')
      return jsonResponse(columnMetadata(site.org, query, soql));
    return page(site, c, query, null, 0, batchSize(c));
  };
  app.get('/services/data/:version/query', first(false));
  app.get('/services/data/:version/queryAll', first(true));
  const next = (c: SalesforceContext) => {
    const open = site.locators.find(c.req.param('locator') ?? '', c.get('user').id);
    if (open === null) throw fault(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    return page(site, c, open.cursor.query, open.id, open.offset, open.cursor.batchSize);
  };
  app.get('/services/data/:version/query/:locator', next);
  app.get('/services/data/:version/queryAll/:locator', next);
}

function batchSize(c: SalesforceContext): number {
  const asked = /batchSize\s*=\s*(\d+)/i.exec(c.req.header('sforce-query-options') ?? '')?.[1];
  return asked === undefined ? MAX_BATCH : Math.min(MAX_BATCH, Math.max(MIN_BATCH, Number(asked)));
}

/**
 * One page from `offset`; `cursorId` null = the first. The switch may make it
 * smaller than what was asked.
 */
export function page(
  site: Site,
  c: SalesforceContext,
  query: OrgQuery,
  cursorId: string | null,
  offset: number,
  size: number,
  route = 'query',
): Response {
  const records = fitting(query, offset, Math.max(1, Math.min(size, site.switches.pageSizeMax)));
  const renderer = new RecordRenderer(site.org, base(c), query);
  const until = offset + records.length;
  const done = records.length === 0 || until >= query.totalSize;
  const rendered = records.map((record) => renderer.record(record));
  if (done) return jsonResponse({ totalSize: query.totalSize, done, records: rendered });
  const id = cursorId ?? site.locators.open(query, c.get('user').id, size);
  return jsonResponse({
    totalSize: query.totalSize,
    done,
    nextRecordsUrl: `${base(c)}/${route}/${id}-${until}`,
    records: rendered,
  });
}

/**
 * Rows of child subqueries count towards the page, so a page with children is
 * cut where the sum is reached.
 */
function fitting(query: OrgQuery, offset: number, size: number): QueriedRecord[] {
  const records = query.slice(offset, Math.min(query.totalSize, offset + size));
  if (!query.hasChildren) return records;
  let rows = 0;
  const cut = records.findIndex((record) => {
    rows += 1;
    for (const [, value] of record.values)
      if (value !== null && typeof value === 'object' && 'records' in value)
        rows += value.records.length;
    return rows > size;
  });
  return cut === -1 ? records : records.slice(0, Math.max(1, cut));
}

function explain(site: Site, c: SalesforceContext, soql: string): Response {
  const plan = site.org.explain(c.get('user'), soql);
  const total = site.org.recordCount(plan.object);
  const one = {
    cardinality: Math.min(plan.candidates, total),
    fields: plan.index === null ? [] : [plan.index],
    leadingOperationType: plan.index === null ? 'TableScan' : 'Index',
    notes: [],
    relativeCost: total === 0 ? 0 : Number((Math.min(plan.candidates, total) / total).toFixed(4)),
    sobjectCardinality: total,
    sobjectType: plan.object,
  };
  return jsonResponse({ plans: [one], sourceQuery: soql });
}
