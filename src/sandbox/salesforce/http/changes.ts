/** getUpdated and getDeleted: what changed in a window, by the org's own change log. */
import type { Hono } from 'hono';
import { fault, jsonResponse } from './faults.ts';
import { objectOf } from './save.ts';
import type { SalesforceContext, SalesforceEnv, Site } from './site.ts';
import { dateTimeParameter, dateTimeText } from './stamps.ts';

export function mountChanges(app: Hono<SalesforceEnv>, site: Site): void {
  app.get('/services/data/:version/sobjects/:object/updated', (c) => {
    const { object, startMs, endMs } = window(site, c);
    const { ids, latestDateCoveredMs } = site.org.updated(object, startMs, endMs);
    return jsonResponse({ ids, latestDateCovered: dateTimeText(latestDateCoveredMs) });
  });
  app.get('/services/data/:version/sobjects/:object/deleted', (c) => {
    const { object, startMs, endMs } = window(site, c);
    const found = site.org.deleted(object, startMs, endMs);
    return jsonResponse({
      deletedRecords: found.deletedRecords.map(({ id, deletedMs }) => ({
        deletedDate: dateTimeText(deletedMs),
        id,
      })),
      earliestDateAvailable: dateTimeText(found.earliestDateAvailableMs),
      latestDateCovered: dateTimeText(found.latestDateCoveredMs),
    });
  });
}

function window(
  site: Site,
  c: SalesforceContext,
): { object: string; startMs: number; endMs: number } {
  const object = objectOf(site.org, c.req.param('object') ?? '');
  if (!object.replicateable)
    throw fault(
      400,
      'INVALID_TYPE_FOR_OPERATION',
      `entity type ${object.name} is not replicateable`,
    );
  return {
    object: object.name,
    startMs: dateTimeParameter('start', c.req.query('start')),
    endMs: dateTimeParameter('end', c.req.query('end')),
  };
}
