/** `POST /objects/{type}/search`. */
import { runSearch } from '../search/search.ts';
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
      total: found.total, results: found.page.map((record) => renderRecord(portal, type, record, { properties: asked.properties ?? [] })),
      ...(found.next === null ? {} : { paging: { next: { after: String(found.next) } } }),
    });
  });
}
