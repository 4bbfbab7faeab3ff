import * as z from 'zod';
import { recordsOfPartners, recordNames } from '../../../store/run-changes.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';

const shadow = z
  .union([
    z.literal('all'),
    z.literal('until-skill'),
    z.array(z.string().min(1).max(100)).max(10_000),
  ])
  .describe(
    'Partners (CRM ids) whose results are planned but not written; `all` for a pilot; `until-skill` until the record shows skill',
  );

export const shadowRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/shadow',
    summary: 'Which partners are in shadow: planned for, but not written to',
    scope: 'read',
    response: z.object({
      shadow,
      partners: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
    handle: async ({ deps, params }) => {
      const id = params['id']!;
      const { store } = await requirePlace(deps, id);
      const document = (await deps.documents?.list())?.find((one) => one.id === id);
      if (document === undefined)
        throw new Problem(
          409,
          'NO_DOCUMENT',
          `this host does not have the document of connection "${id}"`,
          'Start it with `headwater serve --connection <file>`.',
        );
      const ids = typeof document.shadow === 'string' ? [] : document.shadow;
      const names = await recordNames(store, id, ids);
      return {
        shadow: document.shadow,
        partners: ids.map((one) => ({ id: one, name: names.get(one) ?? one })),
      };
    },
  }),
  route({
    method: 'put',
    path: '/v1/connections/{id}/shadow',
    summary: 'Say which partners are in shadow; the next run holds their writes',
    scope: 'admin',
    body: z.strictObject({ shadow }),
    response: z.object({ shadow }),
    handle: async ({ deps, params, body }) => {
      const { database, store } = await requirePlace(deps, params['id']!);
      if (deps.documents === undefined)
        throw new Problem(409, 'NO_DOCUMENT', 'this host keeps no connection documents');
      if (typeof body.shadow !== 'string')
        for (const one of body.shadow)
          if ((await recordsOfPartners(store, params['id']!, [one])).length === 0)
            throw new Problem(400, 'NO_PARTNER', `there is no partner "${one}"`);
      await deps.documents.setShadow(database, params['id']!, body.shadow);
      return { shadow: body.shadow };
    },
  }),
];
