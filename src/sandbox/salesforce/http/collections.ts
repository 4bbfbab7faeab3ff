/** sObject collections: up to 200 records a call, an answer a row in input order, one API call. */
import type { Hono } from 'hono';
import type { ObjectDefinition } from '../metadata/definition.ts';
import type { SaveResult } from '../org-types.ts';
import { anyCase, asList, asObject, readJsonObject, type JsonObject } from './body.ts';
import { fault, jsonResponse, rowErrors } from './faults.ts';
import { RecordRenderer } from './render.ts';
import { attempt, objectOf, Saver, saveOptions, splitId, typedObject } from './save.ts';
import { base, type SalesforceContext, type SalesforceEnv, type Site } from './site.ts';

const MAX_RECORDS = 200;
const MAX_RETRIEVE = 2000;
/** Rows are worked on in runs of one type; more runs than this are refused. */
const MAX_TYPE_RUNS = 10;

export function mountCollections(app: Hono<SalesforceEnv>, site: Site): void {
  const path = '/services/data/:version/composite/sobjects';
  app.post(path, (c) => write(site, c, (saver, object, record) => saver.insert(object, record)));
  app.patch(path, (c) =>
    write(site, c, (saver, object, record) => {
      const { id, rest } = splitId(record);
      if (id === null) throw fault(400, 'MISSING_ARGUMENT', 'Id not specified in an update call');
      return saver.update(object, id, rest);
    }),
  );
  app.delete(path, (c) => remove(site, c));
  app.on(['PATCH', 'POST'], `${path}/:object/:field`, (c) => upsert(site, c));
  app.on(['POST', 'GET'], `${path}/:object`, (c) => retrieve(site, c));
}

type RowWork = (saver: Saver, object: ObjectDefinition, record: JsonObject) => SaveResult;

async function write(
  site: Site,
  c: SalesforceContext,
  work: RowWork,
  withCreated = false,
): Promise<Response> {
  const body = await readJsonObject(c.req.raw);
  const records = asList(anyCase(body, 'records'), 'records').map(asObject);
  checkSize(records.length);
  checkRuns(records);
  const saver = new Saver(site.org, c.get('user'), saveOptions(c.req.raw));
  const seen = new Set<string>();
  const results = saveAll(site, anyCase(body, 'allOrNone') === true, records, (record) => {
    refuseTwice(seen, splitId(record).id);
    return work(saver, typedObject(site.org, asObject(record.attributes ?? {}).type), record);
  });
  return jsonResponse(results.map((one) => rowResult(one, withCreated)));
}

function upsert(site: Site, c: SalesforceContext): Promise<Response> {
  const object = objectOf(site.org, c.req.param('object') ?? '');
  const name = c.req.param('field') ?? '';
  const seen = new Set<string>();
  return write(
    site,
    c,
    (saver, type, record) => {
      if (type.name !== object.name)
        throw fault(400, 'INVALID_TYPE', `The type ${type.name} does not match ${object.name}`);
      if (name.toLowerCase() === 'id') {
        const { id, rest } = splitId(record);
        return id === null ? saver.insert(object, rest) : saver.update(object, id, rest);
      }
      const value = anyCase(record, name);
      if (value === undefined || value === null || value === '')
        throw fault(400, 'MISSING_ARGUMENT', `${name} not specified`);
      refuseTwice(seen, String(value));
      const rest = Object.fromEntries(
        Object.entries(record).filter(([key]) => key.toLowerCase() !== name.toLowerCase()),
      );
      return saver.upsert(object, name, String(value), rest);
    },
    true,
  );
}

