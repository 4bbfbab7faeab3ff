import * as z from 'zod';
import { mappingVersionsOf, mappingVersionText } from '../../../store/mapping-versions.ts';
import { activateMapping } from '../mapping/activate.ts';
import { errorsOf, onChecked } from '../mapping/checked.ts';
import { mappingInForce } from '../mapping/held.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { iso, next, pageOf, paging, skipOf } from '../shapes/common.ts';
import { mappingFault, mappingText, mappingVersion } from '../shapes/mapping.ts';

const why = z.string().trim().min(1).max(500);
const activated = z.object({
  version: z.string(),
  changed: z.boolean().describe('false = it was in force already'),
});

/** The mapping in force, its versions, and how another one takes its place. */
export const mappingRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/mapping',
    summary: 'The mapping that the next run uses, and where it stands',
    scope: 'admin',
    response: z.object({
      version: z.string().describe('Send it as If-Match to put another one in its place'),
      crm: z.string(),
      kind: z.enum(['file', 'pushed']),
      place: z.string(),
      yaml: z.string(),
    }),
    handle: async ({ deps, params }) => {
      const { version, connection, kind, place, text } = await mappingInForce(deps, params['id']!);
      return { version, crm: connection.crm, kind, place, yaml: text };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/mapping/versions',
    summary: 'Mappings that were put in force, the latest first: who, when and why',
    scope: 'admin',
    query: z.strictObject(paging),
    response: z.object({ versions: z.array(mappingVersion), next }),
    handle: async ({ deps, params, query }) => {
      const held = await mappingInForce(deps, params['id']!);
      const found = await mappingVersionsOf(held.at.store, params['id']!, {
        skip: skipOf(query.after),
        limit: query.limit + 1,
      });
      const page = pageOf(found, query);
      const newest = page.rows.findIndex(({ version }) => version === held.version);
      return {
        versions: page.rows.map(({ version, savedMs, by, why: said }, i) => ({
          ...{ version, at: iso(savedMs), by, why: said, active: i === newest },
        })),
        next: page.next,
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/mapping/versions/{version}',
    summary: 'The text of a version',
    scope: 'admin',
    response: z.object({ version: z.string(), yaml: z.string() }),
    handle: async ({ deps, params }) => ({
      version: params['version']!,
      yaml: await textOf(await mappingInForce(deps, params['id']!), params['version']!),
    }),
  }),
  route({
    method: 'put',
    path: '/v1/connections/{id}/mapping',
    summary: 'Put another mapping in force; If-Match says which one it goes out from',
    scope: 'admin',
    body: z.strictObject({ text: mappingText, why }),
    response: activated,
    handle: async ({ deps, principal, params, body, ifMatch }) =>
      await activateMapping(deps, params['id']!, {
        ...body,
        by: principal!.name,
        seen: ifMatch,
      }),
  }),
  route({
    method: 'post',
    path: '/v1/connections/{id}/mapping/versions/{version}/activate',
    summary: 'Go back to a version, byte for byte; If-Match as for a new one',
    scope: 'admin',
    body: z.strictObject({ why }),
    response: activated,
    handle: async ({ deps, principal, params, body, ifMatch }) =>
      await activateMapping(deps, params['id']!, {
        text: await textOf(await mappingInForce(deps, params['id']!), params['version']!),
        why: body.why,
        by: principal!.name,
        seen: ifMatch,
      }),
  }),
  route({
    method: 'post',
    path: '/v1/connections/{id}/mapping/check',
    summary: "Compare a mapping with the CRM's own description; every fault at once",
    scope: 'admin',
    body: z.strictObject({
      text: mappingText,
      fresh: z.boolean().default(false).describe('Ask the CRM again for what it said before'),
    }),
    response: z.object({
      ok: z.boolean(),
      faults: z.array(mappingFault),
      calls: z.number().describe('API calls that it took'),
    }),
    handle: async ({ deps, params, body }) =>
      await onChecked(
        deps,
        await mappingInForce(deps, params['id']!),
        body.text,
        async ({ faults }, org) => ({
          ok: errorsOf(faults).length === 0,
          faults,
          calls: org.calls(),
        }),
        body.fresh,
      ),
  }),
];

async function textOf(
  { at, connection, version, text }: Awaited<ReturnType<typeof mappingInForce>>,
  wanted: string,
): Promise<string> {
  if (wanted === version) return text;
  const kept = await mappingVersionText(at.store, connection.id, wanted);
  if (kept === null) throw new Problem(404, 'NO_VERSION', `there is no version "${wanted}"`);
  return kept;
}
