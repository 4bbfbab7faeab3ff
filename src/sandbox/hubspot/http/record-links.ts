/** Associations of one record: list, set, associate by default, cut. */
import * as z from 'zod';
import { objectNotFound } from '../model/errors.ts';
import { liveRecord } from '../records/write.ts';
import { defaultLinks, kindShape, linkRecords } from './associate.ts';
import { cutLink } from './associations.ts';
import { bodyOf, limitParam, part } from './body.ts';
import { batchAnswer } from './batch-answer.ts';
import { nextPage, open } from './objects.ts';
import { liveLinks, renderLink } from './render-links.ts';
import { type HubApp, json, noContent, type Site, writeContext } from './site.ts';

const MAX_LINKS = 500;

export function mountRecordLinks(app: HubApp, site: Site): void {
  const { portal } = site;
  app.get('/objects/:type/:id/associations/:to', (c) => {
    const from = open(c, portal, 'read');
    const to = open(c, portal, 'read', 'to');
    const limit = limitParam(c, MAX_LINKS, MAX_LINKS);
    const start = Number(c.req.query('after') ?? 0);
    const links = liveLinks(portal, from, liveRecord(portal, from, part(c, 'id')).id, to);
    const end = start + limit;
    return json({
      results: links.slice(start, end).map((link) => renderLink(portal, link)),
      ...(end < links.length ? { paging: { next: nextPage(c, String(end)) } } : {}),
    });
  });
  app.put('/objects/:type/:id/associations/default/:to/:toId', (c) => {
    const from = open(c, portal, 'write');
    const to = open(c, portal, 'write', 'to');
    const plain = portal.associationTypes.plain(from, to);
    const ends = [
      liveRecord(portal, from, part(c, 'id')).id,
      liveRecord(portal, to, part(c, 'toId')).id,
    ] as const;
    linkRecords(portal, ...ends, [plain], writeContext(site, c.get('access')));
    return batchAnswer(defaultLinks(portal, plain, ...ends), [], site.clock.nowMs());
  });
  app.put('/objects/:type/:id/associations/:to/:toId', async (c) => {
    const from = open(c, portal, 'write');
    const to = open(c, portal, 'write', 'to');
    const kinds = (await bodyOf(c, z.array(kindShape).min(1))).map((kind) =>
      portal.associationTypes.find(from, to, kind.associationCategory, kind.associationTypeId),
    );
    const ends = [
      liveRecord(portal, from, part(c, 'id')).id,
      liveRecord(portal, to, part(c, 'toId')).id,
    ] as const;
    linkRecords(portal, ...ends, kinds, writeContext(site, c.get('access')));
    return json(
      {
        fromObjectTypeId: from.id,
        fromObjectId: ends[0],
        toObjectTypeId: to.id,
        toObjectId: ends[1],
        labels: kinds.flatMap((kind) => (kind.label === null ? [] : [kind.label])),
      },
      201,
    );
  });
  app.delete('/objects/:type/:id/associations/:to/:toId', (c) => {
    const from = open(c, portal, 'write');
    const to = open(c, portal, 'write', 'to');
    if (portal.table(from).get(part(c, 'id')) === null) throw objectNotFound();
    cutLink(c, site, from, part(c, 'id'), to, part(c, 'toId'), null);
    return noContent();
  });
}
