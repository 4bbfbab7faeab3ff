import * as z from 'zod';
import { breakdownNames } from '../../../store/breakdown-names.ts';
import { findCredit } from '../../../store/credit.ts';
import { DEAL_ORDERS, dealOwners, dealRows, type DealRow } from '../../../store/deal-views.ts';
import { spokenSettings } from '../../../sync/measure/spoken.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { iso, next, pageOf, paging, skipOf, time } from '../shapes/common.ts';
import { dealCredit } from '../shapes/credit.ts';
import { dealScore } from '../shapes/score.ts';
import { factSources, sourcesOf } from './fact-sources.ts';

const deal = z.object({
  id: z.string(),
  object: z.string(),
  name: z.string(),
  partnerId: z.string().nullable().describe('Account of the partner'),
  partnerName: z.string().nullable(),
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  stage: z.string(),
  amount: z.number().nullable().describe('In `currency`, as on the record'),
  currency: z.string().describe('Of the record, or the org’s own where it names none'),
  closeDate: z.string().nullable(),
  createdAt: time,
  closedAt: time,
  state: z.enum(['open', 'won', 'lost']),
  score: dealScore.nullable().describe('Of an open deal'),
});

const shown = ({ createdAtMs, closedAtMs, ...row }: DealRow, own: string) => ({
  ...row,
  currency: row.currency ?? own,
  createdAt: iso(createdAtMs),
  closedAt: iso(closedAtMs),
});
const MAX_IDS = 200;
const NONE = { partnerId: null, ownerId: null, state: null, health: null };
const ALL = { name: null, ...NONE, zombie: false };

export const dealRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/deals',
    summary: 'Deals with the scores of the open ones, most expected money first',
    scope: 'read',
    query: z.strictObject({
      ...paging,
      order: z.enum(DEAL_ORDERS).default('value'),
      name: z.string().min(1).max(200).optional().describe('Part of a name'),
      partner: z.string().optional().describe('Account of the partner'),
      owner: z.string().optional(),
      state: z.enum(['open', 'won', 'lost']).optional(),
      health: z.enum(['on track', 'slipping', 'stalled']).optional(),
      zombie: z
        .enum(['true', 'false'])
        .default('false')
        .describe("Only deals that are open in the CRM alone: an admin's clean-up list"),
      ids: z.string().max(8000).optional().describe('Only these, joined by commas'),
    }),
    response: z.object({ deals: z.array(deal), next }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const found = await dealRows(
        store,
        params['id']!,
        {
          name: query.name ?? null,
          partnerId: query.partner ?? null,
          ownerId: query.owner ?? null,
          state: query.state ?? null,
          health: query.health ?? null,
          zombie: query.zombie === 'true',
          ids: query.ids?.split(',').slice(0, MAX_IDS) ?? null,
        },
        { order: query.order, skip: skipOf(query.after), limit: query.limit + 1 },
      );
      const page = pageOf(found, query);
      const { reportingCurrency } = await spokenSettings(store, params['id']!);
      return { deals: page.rows.map((row) => shown(row, reportingCurrency)), next: page.next };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/deal-owners',
    summary: 'The owners that a list of deals can be narrowed to',
    scope: 'read',
    response: z.object({ owners: z.array(z.object({ value: z.string(), label: z.string() })) }),
    handle: async ({ deps, params }) => {
      const { store } = await requirePlace(deps, params['id']!);
      return { owners: await dealOwners(store, params['id']!) };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/deals/{deal}',
    summary: 'One deal, with its score and whose win it is',
    scope: 'read',
    response: z.object({
      deal,
      reportingCurrency: z.string().describe('Of the amounts in `score`'),
      credit: dealCredit.nullable().describe('Whose win it is; null = it is not won'),
      names: z.record(z.string(), z.string()).describe('Of the partners that credit names'),
      ...factSources,
    }),
    handle: async ({ deps, params }) => {
      const id = params['id']!;
      const { store } = await requirePlace(deps, id);
      const [found] = await dealRows(
        store,
        id,
        { ...ALL, ids: [params['deal']!] },
        { order: 'name', skip: 0, limit: 1 },
      );
      if (found === undefined)
        throw new Problem(404, 'NO_DEAL', `there is no deal "${params['deal']}"`);
      const credit = (await findCredit(store, id, found.id))?.credit ?? null;
      const partners = (credit?.rows ?? []).map(({ partnerId }) => partnerId);
      const { reportingCurrency } = await spokenSettings(store, id);
      return {
        ...{ deal: shown(found, reportingCurrency), reportingCurrency, credit },
        names: await breakdownNames(store, id, partners),
        ...(await sourcesOf(store, id, 'deal', found.object, found.id)),
      };
    },
  }),
];
