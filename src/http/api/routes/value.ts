import * as z from 'zod';
import { valueList } from '../../../sync/measure/value-list.ts';
import { requireScored } from '../places.ts';
import { route, type Route } from '../route.ts';
import { iso, next, pageOf, paging, skipOf, time } from '../shapes/common.ts';
import { concentration, partnerValue } from '../shapes/worth.ts';

export const valueRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/value',
    summary: 'What partners are worth, the most valuable first, and how few bring how much',
    scope: 'read',
    query: z.strictObject({
      partner: z.string().min(1).max(200).optional().describe('Id, or a part of the name'),
      ...paging,
    }),
    response: z.object({
      run: z.string(),
      asOf: time,
      currency: z.string(),
      total: z.number(),
      concentration: concentration
        .nullable()
        .describe('Of all partners; null = nobody won anything in twelve months'),
      partners: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          type: z.string().nullable(),
          value: partnerValue,
        }),
      ),
      next,
    }),
    handle: async ({ deps, params, query }) => {
      const { store, place, asOfMs, currency, partner } = await requireScored(
        deps,
        params['id']!,
        query.partner,
      );
      const found = await valueList(store, place, partner);
      const page = pageOf(found.partners.slice(skipOf(query.after)), query);
      return {
        ...{ run: place.runId, asOf: iso(asOfMs), currency },
        total: found.partners.length,
        concentration: found.concentration,
        partners: page.rows,
        next: page.next,
      };
    },
  }),
];
