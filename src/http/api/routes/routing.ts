import * as z from 'zod';
import { wantedOfLead } from '../../../sync/measure/lead.ts';
import { planSettings } from '../../../sync/measure/plan-import.ts';
import { routeAll, wantedOfDeal, type Wanted } from '../../../sync/measure/routing.ts';
import { spelt } from '../asked-partner.ts';
import type { AppDeps } from '../deps.ts';
import { requirePlace, requireScored } from '../places.ts';
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

/** A lead of the CRM. Errors: `config` where this host reaches none. */
async function leadOf(deps: AppDeps, id: string, ids: string[]): Promise<Wanted | null> {
  const { database, store } = await requirePlace(deps, id);
  const session = await deps.orgs?.open(database, id);
  if (session === undefined) throw new Problem(409, 'NO_ORG', 'this host reaches no CRM by itself');
  try {
    return await wantedOfLead(session, (await planSettings(store, id)).routing.leads, ids);
  } finally {
    await session.close();
  }
}

export const routingRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/routing',
    summary:
      'Partners for an open deal, the likeliest to win first, with every rule; assigns nothing',
    scope: 'read',
    query: z
      .strictObject({
        deal: z.string().min(1).max(200).optional(),
        lead: z.string().min(1).max(200).optional().describe('As it stands in the CRM now'),
      })
      .refine(({ deal, lead }) => (deal === undefined) !== (lead === undefined), {
        message: 'needs either `deal` or `lead`',
      }),
    response: z.object({
      asOfMs: z.number(),
      rulesOfNobody: z.array(z.string()).describe('What rules name and nobody is'),
      proposals: z.array(proposal),
    }),
    handle: async ({ deps, params, query }) => {
      const { store, place, asOfMs } = await requireScored(deps, params['id']!);
      const typed = query.deal ?? query.lead!;
      const ids = await spelt(deps, store, place.connectionId, typed);
      const wanted =
        query.deal === undefined
          ? await leadOf(deps, params['id']!, ids)
          : await wantedOfDeal(store, place, ids);
      if (wanted === null) throw new Problem(404, 'NO_DEAL', `there is no deal or lead "${typed}"`);
      return await routeAll(store, place, asOfMs, [wanted]);
    },
  }),
];
