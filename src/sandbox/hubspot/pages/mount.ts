/**
 * The pages of the portal, for a browser on this machine: `/record/0-2-ID` as our ids are written,
 * `/record/ID` for an id alone, and the address that HubSpot itself gives a record.
 */
import { isLoopback, notLoopback, pageResponse } from '../../web-page.ts';
import type { HubApp, Site } from '../http/site.ts';
import type { HubRecord, ObjectType } from '../model/types.ts';
import type { Portal } from '../portal.ts';
import { recordPage } from './page.ts';

export function mountPages(app: HubApp, site: Site): void {
  const show = (request: Request, word: string | null, id: string): Response => {
    if (!isLoopback(request)) return notLoopback();
    const found = find(site.portal, word, id);
    if (found === null) return pageResponse('No such record.', 404, 'text/plain');
    const theme = new URL(request.url).searchParams.get('theme') === 'dark' ? 'dark' : 'light';
    return pageResponse(recordPage(site.portal, found.type, found.record, theme));
  };
  app.get('/record/:id', (c) => {
    const [, word = null, id = ''] = /^(?:(\d+-\d+)-)?(\d+)$/.exec(c.req.param('id')) ?? [];
    return show(c.req.raw, word, id);
  });
  app.get('/contacts/:portal/record/:type/:id', (c) =>
    show(c.req.raw, c.req.param('type'), c.req.param('id')),
  );
}

/** A record that was merged away is shown as the one it lives on in. */
function find(
  portal: Portal,
  word: string | null,
  id: string,
): { type: ObjectType; record: HubRecord } | null {
  const named = word === null ? null : portal.types.find(word);
  const types = word === null ? portal.types.list() : named === null ? [] : [named];
  for (const type of types) {
    const table = portal.table(type);
    const record = table.get(table.mergedInto(id) ?? id);
    if (record !== null) return { type, record };
  }
  return null;
}
