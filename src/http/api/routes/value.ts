import * as z from 'zod';
import { latestForecast } from '../../../store/results.ts';
import { valueList } from '../../../sync/measure/value-list.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
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
      const id = params['id']!;
      const { store } = await requirePlace(deps, id);
      const newest = await latestForecast(store, id);
      if (newest === null) throw new Problem(404, 'NO_SCORES', 'no run has scored anybody yet');
      const { runId, forecast } = newest;
      const place = { rowsId: id, resultsId: id, runId };
      const found = await valueList(store, place, query.partner ?? null);
      const page = pageOf(found.partners.slice(skipOf(query.after)), query);
      return {
        run: runId,
        asOf: iso(forecast.asOfMs),
        currency: forecast.currency,
        total: found.partners.length,
        concentration: found.concentration,
        partners: page.rows,
        next: page.next,
      };
    },
  }),
];
