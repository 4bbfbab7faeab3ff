/** What objects and fields there are: describeGlobal, basic info, describe, as this user sees them. */
import type { Hono } from 'hono';
import { describeObject, globalEntry } from './describe-interim.ts';
import type { ObjectDefinition } from '../metadata/definition.ts';
import type { OrgUser } from '../org-types.ts';
import { jsonResponse } from './faults.ts';
import { attributes } from './render.ts';
import { objectOf } from './save.ts';
import { base, type SalesforceContext, type SalesforceEnv, type Site } from './site.ts';

const MAX_BATCH = 200;
const RECENT = 200;

export function mountSchema(app: Hono<SalesforceEnv>, site: Site): void {
  app.get('/services/data/:version/sobjects', (c) => {
    if (notModified(c, Math.max(0, ...site.org.objects().map(({ name }) => site.org.schemaModifiedMs(name))))) return new Response(null, { status: 304 });
    const sobjects = visibleObjects(site, c.get('user')).map((object) => globalEntry(object, base(c)));
    return jsonResponse({ encoding: 'UTF-8', maxBatchSize: MAX_BATCH, sobjects });
  });
  app.get('/services/data/:version/sobjects/:object', (c) => {
    const object = visibleObject(site, c);
    const query = site.org.query(c.get('user'), `SELECT Id FROM ${object.name} ORDER BY Id DESC LIMIT ${RECENT}`, false);
    const recentItems = query.slice(0, 1).map(({ id }) => ({ attributes: attributes(object.name, id, base(c)), Id: id }));
    return jsonResponse({ objectDescribe: globalEntry(object, base(c)), recentItems });
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

/** An object whose fields are all hidden is one the user may not read at all. */
function visibleObjects(site: Site, user: OrgUser): ObjectDefinition[] {
  return site.org.objects().filter((object) => site.org.visibleFields(user, object).length > 0);
}

function visibleObject(site: Site, c: SalesforceContext): ObjectDefinition {
  return objectOf(site.org, c.req.param('object') ?? '');
}
