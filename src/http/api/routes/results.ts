import * as z from 'zod';
import {
  findDealScores,
  findPartnerScores,
  latestForecast,
  rankedPartners,
} from '../../../store/results.ts';
import { breakdownNames } from '../../../store/breakdown-names.ts';
import { quarterPlan } from '../../../predict/index.ts';
import { planGoals } from '../../../store/plan-goals.ts';
import { resultsPlace } from '../../../store/what-if.ts';
import { spokenSettings } from '../../../sync/measure/spoken.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { next, pageOf, paging, skipOf } from '../shapes/common.ts';
import { forecast } from '../shapes/forecast.ts';
import { dealScore, partnerScore } from '../shapes/score.ts';
import { spelt } from '../asked-partner.ts';

/** `true`: what the last dry run found, which stands beside what is served. */
const whatIf = z.enum(['true', 'false']).default('false');

export const resultRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/forecast',
    summary: 'The newest forecast, with its interval',
    scope: 'read',
    query: z.strictObject({ whatIf }),
    response: z.object({
      run: z.string(),
      dryRun: z.boolean(),
      forecast,
      plan: z
        .object({
          partners: z.number(),
          goal: z.number().describe('Of their whole periods'),
          expected: z.number().describe('By the end of these periods'),
          inQuarter: z.number().describe('The part of the goals that falls into the quarter'),
        })
        .nullable()
        .describe('Goals of the joint plans in force, reporting currency; null = there are none'),
      names: z
        .record(z.string(), z.string())
        .describe('Words for the ids of partners and owners in the breakdown'),
    }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const place = await resultsPlace(store, params['id']!, query.whatIf === 'true');
      const found = place === null ? null : await latestForecast(store, place.resultsId);
      if (found === null) throw new Problem(404, 'NO_FORECAST', 'no run has made a forecast yet');
      return {
        run: found.runId,
        dryRun: query.whatIf === 'true',
        forecast: found.forecast,
        plan: quarterPlan(await planGoals(store, place!, found.runId), found.forecast.period),
        names: await breakdownNames(
          store,
          place!.rowsId,
          [...found.forecast.breakdown.partner, ...found.forecast.breakdown.owner].map(
            ({ key }) => key,
          ),
        ),
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/scores',
    summary: 'Partner scores of the newest forecast, most money at stake first',
    scope: 'read',
    query: z.strictObject({
      ...paging,
      order: z.enum(['stake', 'best', 'worst']).default('stake'),
    }),
    response: z.object({
      run: z.string(),
      scores: z.array(z.object({ name: z.string(), score: partnerScore })),
      next,
    }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const newest = await latestForecast(store, params['id']!);
      if (newest === null) throw new Problem(404, 'NO_SCORES', 'no run has scored anybody yet');
      const id = params['id']!;
      const [limit, skip] = [query.limit + 1, skipOf(query.after)];
      const found = await rankedPartners(store, id, newest.runId, limit, query.order, id, skip);
      const page = pageOf(found, query);
      return { run: newest.runId, scores: page.rows, next: page.next };
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
      spoken: z
        .object({ language: z.string(), reportingCurrency: z.string(), timeZone: z.string() })
        .describe('In whose words and money the mapping has results told'),
    }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      if ((query.partner === undefined) === (query.deal === undefined))
        throw new Problem(400, 'INVALID', 'the query: name either a partner or a deal');
      const id = params['id']!;
      const typed = (query.partner ?? query.deal)!;
      const ids = await spelt(deps, store, id, typed);
      const { language, reportingCurrency, timeZone } = await spokenSettings(store, id);
      return {
        partners:
          query.partner === undefined ? [] : await findPartnerScores(store, id, typed, id, ids),
        deals: query.deal === undefined ? [] : await findDealScores(store, id, typed, id, ids),
        spoken: { language, reportingCurrency, timeZone },
      };
    },
  }),
];
