/** Records one by one: list, read, create, change, archive, merge. */
import * as z from 'zod';
import { invalid, objectNotFound } from '../model/errors.ts';
import type { HubRecord, ObjectType } from '../model/types.ts';
import type { Portal } from '../portal.ts';
import { mergeRecords } from '../records/merge.ts';
import {
  archiveRecord,
  checkRequired,
  createRecord,
  deleteForPrivacy,
  updateRecord,
} from '../records/write.ts';
import { addLinks, associationsShape, checkLinks } from './associate.ts';
import {
  bodyOf,
  flagParam,
  type HubContext,
  idShape,
  limitParam,
  listParam,
  part,
  valuesShape,
} from './body.ts';
import { type RenderAsk, renderRecord, renderWritten } from './render.ts';
import { checkWrite } from './rules.ts';
import { type HubApp, json, noContent, requireObject, type Site, writeContext } from './site.ts';

const PAGE = 10;
const MAX_PAGE = 100;
/** With property histories. */
const MAX_HISTORY_PAGE = 50;
const HISTORY_MESSAGE =
  'The maximum number of inputs supported in a batch request for property histories is 50.';

const createShape = z.object({
  properties: valuesShape,
  associations: associationsShape.optional(),
});
const changeShape = z.object({ properties: valuesShape });
const forgetShape = z.object({ objectId: z.string(), idProperty: z.literal('email').optional() });
const mergeShape = z.object({ primaryObjectId: idShape, objectIdToMerge: idShape });

export function mountObjects(app: HubApp, site: Site): void {
  const { portal } = site;
  app.get('/objects/:type', (c) => list(c, portal));
  app.get('/objects/:type/:id', (c) => read(c, portal));
  app.post('/objects/:type', (c) => create(c, site));
  app.post('/objects/:type/merge', async (c) => {
    const type = open(c, portal, 'write');
    const body = await bodyOf(c, mergeShape);
    return json(
      renderWritten(
        portal,
        type,
        mergeRecords(
          portal,
          type,
          body.primaryObjectId,
          body.objectIdToMerge,
          writeContext(site, c.get('access')),
        ),
      ),
    );
  });
  app.post('/objects/:type/gdpr-delete', (c) => forget(c, site));
  app.patch('/objects/:type/:id', async (c) => {
    const type = open(c, portal, 'write');
    const body = await bodyOf(c, changeShape);
    const record = findRecord(portal, type, part(c, 'id'), c.req.query('idProperty'), false);
    if (record === null) throw objectNotFound();
    const changes = checkWrite(c, portal, type, record, body.properties);
    return json(
      renderWritten(
        portal,
        type,
        updateRecord(portal, type, record, changes, writeContext(site, c.get('access'))),
      ),
    );
  });
  app.delete('/objects/:type/:id', (c) => {
    const type = open(c, portal, 'write');
    const record = portal.table(type).get(part(c, 'id'));
    // Archiving what is archived, or was never there, is no error.
    if (record !== null && record.archivedMs === null)
      archiveRecord(portal, type, record, writeContext(site, c.get('access')));
    return noContent();
  });
}

/** The object of the path, if the caller may use it. */
export function open(
  c: HubContext,
  portal: Portal,
  right: 'read' | 'write',
  name = 'type',
): ObjectType {
  const type = portal.typeNamed(part(c, name));
  requireObject(c.get('access'), type, right);
  return type;
}

function askOf(c: HubContext, portal: Portal): RenderAsk & { history: string[] } {
  const associations = listParam(c, 'associations').map((word) => portal.typeNamed(word));
  return {
    properties: listParam(c, 'properties'),
    history: listParam(c, 'propertiesWithHistory'),
    associations,
  };
}

