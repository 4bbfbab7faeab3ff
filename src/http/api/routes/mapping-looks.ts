import * as z from 'zod';
import { diffMappings, newlyRead } from '../../../mapping/check/diff.ts';
import { jsonSchema } from '../../../mapping/document/schema.ts';
import { parseOnce } from '../../../mapping/document/parse-once.ts';
import type { MappingDocument } from '../../../model/mapping.ts';
import { localDiff } from '../../../sync/read/local-diff.ts';
import { previewEntity } from '../../../sync/read/local-preview.ts';
import { sampleFields } from '../../../sync/read/field-samples.ts';
import { sameForAll } from '../auth/reach.ts';
import { onChecked, unsound } from '../mapping/checked.ts';
import { mappingInForce } from '../mapping/held.ts';
import { onOrg } from '../mapping/known-org.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { crmField, entityName, mappingDiff, mappingText, previewRow } from '../shapes/mapping.ts';

/** Records that are shown at once. */
const SHOWN = 5;
const MOST_IDS = 20;

/** What a mapping would do, before it is put in force, and what the org has to map. */
export const mappingLookRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/mapping-schema',
    summary: 'The JSON Schema of mapping documents, by which editors complete and explain them',
    scope: 'admin',
    within: sameForAll,
    response: z.record(z.string(), z.unknown()),
    handle: async () => jsonSchema(),
  }),
  route({
    method: 'post',
    path: '/v1/connections/{id}/mapping/preview',
    summary: 'Real records before and after a mapping',
    scope: 'admin',
    body: z.strictObject({
      text: mappingText,
      entity: entityName,
      pick: z.enum(['typical', 'refused', 'ids']).default('typical'),
      ids: z.array(z.string().min(1).max(100)).max(MOST_IDS).default([]),
    }),
    response: z.object({ rows: z.array(previewRow), calls: z.number() }),
    handle: async ({ deps, params, body: { text, entity, pick, ids } }) => {
      const held = await mappingInForce(deps, params['id']!);
      return await onChecked(deps, held, text, async ({ compiled, faults }, org) => {
        if (compiled === null) throw unsound(faults);
        const rows = await previewEntity(
          held.at.store,
          held.connection.id,
          compiled,
          entity,
          pick === 'ids' ? { pick, ids } : { pick, limit: SHOWN },
          org.session,
        );
        return { rows, calls: org.calls() };
      });
    },
  }),
  route({
    method: 'post',
    path: '/v1/connections/{id}/mapping/diff',
    summary:
      'What a mapping would change against the one in force, in words and in rows of the local copy; no API calls, nothing is touched',
    scope: 'admin',
    body: z.strictObject({ text: mappingText }),
    response: mappingDiff,
    handle: async ({ deps, params, body }) => {
      const held = await mappingInForce(deps, params['id']!);
      const [before, after] = [documentOf(held.text), documentOf(body.text)];
      return {
        changes: diffMappings(before, after),
        newlyRead: newlyRead(before, after),
        ...(await localDiff(held.at.store, held.connection.id, before, after)),
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/mapping/objects',
    summary: 'Objects of the org, by the names that its people know',
    scope: 'admin',
    response: z.object({
      objects: z.array(z.object({ name: z.string(), label: z.string(), custom: z.boolean() })),
    }),
    handle: async ({ deps, params }) => {
      const { at, connection } = await mappingInForce(deps, params['id']!);
      return await onOrg(deps, at, connection.id, async (org) => ({
        objects: (await org.listObjects()).map(({ name, label, custom }) => ({
          ...{ name, label, custom },
        })),
      }));
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/mapping/objects/{object}',
    summary:
      'Fields of an object with label, type, some of their values and how often they are filled',
    scope: 'admin',
    response: z.object({
      object: z.string(),
      label: z.string(),
      sampled: z.number(),
      fields: z.array(crmField),
    }),
    handle: async ({ deps, params }) => {
      const { at, connection } = await mappingInForce(deps, params['id']!);
      const name = params['object']!;
      return await onOrg(deps, at, connection.id, async (org) => {
        const object = await org.describe(name);
        if (object === null) throw new Problem(404, 'NO_OBJECT', `the org has no object "${name}"`);
        const { rows, of } = await sampleFields(
          at.store,
          connection.id,
          await org.session(),
          object,
        );
        return {
          ...{ object: object.name, label: object.label, sampled: rows },
          fields: object.fields.map((field) => ({
            ...{ name: field.name, label: field.label, type: field.type },
            ...{ options: field.options, referenceTo: field.referenceTo },
            relationshipName: field.relationshipName,
            ...of.get(field.name)!,
          })),
        };
      });
    },
  }),
];

function documentOf(text: string): MappingDocument {
  const { document, faults } = parseOnce(text);
  if (document === null) throw unsound(faults);
  return document;
}
