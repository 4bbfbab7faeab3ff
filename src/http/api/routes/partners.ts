import * as z from 'zod';
import {
  PARTNER_ORDERS,
  partnerChoices,
  partnerRow,
  partnerRows,
  scoreBefore,
  type PartnerRow,
} from '../../../store/partner-views.ts';
import { creditOfPartner } from '../../../store/forecast-views.ts';
import { latestForecast } from '../../../store/results.ts';
import type { Store } from '../../../store/store.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { iso, next, pageOf, paging, skipOf, time } from '../shapes/common.ts';
import { partnerScore } from '../shapes/score.ts';
import { factSources, sourcesOf } from './fact-sources.ts';
import { WEEK_MS } from '../../../model/time.ts';

const partner = z.object({
  id: z.string(),
  accountId: z.string().describe('What deals and plans call the partner'),
  name: z.string(),
  type: z.string().nullable(),
  tier: z.string().nullable(),
  region: z.string().nullable(),
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
});
const choice = z.array(z.object({ value: z.string(), label: z.string() }));
const from = { run: z.string(), asOf: time, currency: z.string() };

async function newest(store: Store, id: string) {
  const found = await latestForecast(store, id);
  if (found === null) throw new Problem(404, 'NO_SCORES', 'no run has scored anybody yet');
  const { asOfMs, currency } = found.forecast;
  return { run: found.runId, asOf: iso(asOfMs), currency, asOfMs };
}

const withoutScore = ({ score: _, ...row }: PartnerRow) => row;

export const partnerRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/partners',
    summary: 'Scored partners, most money at stake first',
    scope: 'read',
    query: z.strictObject({
      ...paging,
      order: z.enum(PARTNER_ORDERS).default('stake'),
      name: z.string().min(1).max(200).optional().describe('Part of a name'),
      tier: z.string().optional(),
      region: z.string().optional(),
      owner: z.string().optional(),
    }),
    response: z.object({
      ...from,
      partners: z.array(partner.extend({ score: partnerScore })),
      next,
    }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const { asOfMs: _, ...head } = await newest(store, params['id']!);
      const found = await partnerRows(
        store,
        params['id']!,
        head.run,
        {
          name: query.name ?? null,
          tier: query.tier ?? null,
          region: query.region ?? null,
          ownerId: query.owner ?? null,
        },
        { order: query.order, skip: skipOf(query.after), limit: query.limit + 1 },
      );
      const page = pageOf(found, query);
      return { ...head, partners: page.rows, next: page.next };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/partner-choices',
    summary: 'The tiers, regions and owners that a list of partners can be narrowed to',
    scope: 'read',
    response: z.object({ tiers: choice, regions: choice, owners: choice }),
    handle: async ({ deps, params }) => {
      const { store } = await requirePlace(deps, params['id']!);
      return await partnerChoices(store, params['id']!);
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/partners/{partner}',
    summary: 'One partner, by the id of its record or account, with its score a week ago',
    scope: 'read',
    response: z.object({
      ...from,
      partner,
      score: partnerScore,
      before: partnerScore.nullable().describe('The last score that is a week old or older'),
      credit: z
        .object({ sourced: z.number(), influenced: z.number() })
        .nullable()
        .describe('Of the fiscal year, in cents of the reporting currency'),
      ...factSources,
    }),
    handle: async ({ deps, params }) => {
      const id = params['id']!;
      const { store } = await requirePlace(deps, id);
      const { asOfMs, ...head } = await newest(store, id);
      const found = await partnerRow(store, id, head.run, params['partner']!);
      if (found === null)
        throw new Problem(404, 'NO_PARTNER', `there is no scored partner "${params['partner']}"`);
      return {
        ...head,
        partner: withoutScore(found),
        score: found.score,
        before: await scoreBefore(store, id, found.score.partnerId, asOfMs - WEEK_MS + 1),
        credit: await creditOfPartner(store, id, found.accountId),
        ...(await sourcesOf(store, id, 'partner', found.score.object, found.id)),
      };
    },
  }),
];
