/** Associations v4 in batches. */
import * as z from 'zod';
import { invalid } from '../model/errors.ts';
import type { AssociationType, ObjectType } from '../model/types.ts';
import { announceLink, defaultLinks, kindShape, linkRecords } from './associate.ts';
import { batchAnswer, type ItemError } from './batch-answer.ts';
import { bodyOf, type HubContext, idShape } from './body.ts';
import { open } from './objects.ts';
import { liveLinks, renderLink } from './render-links.ts';
import { type HubApp, noContent, type Site, writeContext } from './site.ts';

const MAX_READ = 1000;
const MAX_WRITE = 2000;
/** Associations of one record in a batch reply; the rest comes by `after`. */
const MAX_LINKS = 500;

const end = z.object({ id: idShape });
const readShape = z.object({
  inputs: z.array(z.object({ id: idShape, after: z.string().nullish() })),
});
const writeShape = z.object({
  inputs: z.array(z.object({ from: end, to: end, types: z.array(kindShape).min(1) })),
});
const plainShape = z.object({ inputs: z.array(z.object({ from: end, to: end })) });
const archiveShape = z.object({ inputs: z.array(z.object({ from: end, to: z.array(end) })) });

export function mountAssociations(app: HubApp, site: Site): void {
  app.post('/associations/:from/:to/batch/read', (c) => read(c, site));
  app.post('/associations/:from/:to/batch/create', async (c) => {
    const { from, to } = pair(c, site, 'write');
    const { inputs } = await bodyOf(c, writeShape);
    const rows = inputs.map((input) => ({
      ...input,
      kinds: input.types.map((kind) =>
        site.portal.associationTypes.find(
          from,
          to,
          kind.associationCategory,
          kind.associationTypeId,
        ),
      ),
    }));
    return linkAll(c, site, { from, to }, rows, 201, (row) => [
      {
        fromObjectTypeId: from.id,
        fromObjectId: row.from.id,
        toObjectTypeId: to.id,
        toObjectId: row.to.id,
        labels: row.kinds.flatMap((kind) => (kind.label === null ? [] : [kind.label])),
      },
    ]);
  });
  app.post('/associations/:from/:to/batch/associate/default', async (c) => {
    const { from, to } = pair(c, site, 'write');
    const { inputs } = await bodyOf(c, plainShape);
    const plain = site.portal.associationTypes.plain(from, to);
    const rows = inputs.map((input) => ({ ...input, kinds: [plain] }));
    return linkAll(c, site, { from, to }, rows, 200, (row) =>
      defaultLinks(site.portal, plain, row.from.id, row.to.id),
    );
  });
  app.post('/associations/:from/:to/batch/archive', async (c) => {
    const { from, to } = pair(c, site, 'write');
    const { inputs } = await bodyOf(c, archiveShape);
    checkSize(inputs.length, MAX_WRITE);
    for (const input of inputs)
      for (const target of input.to) cutLink(c, site, from, input.from.id, to, target.id, null);
    return noContent();
  });
  app.post('/associations/:from/:to/batch/labels/archive', async (c) => {
    const { from, to } = pair(c, site, 'write');
    const { inputs } = await bodyOf(c, writeShape);
    checkSize(inputs.length, MAX_WRITE);
    for (const input of inputs) {
      const kinds = input.types.map((kind) =>
        site.portal.associationTypes.find(
          from,
          to,
          kind.associationCategory,
          kind.associationTypeId,
        ),
      );
      cutLink(c, site, from, input.from.id, to, input.to.id, kinds);
    }
    return noContent();
  });
}

export function pair(
  c: HubContext,
  site: Site,
  right: 'read' | 'write',
): { from: ObjectType; to: ObjectType } {
  return { from: open(c, site.portal, right, 'from'), to: open(c, site.portal, right, 'to') };
}

function checkSize(count: number, most: number): void {
  if (count > most)
    throw invalid(
      `The maximum number of inputs supported in a batch request is ${most} but was ${count}.`,
    );
}

async function read(c: HubContext, site: Site): Promise<Response> {
  const { portal } = site;
  const { from, to } = pair(c, site, 'read');
  const { inputs } = await bodyOf(c, readShape);
  checkSize(inputs.length, MAX_READ);
  const results: unknown[] = [];
  const errors: ItemError[] = [];
  for (const { id, after } of inputs) {
    const links =
      portal.table(from).get(id)?.archivedMs === null ? liveLinks(portal, from, id, to) : [];
    if (links.length === 0) {
      errors.push({
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
        message: `No ${to.name} is associated with ${from.name} ${id}.`,
        context: { fromObjectId: [id], fromObjectType: [from.id], toObjectType: [to.id] },
        links: {},
        errors: [],
      });
      continue;
    }
    const start = Number(after ?? 0);
    const page = links.slice(start, start + MAX_LINKS);
    const more = start + MAX_LINKS < links.length;
    results.push({
      from: { id },
      to: page.map((link) => renderLink(portal, link)),
      ...(more ? { paging: { next: { after: String(start + MAX_LINKS) } } } : {}),
    });
  }
  return batchAnswer(results, errors, site.clock.nowMs());
}

export interface CreateRow {
  from: { id: string };
  to: { id: string };
  kinds: AssociationType[];
}

/** Ties rows whose ends are there, and answers with what `told` says of each. */
export function linkAll(
  c: HubContext,
  site: Site,
  { from, to }: { from: ObjectType; to: ObjectType },
  rows: readonly CreateRow[],
  status: 200 | 201,
  told: (row: CreateRow) => unknown[],
): Response {
  const { portal } = site;
  checkSize(rows.length, MAX_WRITE);
  const results: unknown[] = [];
  const errors: ItemError[] = [];
  for (const row of rows) {
    const gone = [
      [from, row.from.id],
      [to, row.to.id],
    ] as const;
    const missing = gone.find(([type, id]) => portal.table(type).get(id)?.archivedMs !== null);
    if (missing !== undefined) {
      errors.push({
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        subCategory: 'crm.associations.INVALID_OBJECT_IDS',
        message: `${missing[0].name} ${missing[1]} does not exist.`,
        context: { ids: [missing[1]] },
        links: {},
        errors: [],
      });
      continue;
    }
    linkRecords(portal, row.from.id, row.to.id, row.kinds, writeContext(site, c.get('access')));
    results.push(...told(row));
  }
  return batchAnswer(results, errors, site.clock.nowMs(), status);
}

/** Cuts kinds of a link, or the whole of it (null). */
export function cutLink(
  c: HubContext,
  site: Site,
  from: ObjectType,
  fromId: string,
  to: ObjectType,
  toId: string,
  kinds: readonly AssociationType[] | null,
): void {
  for (const kind of site.portal.links.remove(from.id, fromId, to.id, toId, kinds))
    announceLink(site.portal, kind, fromId, toId, true, writeContext(site, c.get('access')));
}