function list(c: HubContext, portal: Portal): Response {
  const type = open(c, portal, 'read');
  const ask = askOf(c, portal);
  const limit = limitParam(c, PAGE, MAX_PAGE);
  if (ask.history.length > 0 && limit > MAX_HISTORY_PAGE) throw invalid(HISTORY_MESSAGE);
  const after = Number(c.req.query('after') ?? 0);
  if (!Number.isFinite(after)) throw invalid('The value of after is not valid.');
  const size = Math.max(1, limit - portal.settings.switches.pageShrink);
  const rows = portal.table(type).page(after, size + 1, flagParam(c, 'archived'));
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return json({
    results: page.map((record) => renderRecord(portal, type, record, ask)),
    ...(rows.length > size && last !== undefined ? { paging: { next: nextPage(c, last.id) } } : {}),
  });
}

/** The `next` of a page: where to go on, and the whole address. */
export function nextPage(c: HubContext, after: string): { after: string; link: string } {
  const url = new URL(c.req.url);
  url.searchParams.set('after', after);
  return { after, link: url.toString() };
}

function read(c: HubContext, portal: Portal): Response {
  const type = open(c, portal, 'read');
  const archived = flagParam(c, 'archived');
  const record = findRecord(portal, type, part(c, 'id'), c.req.query('idProperty'), archived);
  if (record === null) throw objectNotFound();
  return json(renderRecord(portal, type, record, askOf(c, portal)));
}

/**
 * A record by id, by a unique property, or by an id that was merged away; null when there is none
 * (or it is on the other side of `archived`).
 */
export function findRecord(
  portal: Portal,
  type: ObjectType,
  id: string,
  idProperty: string | null | undefined,
  archived: boolean,
): HubRecord | null {
  const table = portal.table(type);
  let record: HubRecord | null;
  if (
    idProperty !== undefined &&
    idProperty !== null &&
    idProperty !== '' &&
    idProperty !== 'hs_object_id'
  ) {
    checkIdProperty(portal, type, idProperty);
    record = table.lookup(idProperty, id);
  } else {
    const winner = portal.settings.switches.mergedGet === 'winner' ? table.mergedInto(id) : null;
    record = table.get(id) ?? (winner === null ? null : table.get(winner));
  }
  return record !== null && (record.archivedMs !== null) === archived ? record : null;
}

export function checkIdProperty(portal: Portal, type: ObjectType, name: string): void {
  if (portal.catalog.find(type, name)?.hasUniqueValue !== true)
    throw invalid(
      `Property ${name} is not a unique property of ${type.id} and cannot be used as idProperty.`,
      { context: { propertyName: [name] } },
    );
}

async function create(c: HubContext, site: Site): Promise<Response> {
  const { portal } = site;
  const type = open(c, portal, 'write');
  const body = await bodyOf(c, createShape);
  const changes = checkWrite(c, portal, type, null, body.properties);
  checkRequired(type, changes);
  const links = checkLinks(portal, type, body.associations ?? []);
  const record = createRecord(portal, type, changes, writeContext(site, c.get('access')));
  addLinks(site, c.get('access'), record.id, links);
  return json(renderWritten(portal, type, record), 201);
}

/**
 * Contacts alone can be deleted for privacy; an address that nobody has is put on a block list,
 * which is no error
 * (https://developers.hubspot.com/docs/api-reference/legacy/crm/objects/contacts/gdpr/gdpr-delete-contact).
 */
async function forget(c: HubContext, site: Site): Promise<Response> {
  const { portal } = site;
  const type = open(c, portal, 'write');
  if (type.name !== 'contact') throw objectNotFound();
  const { objectId, idProperty } = await bodyOf(c, forgetShape);
  // In the bin or not: what is asked for is that nothing is left.
  const record =
    findRecord(portal, type, objectId, idProperty, false) ??
    findRecord(portal, type, objectId, idProperty, true);
  if (record !== null) deleteForPrivacy(portal, type, record, writeContext(site, c.get('access')));
  else if (idProperty === undefined) throw objectNotFound();
  return noContent();
}
