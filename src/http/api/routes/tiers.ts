import * as z from 'zod';
import { approveTier } from '../../../store/tier-decisions.ts';
import { tierList } from '../../../sync/measure/tier-list.ts';
import { tierItemText, tierText } from '../../../model/language/tier-text.ts';
import { requireScored } from '../places.ts';
import { route, type Route } from '../route.ts';
import { flag, iso, next, pageOf, paging, skipOf, time } from '../shapes/common.ts';
import { tierDecision, tierStanding } from '../shapes/tier.ts';

export const tierRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/tiers',
    summary: 'Where partners stand on their ladders; what is proposed and what lapses soon first',
    scope: 'read',
    query: z.strictObject({
      partner: z.string().min(1).max(200).optional().describe('Id, or a part of the name'),
      open: flag.describe('Only proposals and lapses that are near'),
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
          text: z.string().describe('Where it stands, in one sentence'),
          items: z.array(z.string()).describe('What the next tier asks, in words'),
          standing: tierStanding,
          decisions: z.array(tierDecision),
        }),
      ),
      next,
    }),
    handle: async ({ deps, params, query }) => {
      const { store, place, asOfMs, speech, partner } = await requireScored(
        deps,
        params['id']!,
        query.partner,
      );
      const filter = { partner, open: query.open === 'true' };
      const found = await tierList(store, place, filter);
      const page = pageOf(found.slice(skipOf(query.after)), query);
      return {
        run: place.runId,
        asOf: iso(asOfMs),
        total: found.length,
        partners: page.rows.map((row) => ({
          ...row,
          text: tierText(row.standing, row.type, speech),
          items: row.standing.next?.items.map((item) => tierItemText(item, speech)) ?? [],
        })),
        next: page.next,
      };
    },
  }),
  route({
    method: 'post',
    path: '/v1/connections/{id}/tiers/{partner}',
    summary: 'Put a partner in a tier of its ladder, with who decided and why',
    scope: 'admin',
    body: z.strictObject({
      tier: z.string().min(1).max(60),
      by: z.string().min(1).max(200),
      why: z.string().min(1).max(2000),
    }),
    response: z.object({ decision: tierDecision }),
    handle: async ({ deps, params, body }) => {
      const { store, place } = await requireScored(deps, params['id']!);
      return {
        decision: await approveTier(store, place, params['partner']!, body, deps.nowMs()),
      };
    },
  }),
];
