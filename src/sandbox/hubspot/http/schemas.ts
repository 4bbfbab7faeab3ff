/** Schemas: what a custom object is. */
import * as z from 'zod';
import { conflict, invalid, notFound } from '../model/errors.ts';
import { instant } from '../model/text.ts';
import type { CustomSchema, ObjectType } from '../model/types.ts';
import { defineObject, schemaShape } from '../records/custom-object.ts';
import { bodyOf, changeOf, flagParam, type HubContext, part } from './body.ts';
import { renderProperty } from './properties.ts';
import { type HubApp, json, noContent, requireScope, type Site } from './site.ts';

const changeShape = schemaShape
  .omit({ name: true, properties: true, associatedObjects: true })
  .partial();
const linkShape = z.object({
  fromObjectTypeId: z.string(),
  toObjectTypeId: z.string(),
  name: z.string().optional(),
});

export function mountSchemas(app: HubApp, site: Site): void {
  const { portal } = site;
  app.get('/schemas', (c) => {
    requireScope(c.get('access'), 'crm.schemas.custom.read', 'crm.objects.custom.read');
    const archived = flagParam(c, 'archived');
    return json({
      results: portal.types
        .list()
        .filter((type) => type.custom !== null && (type.custom.archivedMs !== null) === archived)
        .map((type) => renderSchema(site, type)),
    });
  });
  app.post('/schemas', async (c) => {
    requireScope(c.get('access'), 'crm.schemas.custom.write');
    return json(
      renderSchema(site, defineObject(portal, await bodyOf(c, schemaShape), site.clock.nowMs())),
      201,
    );
  });
  app.get('/schemas/:type', (c) => json(renderSchema(site, find(c, site, 'read'))));
  app.patch('/schemas/:type', async (c) => {
    const custom = customOf(find(c, site, 'write'));
    const change = await changeOf(c, changeShape);
    Object.assign(
      custom,
      Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
      { description: change.description ?? custom.description, updatedMs: site.clock.nowMs() },
    );
    return json(renderSchema(site, find(c, site, 'write')));
  });
  app.delete('/schemas/:type', (c) => {
    const type = find(c, site, 'write');
    if ([...portal.table(type).all()].some((record) => record.archivedMs === null))
      throw invalid(`The object ${type.name} still has records; delete them first.`);
    if (flagParam(c, 'archived')) {
      portal.types.remove(type);
      portal.catalog.close(type);
    } else customOf(type).archivedMs = site.clock.nowMs();
    return noContent();
  });
  mountCut(app, site);
  app.post('/schemas/:type/associations', async (c) => {
    find(c, site, 'write');
    const body = await bodyOf(c, linkShape);
    const from = portal.typeNamed(body.fromObjectTypeId);
    const to = portal.typeNamed(body.toObjectTypeId);
    if (portal.associationTypes.between(from.id, to.id).length > 0)
      throw conflict(`An association between ${from.id} and ${to.id} already exists.`);
    portal.associationTypes.connect(from, to);
    const made = portal.associationTypes.plain(from, to);
    return json(
      {
        id: String(made.typeId),
        fromObjectTypeId: from.id,
        toObjectTypeId: to.id,
        name: made.name,
        createdAt: instant(site.clock.nowMs()),
        updatedAt: instant(site.clock.nowMs()),
      },
      201,
    );
  });
}

function mountCut(app: HubApp, site: Site): void {
  const { portal } = site;
  app.delete('/schemas/:type/associations/:association', (c) => {
    const from = find(c, site, 'write');
    const wanted = part(c, 'association');
    const kinds = portal.types
      .list()
      .flatMap((to) => portal.associationTypes.between(from.id, to.id));
    const kind = kinds.find((one) => String(one.typeId) === wanted || one.name === wanted);
    if (kind === undefined) throw notFound();
    if (kind.category === 'HUBSPOT_DEFINED' && from.custom === null)
      throw invalid(`The association ${wanted} is HubSpot's own.`);
    portal.associationTypes.disconnect(kind);
    return noContent();
  });
}

function find(c: HubContext, site: Site, right: 'read' | 'write'): ObjectType {
  requireScope(
    c.get('access'),
    ...(right === 'read'
      ? ['crm.schemas.custom.read', 'crm.objects.custom.read']
      : ['crm.schemas.custom.write']),
  );
  const type = site.portal.types.find(part(c, 'type'));
  if (type === null) throw notFound();
  return type;
}

function customOf(type: ObjectType): CustomSchema {
  if (type.custom === null) throw invalid(`${type.name} is not a custom object.`);
  return type.custom;
}

function renderSchema(site: Site, type: ObjectType): Record<string, unknown> {
  const { portal } = site;
  const associations = portal.types.list().flatMap((other) =>
    portal.associationTypes
      .between(type.id, other.id)
      .filter((kind) => kind.label === null)
      .map((kind) => ({
        id: String(kind.typeId),
        fromObjectTypeId: type.id,
        toObjectTypeId: other.id,
        name: kind.name,
      })),
  );
  const {
    createdMs,
    updatedMs,
    archivedMs,
    associatedObjects: _,
    ...custom
  } = type.custom ?? {
    createdMs: portal.createdMs,
    updatedMs: portal.createdMs,
    archivedMs: null,
    associatedObjects: [],
    description: '',
    labels: { singular: type.name, plural: type.plural },
  };
  return {
    id: type.id.split('-')[1],
    objectTypeId: type.id,
    name: type.name,
    fullyQualifiedName: portal.types.qualifiedName(type),
    ...custom,
    properties: portal.catalog.list(type, false).map(renderProperty),
    associations,
    createdAt: instant(createdMs),
    updatedAt: instant(updatedMs),
    archived: archivedMs !== null,
  };
}
