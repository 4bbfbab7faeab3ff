import * as z from 'zod';
import { cosellOf } from '../../../sync/measure/cosell.ts';
import { jointDeal as findJointDeal, sharedDealFields } from '../../../sync/measure/joint-deal.ts';
import { syncedMapping } from '../../../sync/measure/plan-import.ts';
import { spelt } from '../asked-partner.ts';
import { requirePlace, requireScored } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { iso, time } from '../shapes/common.ts';
import { cosell, jointDeal } from '../shapes/cosell.ts';

const noDeal = (id: string): Problem => new Problem(404, 'NO_DEAL', `there is no deal "${id}"`);

export const cosellRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/cosell',
    summary: 'Pairs of partners that complement each other on an open deal; assigns nobody',
    scope: 'read',
    query: z.strictObject({ deal: z.string().min(1).max(200) }),
    response: z.object({ run: z.string(), asOf: time, cosell }),
    handle: async ({ deps, params, query: { deal } }) => {
      const { store, place, asOfMs } = await requireScored(deps, params['id']!);
      const ids = await spelt(deps, store, place.connectionId, deal);
      const found = await cosellOf(store, place, asOfMs, ids);
      if (found === null) throw noDeal(deal);
      return { run: place.runId, asOf: iso(asOfMs), cosell: found };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/shared-deals/{deal}',
    summary: 'A deal as a partner on it may see it, for a portal',
    scope: 'shared',
    query: z.strictObject({
      partner: z.string().min(1).max(200).describe('Account of the partner who looks at it'),
    }),
    response: z.object({ deal: jointDeal }),
    handle: async ({ deps, params, query: { partner } }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const [ids, accounts] = [
        await spelt(deps, store, params['id']!, params['deal']!),
        await spelt(deps, store, params['id']!, partner),
      ];
      for (const account of accounts) {
        const deal = await findJointDeal(store, params['id']!, ids, account);
        if (deal !== null) return { deal };
      }
      throw noDeal(params['deal']!);
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/shared-deal-fields',
    summary: 'Fields of the CRM that hold what a partner may see of a deal',
    scope: 'read',
    response: z.object({
      objects: z.array(z.object({ object: z.string(), fields: z.array(z.string()) })),
    }),
    handle: async ({ deps, params }) => {
      const { store } = await requirePlace(deps, params['id']!);
      return { objects: sharedDealFields(await syncedMapping(store, params['id']!)) };
    },
  }),
];
