import * as z from 'zod';
import { ALLOCATED } from '../../../model/allocation.ts';
import { allocationList } from '../../../sync/measure/allocation-list.ts';
import { requireScored } from '../places.ts';
import { route, type Route } from '../route.ts';
import { iso, next, pageOf, paging, skipOf, time } from '../shapes/common.ts';

export const allocationRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/allocation',
    summary: 'What is spent on partners today beside the same total by what they are worth',
    scope: 'read',
    query: z.strictObject({ of: z.enum(ALLOCATED).default('hours'), ...paging }),
    response: z.object({
      run: z.string(),
      asOf: time,
      currency: z.string(),
      of: z.enum(ALLOCATED),
      total: z.number().describe('Spent today, and suggested: the same'),
      guessed: z.number().describe('Hours of unknown length, or costs without a known amount'),
      partners: z
        .array(
          z.object({
            id: z.string(),
            name: z.string(),
            type: z.string().nullable(),
            value1y: z.number(),
            now: z.number(),
            suggested: z.number(),
            marginal: z.number().describe('What one more is worth beside the mean of all'),
          }),
        )
        .nullable()
        .describe('Largest differences first; null = nothing is known to be spent'),
      next,
    }),
    handle: async ({ deps, params, query }) => {
      const { store, place, asOfMs, currency } = await requireScored(deps, params['id']!);
      const { partners, ...found } = await allocationList(store, place, query.of);
      const page = pageOf((partners ?? []).slice(skipOf(query.after)), query);
      return {
        ...{ run: place.runId, asOf: iso(asOfMs), currency },
        ...found,
        partners: partners === null ? null : page.rows,
        next: page.next,
      };
    },
  }),
];
