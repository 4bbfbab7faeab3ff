/** Tooling API: queries over the schema, and custom fields made, read, changed and deleted. */
import type { Hono } from 'hono';
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import { describeGlobal, describeObject } from '../metadata/describe.ts';
import type { OrgUser } from '../org-types.ts';
import { asObject, readJsonObject } from './body.ts';
import { columnMetadata } from './columns.ts';
import { fault, jsonResponse, noContent, notFound, saveFaults } from './faults.ts';
import { fieldOf, metadataOf, splitFullName } from './field-metadata.ts';
import { page } from './query.ts';
import { attributes } from './render.ts';
import { attempt } from './save.ts';
import { base, type SalesforceContext, type SalesforceEnv, type Site } from './site.ts';
import { tableEnumOrId, toolingObjects, toolingQuery } from './tooling-tables.ts';

const PAGE = 2000;

export function mountTooling(app: Hono<SalesforceEnv>, site: Site): void {
  const tooling = '/services/data/:version/tooling';
  app.get(tooling, (c) =>
    jsonResponse({ query: `${base(c)}/tooling/query`, sobjects: `${base(c)}/tooling/sobjects` }),
  );
  app.get(`${tooling}/query`, (c) => {
    const soql = c.req.query('q') ?? '';
    const query =
      toolingQuery(site.org, c.get('user'), soql) ?? site.org.query(c.get('user'), soql, false);
    return c.req.query('columns') === 'true'
      ? jsonResponse(columnMetadata(site.org, query, soql))
      : page(site, c, query, null, 0, PAGE, 'tooling/query');
  });
  app.get(`${tooling}/query/:locator`, (c) => {
    const open = site.locators.find(c.req.param('locator'), c.get('user').id);
    if (open === null) throw fault(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    return page(
      site,
      c,
      open.cursor.query,
      open.id,
      open.offset,
      open.cursor.batchSize,
      'tooling/query',
    );
  });
  const schema = {
    objects: () => [...toolingObjects],
    object: (name: string) =>
      toolingObjects.find((one) => one.name.toLowerCase() === name.toLowerCase()),
    visibleFields: (_user: OrgUser, object: ObjectDefinition) => object.fields,
    canEdit: () => false,
  };
  app.get(`${tooling}/sobjects`, (c) =>
    jsonResponse(describeGlobal(schema, c.get('user'), `${base(c)}/tooling`)),
  );
  app.get(`${tooling}/sobjects/:object/describe`, (c) => {
    const object = schema.object(c.req.param('object'));
    if (object === undefined) throw notFound();
    return jsonResponse(describeObject(schema, c.get('user'), object, `${base(c)}/tooling`));
  });
  app.post(`${tooling}/sobjects/CustomField`, (c) => createField(site, c));
  app.get(`${tooling}/sobjects/CustomField/:id`, (c) => showField(site, c));
  app.patch(`${tooling}/sobjects/CustomField/:id`, (c) => updateField(site, c));
  app.delete(`${tooling}/sobjects/CustomField/:id`, (c) => {
    const { object, field } = fieldById(site, c);
    requireAdmin(c);
    const saved = site.org.deleteField(object.name, field.name);
    if (!saved.ok) throw saveFaults(saved.faults);
    return noContent();
  });
}

function requireAdmin(c: SalesforceContext): void {
  if (!c.get('user').admin)
    throw fault(
      403,
      'INSUFFICIENT_ACCESS',
      'insufficient access rights on cross-reference id: Customize Application is required',
    );
}

async function createField(site: Site, c: SalesforceContext): Promise<Response> {
  requireAdmin(c);
  const body = await readJsonObject(c.req.raw);
  const { object: objectName, name } = splitFullName(body.FullName);
  const object = site.org.object(objectName);
  if (object === undefined)
    throw fault(400, 'INVALID_TYPE', `sObject type '${objectName}' is not supported.`, [
      'FullName',
    ]);
  const field = fieldOf(name, asObject(body.Metadata ?? {}));
  const saved = attempt(() => site.org.createField(object.name, field));
  if (!saved.ok) throw saveFaults(saved.faults);
  return jsonResponse({ id: saved.id, success: true, errors: [], warnings: [], infos: [] }, 201);
}

function showField(site: Site, c: SalesforceContext): Response {
  const { object, field, id } = fieldById(site, c);
  return jsonResponse({
    attributes: {
      ...attributes('CustomField', null, base(c)),
      url: `${base(c)}/tooling/sobjects/CustomField/${id}`,
    },
    Id: id,
    TableEnumOrId: tableEnumOrId(site.org, object),
    DeveloperName: field.name.replace(/__c$/, ''),
    NamespacePrefix: null,
    FullName: `${object.name}.${field.name}`,
    ManageableState: 'unmanaged',
    Description: field.description ?? null,
    InlineHelpText: field.inlineHelpText ?? null,
    Length: field.length ?? null,
    Precision: field.precision ?? null,
    Scale: field.scale ?? null,
    Metadata: metadataOf(field),
  });
}

/** The document given replaces the old one; what it leaves out is taken from the field as it is. */
async function updateField(site: Site, c: SalesforceContext): Promise<Response> {
  requireAdmin(c);
  const { object, field } = fieldById(site, c);
  const body = await readJsonObject(c.req.raw);
  const given = Object.fromEntries(
    Object.entries({ ...metadataOf(field), ...asObject(body.Metadata ?? {}) }).filter(
      ([, value]) => value !== null,
    ),
  );
  const { name: _name, ...changes } = fieldOf(field.name, given);
  const saved = attempt(() => site.org.updateField(object.name, field.name, changes));
  if (!saved.ok) throw saveFaults(saved.faults);
  return noContent();
}

function fieldById(
  site: Site,
  c: SalesforceContext,
): { object: ObjectDefinition; field: FieldDefinition; id: string } {
  const asked = (c.req.param('id') ?? '').slice(0, 15);
  for (const object of site.org.objects()) {
    for (const field of object.fields) {
      const id = field.custom ? site.org.metadataId(`${object.name}.${field.name}`) : undefined;
      if (id !== undefined && id.slice(0, 15) === asked) return { object, field, id };
    }
  }
  throw notFound();
}
