/** Association labels: what kinds there are between two objects, and those that people define. */
import * as z from 'zod';
import { bodyOf, part } from './body.ts';
import { pair } from './associations.ts';
import { type HubApp, json, noContent, type Site } from './site.ts';

const newLabel = z.object({
  name: z.string().min(1),
  label: z.string().min(1),
  inverseLabel: z.string().min(1).nullish(),
});
const changedLabel = z.object({
  associationTypeId: z.number().int(),
  label: z.string().min(1),
  inverseLabel: z.string().min(1).nullish(),
});

export function mountLabels(app: HubApp, site: Site): void {
  const { associationTypes, links } = site.portal;
  app.get('/associations/:from/:to/labels', (c) => {
    const { from, to } = pair(c, site, 'read');
    return json({
      results: associationTypes
        .between(from.id, to.id)
        .map(({ category, typeId, label }) => ({ category, typeId, label })),
    });
  });
  app.post('/associations/:from/:to/labels', async (c) => {
    const { from, to } = pair(c, site, 'write');
    const body = await bodyOf(c, newLabel);
    const made = associationTypes.define(from, to, {
      name: body.name,
      label: body.label,
      ...(body.inverseLabel ? { inverseLabel: body.inverseLabel } : {}),
    });
    return json({
      results: made.map(({ category, typeId, label }) => ({ category, typeId, label })),
    });
  });
  app.put('/associations/:from/:to/labels', async (c) => {
    const { from, to } = pair(c, site, 'write');
    const body = await bodyOf(c, changedLabel);
    associationTypes.relabel(from, to, body.associationTypeId, {
      label: body.label,
      ...(body.inverseLabel ? { inverseLabel: body.inverseLabel } : {}),
    });
    return noContent();
  });
  app.delete('/associations/:from/:to/labels/:typeId', (c) => {
    const { from, to } = pair(c, site, 'write');
    const removed = associationTypes.remove(from, to, Number(part(c, 'typeId')));
    for (const kind of removed) links.forget(kind);
    return noContent();
  });
}
