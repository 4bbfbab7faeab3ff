/** `POST /objects/{type}/search`. */
import { runSearch } from '../search/search.ts';
import type { HubRecord, ObjectType } from '../model/types.ts';
import type { Portal } from '../portal.ts';
import { searchShape } from '../search/query.ts';
import { bodyOf } from './body.ts';
import { open } from './objects.ts';
import { renderRecord } from './render.ts';
import { type HubApp, json, type Site } from './site.ts';

export function mountSearch(app: HubApp, site: Site): void {
  const { portal } = site;
  app.post('/objects/:type/search', async (c) => {
    const type = open(c, portal, 'read');
    const asked = await bodyOf(c, searchShape);
    const found = runSearch(portal, type, asked);
    return json({
      total: found.total,
      results: found.page.map((record) =>
        renderRecord(portal, type, shown(portal, type, record), {
          properties: asked.properties ?? [],
        }),
      ),
      ...(found.next === null ? {} : { paging: { next: { after: String(found.next) } } }),
    });
  });
}

/** The version of a found record that the answer shows. */
function shown(portal: Portal, type: ObjectType, record: HubRecord): HubRecord {
  const now = portal.settings.switches.searchShowsLive ? portal.table(type).get(record.id) : null;
  return now === null || now.archivedMs !== null ? record : now;
}
