/**
 * Associations as version 3 has them: a link is of one kind, which is named and not numbered
 * (`deal_to_company`).
 */
import * as z from 'zod';
import { invalid } from '../model/errors.ts';
import type { AssociationType, ObjectType } from '../model/types.ts';
import { cutLink, linkAll, pair } from './associations.ts';
import { batchAnswer, missingItems } from './batch-answer.ts';
import { bodyOf, idShape } from './body.ts';
import { liveLinks } from './render-links.ts';
import { type HubApp, json, noContent, type Site } from './site.ts';

const end = z.object({ id: idShape });
const readShape = z.object({ inputs: z.array(end) });
const writeShape = z.object({
  inputs: z.array(z.object({ from: end, to: end, type: z.string() })),
});
const MAX_INPUTS = 2000;

export function mountAssociationsV3(app: HubApp, site: Site): void {
  const { portal } = site;
  app.get('/associations-v3/:from/:to/types', (c) => {
    const { from, to } = pair(c, site, 'read');
    const kinds = portal.associationTypes.between(from.id, to.id);
    return json({ results: kinds.map(({ typeId, name }) => ({ id: String(typeId), name })) });
  });
  app.post('/associations-v3/:from/:to/batch/read', async (c) => {
    const { from, to } = pair(c, site, 'read');
    const { inputs } = await bodyOf(c, readShape);
    const missing: string[] = [];
    const results = inputs.flatMap(({ id }) => {
      const links =
        portal.table(from).get(id)?.archivedMs === null ? liveLinks(portal, from, id, to) : [];
      if (links.length === 0) missing.push(id);
      return links.length === 0
        ? []
        : [
            {
              from: { id },
              to: links.flatMap((link) =>
                link.types.map(({ name }) => ({ id: link.toId, type: name })),
              ),
            },
          ];
    });
    const errors = missing.length === 0 ? [] : [missingItems(from.plural, missing)];
    return batchAnswer(results, errors, site.clock.nowMs());
  });
  app.post('/associations-v3/:from/:to/batch/create', async (c) => {
    const { from, to } = pair(c, site, 'write');
    const { inputs } = await bodyOf(c, writeShape);
    checkSize(inputs.length);
    const rows = inputs.map((input) => ({
      ...input,
      kinds: [kindNamed(site, from, to, input.type)],
    }));
    return linkAll(c, site, { from, to }, rows, 201, (row) => {
      const [kind] = row.kinds;
      const back = portal.associationTypes.reverse(kind!);
      // Real answers name the link in both directions.
      return [
        { from: row.from, to: row.to, type: kind!.name },
        { from: row.to, to: row.from, type: back.name },
      ];
    });
  });
  app.post('/associations-v3/:from/:to/batch/archive', async (c) => {
    const { from, to } = pair(c, site, 'write');
    const { inputs } = await bodyOf(c, writeShape);
    checkSize(inputs.length);
    for (const { from: a, to: b, type } of inputs)
      cutLink(c, site, from, a.id, to, b.id, [kindNamed(site, from, to, type)]);
    return noContent();
  });
}

function checkSize(count: number): void {
  if (count > MAX_INPUTS)
    throw invalid(
      `The maximum number of inputs supported in a batch request is ${MAX_INPUTS} but was ${count}.`,
    );
}

/** By name, or by number as text. Throws 400. */
function kindNamed(site: Site, from: ObjectType, to: ObjectType, word: string): AssociationType {
  const found = site.portal.associationTypes
    .between(from.id, to.id)
    .find(({ name, typeId }) => name === word || String(typeId) === word);
  if (found === undefined) throw invalid(`${word} is not a valid association type.`);
  return found;
}
