import * as z from 'zod';
import { forecastDays } from '../../../store/forecast-views.ts';
import { latestForecast } from '../../../store/results.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { iso, time } from '../shapes/common.ts';

const day = z.object({
  run: z.string(),
  asOf: time,
  wonToDate: z.number(),
  mean: z.number(),
  p10: z.number(),
  p50: z.number(),
  p90: z.number(),
  openMean: z.number(),
  newMean: z.number(),
  crmWeighted: z.number(),
});

export const forecastRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/forecasts',
    summary: 'How the forecast of a period stood, day by day',
    scope: 'read',
    query: z.strictObject({
      period: z.string().optional().describe('Label of a period; the current one when left out'),
    }),
    response: z.object({
      period: z.string(),
      startsAt: time,
      endsAt: time,
      currency: z.string(),
      days: z.array(day),
    }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const newest = await latestForecast(store, params['id']!);
      if (newest === null) throw new Problem(404, 'NO_FORECAST', 'no run has made a forecast yet');
      const period = query.period ?? newest.forecast.period.label;
      const days = await forecastDays(store, params['id']!, period);
      // What was said of a period that is over knows its bounds, too.
      const { startMs, endMs } = days.at(-1)?.period ?? newest.forecast.period;
      return {
        ...{ period, startsAt: iso(startMs), endsAt: iso(endMs) },
        currency: newest.forecast.currency,
        days: days.map(({ runId, asOfMs, period: _, ...rest }) => ({
          run: runId,
          asOf: iso(asOfMs),
          ...rest,
        })),
      };
    },
  }),
];
