/** Properties and their groups. */
import * as z from 'zod';
import { HubSpotError, invalid, notFound } from '../model/errors.ts';
import { instant } from '../model/text.ts';
import type { ObjectType, PropertyDefinition, PropertyGroup } from '../model/types.ts';
import { changedDefinition, checkName, definitionFrom } from '../properties/definition.ts';
import { batchAnswer, itemError, type ItemError } from './batch-answer.ts';
import { bodyOf, changeOf, flagParam, type HubContext, part } from './body.ts';
import { type HubApp, json, noContent, requireSchema, type Site } from './site.ts';

const MAX_INPUTS = 100;
const anyObject = z.record(z.string(), z.unknown());
const groupShape = z.object({
  name: z.string().min(1),
  label: z.string().min(1),
  displayOrder: z.number().int().default(-1),
});
const batchShape = z.object({ inputs: z.array(anyObject) });
const namesShape = z.object({
  inputs: z.array(z.object({ name: z.string() })),
  archived: z.boolean().default(false),
});

export function mountProperties(app: HubApp, site: Site): void {
  mountGroups(app, site);
  mountPropertyBatch(app, site);
  const { catalog } = site.portal;
  app.get('/properties/:type', (c) =>
    json({
      results: catalog.list(opened(c, site, 'read'), flagParam(c, 'archived')).map(renderProperty),
    }),
  );
  app.post('/properties/:type', async (c) => {
    const type = opened(c, site, 'write');
    return json(
      renderProperty(
        catalog.create(type, definitionFrom(await bodyOf(c, anyObject), site.clock.nowMs())),
      ),
      201,
    );
  });
  app.get('/properties/:type/:name', (c) => {
    const type = opened(c, site, 'read');
    const found = catalog
      .list(type, flagParam(c, 'archived'))
      .find((one) => one.name === part(c, 'name'));
    if (found === undefined) throw notFound();
    return json(renderProperty(found));
  });
  app.patch('/properties/:type/:name', async (c) => {
    const type = opened(c, site, 'write');
    const before = catalog.find(type, part(c, 'name'));
    if (before === null) throw notFound();
    const after = changedDefinition(before, await bodyOf(c, anyObject), site.clock.nowMs());
    if (!catalog.hasGroup(type, after.groupName))
      throw invalid(`Property group '${after.groupName}' does not exist.`, {
        subCategory: 'Properties.GROUP_DOES_NOT_EXIST',
      });
    catalog.replace(type, after);
    return json(renderProperty(after));
  });
  app.delete('/properties/:type/:name', (c) => {
    const type = opened(c, site, 'write');
    if (catalog.find(type, part(c, 'name')) === null) throw notFound();
    catalog.archive(type, part(c, 'name'), site.clock.nowMs());
    return noContent();
  });
}

function opened(c: HubContext, site: Site, right: 'read' | 'write'): ObjectType {
  const type = site.portal.typeNamed(part(c, 'type'));
  requireSchema(c.get('access'), type, right);
  return type;
}

function mountPropertyBatch(app: HubApp, site: Site): void {
  const { catalog } = site.portal;
  app.post('/properties/:type/batch/create', async (c) => {
    const type = opened(c, site, 'write');
    const { inputs } = await bodyOf(c, batchShape);
    checkSize(inputs.length);
    const made: unknown[] = [];
    const errors: ItemError[] = [];
    for (const input of inputs) {
      try {
        made.push(renderProperty(catalog.create(type, definitionFrom(input, site.clock.nowMs()))));
      } catch (error) {
        if (!(error instanceof HubSpotError)) throw error;
        errors.push(itemError(error, { name: [String(input['name'])] }));
      }
    }
    return batchAnswer(made, errors, site.clock.nowMs(), 201);
  });
  app.post('/properties/:type/batch/read', async (c) => {
    const type = opened(c, site, 'read');
    const { inputs, archived } = await bodyOf(c, namesShape);
    checkSize(inputs.length);
    const known = catalog.list(type, archived);
    const found = known.filter((one) => inputs.some((input) => input.name === one.name));
    const missing = inputs
      .filter((input) => !known.some((one) => one.name === input.name))
      .map((input) => input.name);
    const error: ItemError = {
      status: 'error',
      category: 'OBJECT_NOT_FOUND',
      message: 'Some properties do not exist.',
      context: { names: missing },
      links: {},
      errors: [],
    };
    return batchAnswer(
      found.map(renderProperty),
      missing.length > 0 ? [error] : [],
      site.clock.nowMs(),
    );
  });
  app.post('/properties/:type/batch/archive', async (c) => {
    const type = opened(c, site, 'write');
    const { inputs } = await bodyOf(c, namesShape);
    checkSize(inputs.length);
    for (const { name } of inputs) catalog.archive(type, name, site.clock.nowMs());
    return noContent();
  });
}

function checkSize(count: number): void {
  if (count > MAX_INPUTS)
    throw invalid(`The maximum number of inputs supported in a batch request is ${MAX_INPUTS}.`);
}

function mountGroups(app: HubApp, site: Site): void {
  const { catalog } = site.portal;
  app.get('/properties/:type/groups', (c) =>
    json({ results: catalog.groups(opened(c, site, 'read')) }),
  );
  app.post('/properties/:type/groups', async (c) => {
    const type = opened(c, site, 'write');
    const body = await bodyOf(c, groupShape);
    checkName(body.name);
    return json(catalog.createGroup(type, { ...body, archived: false }), 201);
  });
  app.get('/properties/:type/groups/:group', (c) => {
    const found = catalog
      .groups(opened(c, site, 'read'))
      .find((one) => one.name === part(c, 'group'));
    if (found === undefined) throw notFound();
    return json(found);
  });
  app.patch('/properties/:type/groups/:group', async (c) => {
    const change: Partial<PropertyGroup> = await changeOf(
      c,
      groupShape.omit({ name: true }).partial(),
    );
    return json(catalog.updateGroup(opened(c, site, 'write'), part(c, 'group'), change));
  });
  app.delete('/properties/:type/groups/:group', (c) => {
    catalog.archiveGroup(opened(c, site, 'write'), part(c, 'group'));
    return noContent();
  });
}

/** A property in HubSpot's form. */
export function renderProperty(one: PropertyDefinition): Record<string, unknown> {
  const { createdMs, updatedMs, archivedMs, readOnlyValue, referencedObjectType, ...rest } = one;
  return {
    ...rest,
    ...(referencedObjectType === null ? {} : { referencedObjectType }),
    dataSensitivity: 'non_sensitive',
    createdAt: instant(createdMs),
    updatedAt: instant(updatedMs),
    archived: archivedMs !== null,
    ...(archivedMs === null ? {} : { archivedAt: instant(archivedMs) }),
    modificationMetadata: {
      archivable: !one.hubspotDefined,
      readOnlyDefinition: one.hubspotDefined,
      readOnlyOptions: one.hubspotDefined && one.type === 'enumeration',
      readOnlyValue,
    },
  };
}
