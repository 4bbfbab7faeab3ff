import * as z from 'zod';
import { foundOfAll } from '../../../sync/measure/found.ts';
import { customerList } from '../../../sync/measure/trait-list.ts';
import { requireScored } from '../places.ts';
import { route, type Route } from '../route.ts';
import { iso, next, pageOf, paging, skipOf, time } from '../shapes/common.ts';
import { customerValues, customerValue } from '../shapes/returns.ts';

export const customerValueRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/customer-value',
    summary: 'What customers of partners are worth beside direct ones of the same industries',
    scope: 'read',
    query: z.strictObject({
      partner: z.string().min(1).max(200).optional().describe('Id, or a part of the name'),
      ...paging,
    }),
    response: z.object({
      run: z.string(),
      asOf: time,
      currency: z.string(),
      customers: customerValues,
      total: z.number(),
      partners: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          type: z.string().nullable(),
          value: customerValue,
        }),
      ),
      next,
    }),
    handle: async ({ deps, params, query }) => {
      const { store, place, asOfMs, currency } = await requireScored(deps, params['id']!);
      const found = await customerList(store, place, query.partner ?? null);
      const page = pageOf(found.slice(skipOf(query.after)), query);
      const all = await foundOfAll(store, place.resultsId);
      return {
        ...{ run: place.runId, asOf: iso(asOfMs), currency, total: found.length },
        customers: all.customers,
        partners: page.rows.map(({ trait, ...row }) => ({ ...row, value: trait })),
        next: page.next,
      };
    },
  }),
];
