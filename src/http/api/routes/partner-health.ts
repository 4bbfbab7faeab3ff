import * as z from 'zod';
import { healthList } from '../../../sync/measure/trait-list.ts';
import { requireScored } from '../places.ts';
import { route, type Route } from '../route.ts';
import { iso, next, pageOf, paging, skipOf, time } from '../shapes/common.ts';
import { partnerHealth } from '../shapes/traits.ts';

export const partnerHealthRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/partner-health',
    summary: 'Health of partners by six pillars, the worst first',
    scope: 'read',
    query: z.strictObject({
      partner: z.string().min(1).max(200).optional().describe('Id, or a part of the name'),
      ...paging,
    }),
    response: z.object({
      run: z.string(),
      asOf: time,
      total: z.number(),
      partners: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          type: z.string().nullable(),
          health: partnerHealth,
        }),
      ),
      next,
    }),
    handle: async ({ deps, params, query }) => {
      const { store, place, asOfMs, partner } = await requireScored(
        deps,
        params['id']!,
        query.partner,
      );
      const found = await healthList(store, place, partner);
      const page = pageOf(found.slice(skipOf(query.after)), query);
      return {
        ...{ run: place.runId, asOf: iso(asOfMs), total: found.length },
        partners: page.rows.map(({ trait, ...row }) => ({ ...row, health: trait })),
        next: page.next,
      };
    },
  }),
];