function remove(site: Site, c: SalesforceContext): Response {
  const ids = (c.req.query('ids') ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (ids.length === 0) throw fault(400, 'REQUIRED_FIELD_MISSING', 'The ids parameter is required');
  checkSize(ids.length);
  const saver = new Saver(site.org, c.get('user'), saveOptions(c.req.raw));
  const seen = new Set<string>();
  const results = saveAll(site, c.req.query('allOrNone') === 'true', ids, (id) => {
    refuseTwice(seen, id);
    return saver.remove(id);
  });
  return jsonResponse(results.map((one) => rowResult(one, false)));
}

/** Unknown and deleted ids give a null element. */
async function retrieve(site: Site, c: SalesforceContext): Promise<Response> {
  const object = objectOf(site.org, c.req.param('object') ?? '');
  const { ids, fields } =
    c.req.method === 'GET' ? listsInAddress(c) : listsInBody(await readJsonObject(c.req.raw));
  if (ids.length > MAX_RETRIEVE)
    throw fault(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${MAX_RETRIEVE} records into this call`,
    );
  if (ids.length === 0 || fields.length === 0)
    throw fault(400, 'REQUIRED_FIELD_MISSING', 'ids and fields are required');
  const found = new Map<string, unknown>();
  const names = [
    ...new Set([
      'Id',
      ...fields.map(
        (name) =>
          object.fields.find((field) => field.name.toLowerCase() === name.toLowerCase())?.name ??
          name,
      ),
    ]),
  ];
  const literals = ids.filter((id) => /^\w{15}(\w{3})?$/.test(id)).map((id) => `'${id}'`);
  if (literals.length > 0) {
    const query = site.org.query(
      c.get('user'),
      `SELECT ${names.join(',')} FROM ${object.name} WHERE Id IN (${literals.join(',')})`,
      false,
    );
    const renderer = new RecordRenderer(site.org, base(c), query);
    for (const record of query.slice(0, query.totalSize))
      found.set((record.id ?? '').slice(0, 15), renderer.record(record));
  }
  return jsonResponse(ids.map((id) => found.get(id.slice(0, 15)) ?? null));
}

function listsInBody(body: JsonObject): { ids: string[]; fields: string[] } {
  return {
    ids: asList(body.ids, 'ids').map(String),
    fields: asList(body.fields, 'fields').map(String),
  };
}

function listsInAddress(c: SalesforceContext): { ids: string[]; fields: string[] } {
  const list = (name: string) =>
    (c.req.query(name) ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  return { ids: list('ids'), fields: list('fields') };
}

/**
 * Works through the rows; with `allOrNone` one failure takes everything back
 * and every other row says so.
 */
function saveAll<T>(
  site: Site,
  allOrNone: boolean,
  rows: T[],
  work: (row: T) => SaveResult,
): SaveResult[] {
  const results: SaveResult[] = [];
  const kept = site.org.transaction(() => {
    for (const row of rows) results.push(attempt(() => work(row)));
    return !allOrNone || results.every((one) => one.ok);
  });
  if (kept) return results;
  const message =
    'Record rolled back because not all records were valid and the request was using AllOrNone header';
  return results.map((one) =>
    one.ok
      ? {
          ok: false,
          faults: [{ status: 400, errorCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message }],
        }
      : one,
  );
}

/** Failed rows carry no id; upserts say `created` also when they failed. */
function rowResult(saved: SaveResult, withCreated: boolean): JsonObject {
  const result: JsonObject = saved.ok
    ? { id: saved.id, success: true, errors: [] }
    : { success: false, errors: rowErrors(saved.faults) };
  return withCreated ? { ...result, created: saved.ok && saved.created } : result;
}

function refuseTwice(seen: Set<string>, id: string | null): void {
  if (id === null) return;
  const key = /^\w{18}$/.test(id) ? id.slice(0, 15) : id;
  if (seen.has(key)) throw fault(400, 'DUPLICATE_VALUE', 'duplicate id specified');
  seen.add(key);
}

function checkSize(count: number): void {
  if (count > MAX_RECORDS)
    throw fault(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${MAX_RECORDS} records into this call`,
    );
}

function checkRuns(records: JsonObject[]): void {
  let runs = 0;
  let last: unknown;
  for (const record of records) {
    const { type } = asObject(record.attributes ?? {});
    if (type !== last) runs += 1;
    last = type;
  }
  if (runs > MAX_TYPE_RUNS)
    throw fault(
      400,
      'LIMIT_EXCEEDED',
      `Only ${MAX_TYPE_RUNS} chunks of different object types are allowed in one request`,
    );
}
