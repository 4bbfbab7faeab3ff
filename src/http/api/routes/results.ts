import * as z from 'zod';
import {
  findDealScores,
  findPartnerScores,
  latestForecast,
  rankedPartners,
} from '../../../store/results.ts';
import { findConnection } from '../../../store/runs.ts';
import { resultsPlace } from '../../../store/what-if.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { forecast } from '../shapes/forecast.ts';
import { dealScore, partnerScore } from '../shapes/score.ts';

const MAX_SCORES = 500;
/** `true`: what the last dry run found, which stands beside what is served. */
const whatIf = z.enum(['true', 'false']).default('false');

export const resultRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/forecast',
    summary: 'The newest forecast, with its interval',
    scope: 'read',
    query: z.strictObject({ whatIf }),
    response: z.object({ run: z.string(), dryRun: z.boolean(), forecast }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const place = await resultsPlace(store, params['id']!, query.whatIf === 'true');
      const found = place === null ? null : await latestForecast(store, place.resultsId);
      if (found === null) throw new Problem(404, 'NO_FORECAST', 'no run has made a forecast yet');
      return { run: found.runId, dryRun: query.whatIf === 'true', forecast: found.forecast };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/scores',
    summary: 'Partner scores of the newest forecast, most money at stake first',
    scope: 'read',
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(MAX_SCORES).default(50),
      order: z.enum(['stake', 'best', 'worst']).default('stake'),
    }),
    response: z.object({
      run: z.string(),
      scores: z.array(z.object({ name: z.string(), score: partnerScore })),
    }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const newest = await latestForecast(store, params['id']!);
      if (newest === null) throw new Problem(404, 'NO_SCORES', 'no run has scored anybody yet');
      return {
        run: newest.runId,
        scores: await rankedPartners(store, params['id']!, newest.runId, query.limit, query.order),
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/scores/find',
    summary: 'Scores of partners or deals by id or part of a name, with every reason',
    scope: 'read',
    query: z.strictObject({
      partner: z.string().min(1).optional(),
      deal: z.string().min(1).optional(),
    }),
    response: z.object({
      partners: z.array(z.object({ name: z.string(), score: partnerScore })),
      deals: z.array(z.object({ id: z.string(), name: z.string(), score: dealScore })),
    }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      if ((query.partner === undefined) === (query.deal === undefined))
        throw new Problem(400, 'INVALID', 'the query: name either a partner or a deal');
      const id = params['id']!;
      const typed = (query.partner ?? query.deal)!;
      const crm = (await findConnection(store, id))?.crm ?? '';
      const ids = (await deps.spellings?.(crm, typed)) ?? [typed];
      return {
        partners:
          query.partner === undefined ? [] : await findPartnerScores(store, id, typed, id, ids),
        deals: query.deal === undefined ? [] : await findDealScores(store, id, typed, id, ids),
      };
    },
  }),
];
