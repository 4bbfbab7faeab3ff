/**
 * What objects and fields there are: describeGlobal, basic info, describe, as this user sees them.
 */
import type { Hono } from 'hono';
import { describeGlobal, describeObject, globalEntry } from '../metadata/describe.ts';
import type { ObjectDefinition } from '../metadata/definition.ts';
import { jsonResponse, notFound } from './faults.ts';
import { attributes } from './render.ts';
import { objectOf } from './save.ts';
import { base, type SalesforceContext, type SalesforceEnv, type Site } from './site.ts';

export function mountSchema(app: Hono<SalesforceEnv>, site: Site): void {
  app.get('/services/data/:version/sobjects', (c) => {
    if (
      notModified(
        c,
        Math.max(0, ...site.org.objects().map(({ name }) => site.org.schemaModifiedMs(name))),
      )
    )
      return new Response(null, { status: 304 });
    return jsonResponse(describeGlobal(site.org, c.get('user'), base(c)));
  });
  app.get('/services/data/:version/sobjects/:object', (c) => {
    const object = visibleObject(site, c);
    const query = site.org.query(
      c.get('user'),
      `SELECT Id FROM ${object.name} ORDER BY Id DESC LIMIT 1`,
      false,
    );
    const recentItems = query
      .slice(0, 1)
      .map(({ id }) => ({ attributes: attributes(object.name, id, base(c)), Id: id }));
    return jsonResponse({
      objectDescribe: globalEntry(object, base(c), site.org.access(c.get('user'), object)),
      recentItems,
    });
  });
  // Layouts are kept as metadata only; without this the address would be taken for an external id.
  app.get('/services/data/:version/sobjects/:object/describe/:what', () => {
    throw notFound();
  });
  app.get('/services/data/:version/sobjects/:object/describe', (c) => {
    const object = visibleObject(site, c);
    const modifiedMs = site.org.schemaModifiedMs(object.name);
    const headers = { 'last-modified': new Date(modifiedMs).toUTCString() };
    if (notModified(c, modifiedMs)) return new Response(null, { status: 304, headers });
    return jsonResponse(describeObject(site.org, c.get('user'), object, base(c)), 200, headers);
  });
}

/** HTTP dates have whole seconds: a change within the same second counts as seen. */
function notModified(c: SalesforceContext, modifiedMs: number): boolean {
  const sinceMs = Date.parse(c.req.header('if-modified-since') ?? '');
  return !Number.isNaN(sinceMs) && Math.floor(modifiedMs / 1000) * 1000 <= sinceMs;
}

/**
 * An object whose fields are all hidden is one the user may not read: for him it does not exist.
 */
function visibleObject(site: Site, c: SalesforceContext): ObjectDefinition {
  const object = objectOf(site.org, c.req.param('object') ?? '');
  if (site.org.visibleFields(c.get('user'), object).length === 0) throw notFound();
  return object;
}
