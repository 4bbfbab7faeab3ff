import * as z from 'zod';
import { say } from '../../../model/language/say.ts';
import { classList, noteIntervention } from '../../../sync/measure/class-list.ts';
import { requireScored } from '../places.ts';
import { route, type Route } from '../route.ts';
import { className, intervention, partnerClass } from '../shapes/class.ts';
import { iso, next, pageOf, paging, skipOf, time } from '../shapes/common.ts';

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
      const { store, place, asOfMs, currency, speech, partner } = await requireScored(
        deps,
        params['id']!,
        query.partner,
      );
      const filter = { partner, name: query.class ?? null };
      const found = await classList(store, place, filter);
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
      const { store, place } = await requireScored(deps, params['id']!);
      const given = { partnerId: params['partner']!, ...body, atMs: deps.nowMs() };
      return { intervention: await noteIntervention(store, place, given) };
    },
  }),
];
