import * as z from 'zod';
import { say } from '../../../model/language/say.ts';
import { speechOf } from '../../../predict/index.ts';
import { latestForecast } from '../../../store/results.ts';
import type { Store } from '../../../store/store.ts';
import { classList, noteIntervention } from '../../../sync/measure/class-list.ts';
import { spokenSettings } from '../../../sync/measure/spoken.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { className, intervention, partnerClass } from '../shapes/class.ts';
import { iso, next, pageOf, paging, skipOf, time } from '../shapes/common.ts';

async function newest(store: Store, id: string) {
  const found = await latestForecast(store, id);
  if (found === null) throw new Problem(404, 'NO_SCORES', 'no run has scored anybody yet');
  const { runId, forecast } = found;
  return { place: { rowsId: id, resultsId: id, runId }, forecast };
}

export const classRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/classes',
    summary: 'Which partners to grow, to help, to review, with evidence and what was tried',
    scope: 'read',
    query: z.strictObject({
      partner: z.string().min(1).max(200).optional().describe('Id, or a part of the name'),
      class: className.optional(),
      ...paging,
    }),
    response: z.object({
      run: z.string(),
      asOf: time,
      currency: z.string(),
      total: z.number(),
      partners: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          type: z.string().nullable(),
          value1y: z.number().nullable(),
          text: z.string().describe('Why, in one sentence'),
          classed: partnerClass,
        }),
      ),
      next,
    }),
    handle: async ({ deps, params, query }) => {
      const id = params['id']!;
      const { store } = await requirePlace(deps, id);
      const { place, forecast } = await newest(store, id);
      const { asOfMs, currency } = forecast;
      const filter = { partner: query.partner ?? null, name: query.class ?? null };
      const found = await classList(store, place, filter);
      const speech = speechOf({ ...(await spokenSettings(store, id)), asOfMs });
      const page = pageOf(found.slice(skipOf(query.after)), query);
      return {
        ...{ run: place.runId, asOf: iso(asOfMs), currency, total: found.length },
        partners: page.rows.map((row) => ({
          ...row,
          text: say(speech, `class.${row.classed.why}`),
        })),
        next: page.next,
      };
    },
  }),
  route({
    method: 'post',
    path: '/v1/connections/{id}/classes/{partner}/interventions',
    summary: 'Note what was tried with a partner, by whom and why',
    scope: 'admin',
    body: z.strictObject({
      what: z.string().min(1).max(500),
      by: z.string().min(1).max(200),
      why: z.string().min(1).max(2000),
    }),
    response: z.object({ intervention }),
    handle: async ({ deps, params, body }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const { place } = await newest(store, params['id']!);
      const given = { partnerId: params['partner']!, ...body, atMs: deps.nowMs() };
      return { intervention: await noteIntervention(store, place, given) };
    },
  }),
];
