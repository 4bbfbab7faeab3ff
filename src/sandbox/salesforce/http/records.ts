/** Single records: create, read, update, delete, and the same by external id. */
import type { Hono } from 'hono';
import type { ObjectDefinition } from '../metadata/definition.ts';
import type { Row, SaveResult } from '../org-types.ts';
import { readJsonObject } from './body.ts';
import { fault, jsonResponse, noContent, notFound, saveFaults } from './faults.ts';
import { RecordRenderer, renderRow } from './render.ts';
import { objectOf, Saver, saveOptions, splitId } from './save.ts';
import { base, type SalesforceContext, type SalesforceEnv, type Site } from './site.ts';

export function mountRecords(app: Hono<SalesforceEnv>, site: Site): void {
  const saver = (c: SalesforceContext) =>
    new Saver(site.org, c.get('user'), saveOptions(c.req.raw));
  const named = (c: SalesforceContext) => objectOf(site.org, c.req.param('object') ?? '');
  const idOf = (c: SalesforceContext) => c.req.param('id') ?? '';

  app.post('/services/data/:version/sobjects/:object', async (c) => {
    const object = named(c);
    const saved = mustSave(saver(c).insert(object, await readJsonObject(c.req.raw)));
    return jsonResponse({ id: saved.id, success: true, errors: [] }, 201, {
      location: `${base(c)}/sobjects/${object.name}/${saved.id}`,
    });
  });
  app.get('/services/data/:version/sobjects/:object/:id', (c) => {
    const object = named(c);
    return showRecord(site, c, object, live(site, object, idOf(c)));
  });
  app.patch('/services/data/:version/sobjects/:object/:id', async (c) => {
    const object = named(c);
    const body = await readJsonObject(c.req.raw);
    checkUnmodified(site, c, idOf(c));
    if (splitId(body).id !== null)
      throw fault(
        400,
        'INVALID_FIELD',
        'The Id field should not be specified in the sobject data.',
        ['Id'],
      );
    mustSave(saver(c).update(object, idOf(c), body));
    return noContent();
  });
  app.delete('/services/data/:version/sobjects/:object/:id', (c) => {
    const object = named(c);
    const found = site.org.find(idOf(c), true);
    if (found === undefined || found.object.name !== object.name) throw notFound();
    mustSave(saver(c).remove(idOf(c)));
    return noContent();
  });
  mountExternal(app, site);
}

function mountExternal(app: Hono<SalesforceEnv>, site: Site): void {
  const path = '/services/data/:version/sobjects/:object/:field/:value';
  app.get(path, (c) => {
    const object = objectOf(site.org, c.req.param('object'));
    return showRecord(site, c, object, byExternalId(site, c, object));
  });
  app.on(['PATCH', 'POST'], path, async (c) => {
    const object = objectOf(site.org, c.req.param('object'));
    const saver = new Saver(site.org, c.get('user'), saveOptions(c.req.raw));
    const body = await readJsonObject(c.req.raw);
    const saved = saver.upsert(
      object,
      c.req.param('field'),
      c.req.param('value'),
      body,
      c.req.query('updateOnly') === 'true',
    );
    if (!saved.ok && saved.faults[0]?.status === 300) return choices(site, c, object);
    const done = mustSave(saved);
    if (!done.created && Number(c.get('version')) < site.switches.upsertBodyFrom)
      return noContent();
    const headers: Record<string, string> = done.created
      ? { location: `${base(c)}/sobjects/${object.name}/${done.id}` }
      : {};
    return jsonResponse(
      { id: done.id, success: true, errors: [], created: done.created },
      done.created ? 201 : 200,
      headers,
    );
  });
  app.delete(path, (c) => {
    const object = objectOf(site.org, c.req.param('object'));
    const row = byExternalId(site, c, object);
    mustSave(new Saver(site.org, c.get('user'), {}).remove(String(row.Id)));
    return noContent();
  });
}

function mustSave(saved: SaveResult): { id: string; created: boolean } {
  if (!saved.ok) throw saveFaults(saved.faults);
  return saved;
}

function live(site: Site, object: ObjectDefinition, id: string): Row {
  const found = site.org.find(id);
  if (found === undefined || found.object.name !== object.name) throw notFound();
  return found.row;
}

function showRecord(
  site: Site,
  c: SalesforceContext,
  object: ObjectDefinition,
  row: Row,
): Response {
  const wanted = c.req.query('fields');
  if (wanted === undefined)
    return jsonResponse(renderRow(site.org, c.get('user'), object, row, base(c)));
  const query = site.org.query(
    c.get('user'),
    `SELECT ${wanted} FROM ${object.name} WHERE Id = '${String(row.Id)}'`,
    true,
  );
  const record = query.slice(0, 1)[0];
  if (record === undefined) throw notFound();
  const shown = new RecordRenderer(site.org, base(c), query).record(record);
  // Real answers carry the Id even when it was not asked for.
  return jsonResponse('Id' in shown ? shown : { ...shown, Id: row.Id });
}

/** The one live row with an external id; several are answered 300 with their addresses. */
function byExternalId(site: Site, c: SalesforceContext, object: ObjectDefinition): Row {
  const ids = idsByExternalId(site, c, object);
  if (ids.length > 1)
    throw new Choices(ids.map((id) => `${base(c)}/sobjects/${object.name}/${id}`));
  const found = ids[0] === undefined ? undefined : site.org.find(ids[0]);
  if (found === undefined) throw notFound();
  return found.row;
}

function idsByExternalId(site: Site, c: SalesforceContext, object: ObjectDefinition): string[] {
  const name = c.req.param('field') ?? '';
  const value = c.req.param('value') ?? '';
  const field = object.fields.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (
    field === undefined ||
    !(field.externalId === true || field.idLookup === true || field.type === 'id')
  )
    throw fault(
      404,
      'NOT_FOUND',
      `Provided external ID field does not exist or is not accessible: ${name}`,
    );
  const numeric = ['int', 'double', 'currency', 'percent'].includes(field.type);
  if (numeric && !Number.isFinite(Number(value))) throw notFound();
  const literal = numeric
    ? String(Number(value))
    : `'${value.replace(/[\\']/g, (char) => `\\${char}`)}'`;
  const query = site.org.query(
    c.get('user'),
    `SELECT Id FROM ${object.name} WHERE ${field.name} = ${literal}`,
    false,
  );
  return query.slice(0, query.totalSize).map((record) => record.id ?? '');
}

function choices(site: Site, c: SalesforceContext, object: ObjectDefinition): Response {
  return new Choices(
    idsByExternalId(site, c, object).map((id) => `${base(c)}/sobjects/${object.name}/${id}`),
  ).response();
}

/** Several rows match an external id. */
export class Choices extends Error {
  readonly urls: string[];

  constructor(urls: string[]) {
    super('Several records match');
    this.urls = urls;
  }

  response(): Response {
    return jsonResponse(this.urls, 300);
  }
}

function checkUnmodified(site: Site, c: SalesforceContext, id: string): void {
  const limit = Date.parse(c.req.header('if-unmodified-since') ?? '');
  const stamp = site.org.find(id)?.row.LastModifiedDate;
  if (!Number.isNaN(limit) && typeof stamp === 'number' && stamp > limit)
    throw fault(412, 'PRECONDITION_FAILED', 'The record was modified since the given time');
}
