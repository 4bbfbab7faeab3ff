/**
 * `/search` (SOSL) and `/parameterizedSearch`. A search is answered from the rows themselves; a
 * real org's index lags a little behind them.
 */
import type { Hono } from 'hono';
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import { asList, asObject, readJsonObject, type JsonObject } from './body.ts';
import { fault, jsonResponse } from './faults.ts';
import { RecordRenderer } from './render.ts';
import { base, type SalesforceContext, type SalesforceEnv, type Site } from './site.ts';
import {
  MAX_SEARCH_ROWS,
  parseSosl,
  searchTerms,
  type SearchGroup,
  type SearchPlan,
  type SearchTarget,
} from './sosl.ts';

const TEXT = new Set(['string', 'textarea', 'picklist', 'email', 'phone', 'url', 'combobox']);
const GROUPS: Record<SearchGroup, (field: FieldDefinition) => boolean> = {
  ALL: (field) => TEXT.has(field.type),
  NAME: (field) => field.nameField === true || field.extraTypeInfo === 'personname',
  EMAIL: (field) => field.type === 'email',
  PHONE: (field) => field.type === 'phone',
};
/** Ids in one IN list: the statement stays well below the longest one allowed. */
const IDS_AT_ONCE = 500;

export function mountSearch(app: Hono<SalesforceEnv>, site: Site): void {
  app.get('/services/data/:version/search', (c) =>
    search(site, c, parseSosl(c.req.query('q') ?? '')),
  );
  app.get('/services/data/:version/parameterizedSearch', (c) =>
    search(site, c, fromAddress(new URL(c.req.url).searchParams)),
  );
  app.post('/services/data/:version/parameterizedSearch', async (c) =>
    search(site, c, fromBody(await readJsonObject(c.req.raw))),
  );
}

function search(site: Site, c: SalesforceContext, plan: SearchPlan): Response {
  const targets =
    plan.targets.length > 0
      ? plan.targets
      : searchable(site, c).map(
          ({ name }): SearchTarget => ({
            object: name,
            fields: [],
            where: null,
            orderBy: null,
            limit: null,
          }),
        );
  const records: Record<string, unknown>[] = [];
  for (const target of targets) records.push(...found(site, c, plan, target));
  return jsonResponse({ searchRecords: records.slice(0, plan.limit) });
}

function searchable(site: Site, c: SalesforceContext): ObjectDefinition[] {
  return site.org
    .objects()
    .filter(
      (object) =>
        object.searchable &&
        object.layoutable &&
        site.org.visibleFields(c.get('user'), object).length > 0,
    );
}

/** Matching rows first, then the asked fields of them, with the target's own conditions. */
function found(
  site: Site,
  c: SalesforceContext,
  plan: SearchPlan,
  target: SearchTarget,
): Record<string, unknown>[] {
  const object = site.org.object(target.object);
  if (object === undefined || !object.searchable)
    throw fault(400, 'INVALID_TYPE', `sObject type '${target.object}' is not supported.`);
  const user = c.get('user');
  const fields = site.org
    .visibleFields(user, object)
    .filter(GROUPS[plan.group])
    .map(({ name }) => name);
  if (fields.length === 0) return [];
  const all = site.org.query(user, `SELECT Id, ${fields.join(', ')} FROM ${object.name}`, false);
  const ids = all
    .slice(0, all.totalSize)
    .filter(({ values }) => {
      const text = values
        .filter(([path]) => path !== 'Id')
        .map(([, value]) => (typeof value === 'string' ? value : ''))
        .join('\n');
      return plan.terms.some((way) => way.every((word) => word.test(text)));
    })
    .map(({ id }) => id ?? '')
    .slice(0, MAX_SEARCH_ROWS);
  const limit = Math.min(target.limit ?? MAX_SEARCH_ROWS, plan.limit);
  const out: Record<string, unknown>[] = [];
  for (let at = 0; at < ids.length && out.length < limit; at += IDS_AT_ONCE)
    out.push(...rows(site, c, object, target, ids.slice(at, at + IDS_AT_ONCE)));
  return out.slice(0, limit);
}

function rows(
  site: Site,
  c: SalesforceContext,
  object: ObjectDefinition,
  target: SearchTarget,
  ids: string[],
): Record<string, unknown>[] {
  const condition = `Id IN (${ids.map((id) => `'${id}'`).join(',')})${target.where === null ? '' : ` AND (${target.where})`}`;
  const order = target.orderBy === null ? '' : ` ORDER BY ${target.orderBy}`;
  const query = site.org.query(
    c.get('user'),
    `SELECT ${target.fields.length === 0 ? 'Id' : target.fields.join(', ')} FROM ${object.name} WHERE ${condition}${order}`,
    false,
  );
  const renderer = new RecordRenderer(site.org, base(c), query);
  return query.slice(0, query.totalSize).map((record) => renderer.record(record));
}

/** `q=Acme&sobject=Account&Account.fields=Id,Name&Account.limit=10&in=NAME&overallLimit=20` */
function fromAddress(asked: URLSearchParams): SearchPlan {
  const list = (name: string) =>
    (asked.get(name) ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  const shared = list('fields');
  const targets = list('sobject').map((object): SearchTarget => {
    const own = list(`${object}.fields`);
    return {
      object,
      fields: own.length > 0 ? own : shared,
      where: asked.get(`${object}.where`),
      orderBy: asked.get(`${object}.orderBy`),
      limit: limitOf(asked.get(`${object}.limit`) ?? asked.get('defaultLimit')),
    };
  });
  return planOf(asked.get('q'), asked.get('in'), asked.get('overallLimit'), targets);
}

/**
 * `{"q":"Acme","in":"NAME","fields":["Id"],"sobjects":[{"name":"Account","fields":["Id"],"limit":10}],"overallLimit":20}`
 */
function fromBody(body: JsonObject): SearchPlan {
  const shared = body.fields === undefined ? [] : asList(body.fields, 'fields').map(String);
  const targets = (body.sobjects === undefined ? [] : asList(body.sobjects, 'sobjects'))
    .map(asObject)
    .map(
      (one): SearchTarget => ({
        object: String(one.name),
        fields: one.fields === undefined ? shared : asList(one.fields, 'fields').map(String),
        where: one.where === undefined ? null : String(one.where),
        orderBy: one.orderBy === undefined ? null : String(one.orderBy),
        limit: limitOf(one.limit ?? body.defaultLimit),
      }),
    );
  return planOf(body.q, body.in, body.overallLimit, targets);
}

function limitOf(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}

function planOf(q: unknown, group: unknown, limit: unknown, targets: SearchTarget[]): SearchPlan {
  const scope = String(group ?? 'ALL').toUpperCase();
  if (typeof q !== 'string' || q.trim() === '')
    throw fault(400, 'MALFORMED_SEARCH', 'No search term found.');
  if (!(scope in GROUPS)) throw fault(400, 'MALFORMED_SEARCH', `unexpected value of in: ${scope}`);
  return {
    terms: searchTerms(q),
    group: scope as SearchGroup,
    targets,
    limit: Math.min(MAX_SEARCH_ROWS, limitOf(limit) ?? MAX_SEARCH_ROWS),
  };
}
