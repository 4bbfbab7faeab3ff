import * as z from 'zod';
import { routeAll, wantedOfDeal } from '../../../sync/measure/routing.ts';
import { spelt } from '../asked-partner.ts';
import { requireScored } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';

const word = z.string().nullable();
const named = { id: z.string(), name: z.string() };
const counted = { n: z.number(), won: z.number() };

const proposal = z.object({
  ...{ name: z.string(), dealId: word, partnerId: word.describe('Account of whoever has it now') },
  ...{ product: word, industry: word, region: word },
  unknown: z.array(z.enum(['product', 'industry', 'region'])),
  ranked: z.array(
    z.object({
      ...named,
      ...{ probability: z.number(), low: z.number(), high: z.number(), ...counted },
      terms: z.array(
        z.object({
          of: z.enum(['record', 'product', 'industry', 'region']),
          logOdds: z.number(),
          ...counted,
        }),
      ),
      ...{ certificates: z.array(z.string()), open: z.number() },
    }),
  ),
  refused: z.array(
    z.object({
      ...named,
      refusals: z.array(
        z.object({
          rule: z.enum(['territory', 'exclusion', 'protection', 'exposure']),
          why: z.string(),
        }),
      ),
    }),
  ),
});

export const routingRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/routing',
    summary:
      'Partners for an open deal, the likeliest to win first, with every rule; assigns nothing',
    scope: 'read',
    query: z.strictObject({ deal: z.string().min(1).max(200) }),
    response: z.object({
      asOfMs: z.number(),
      rulesOfNobody: z.array(z.string()).describe('What rules name and nobody is'),
      proposals: z.array(proposal),
    }),
    handle: async ({ deps, params, query }) => {
      const { store, place, asOfMs } = await requireScored(deps, params['id']!);
      const ids = await spelt(deps, store, place.connectionId, query.deal);
      const wanted = await wantedOfDeal(store, place, ids);
      if (wanted === null) throw new Problem(404, 'NO_DEAL', `there is no deal "${query.deal}"`);
      return await routeAll(store, place, asOfMs, [wanted]);
    },
  }),
];
