import * as z from 'zod';
import { attentionList } from '../../../sync/measure/attention.ts';
import { requireScored } from '../places.ts';
import { route, type Route } from '../route.ts';
import { next, pageOf, paging, skipOf } from '../shapes/common.ts';

const closing = z.object({
  dealId: z.string(),
  name: z.string(),
  amount: z.number(),
  probability: z.number(),
});
const item = z.object({
  kind: z.enum(['partner', 'deal', 'bulk']),
  id: z.string().nullable(),
  name: z.string(),
  partner: z.string().nullable(),
  type: z.string().nullable(),
  region: z.string().nullable(),
  owner: z.object({ id: z.string(), name: z.string(), active: z.boolean() }).nullable(),
  moneyAtStake: z.number(),
  gap: z.number().nullable(),
  closing: z.array(closing),
  action: z.looseObject({ rule: z.string(), text: z.string() }),
  today: z.boolean(),
});

export const attentionRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/attention',
    summary: 'Partners and deals by money at stake, each with its one action',
    scope: 'read',
    query: z.strictObject({
      owner: z.string().min(1).optional(),
      region: z.string().min(1).optional(),
      type: z.string().min(1).optional(),
      all: z.enum(['true', 'false']).default('false'),
      ...paging,
    }),
    response: z.object({
      run: z.string(),
      asOfMs: z.number(),
      total: z.number(),
      items: z.array(item),
      next,
    }),
    handle: async ({ deps, params, query }) => {
      const { store, place, asOfMs, speech } = await requireScored(deps, params['id']!);
      const all = query.all === 'true';
      const items = await attentionList(store, place, { ...query, all }, speech);
      const page = pageOf(items.slice(skipOf(query.after)), query);
      return {
        run: place.runId,
        asOfMs,
        total: items.length,
        items: page.rows,
        next: page.next,
      };
    },
  }),
];
