import * as z from 'zod';
import { FUND_DECISIONS, FUND_GROUPS } from '../../../model/fund.ts';
import { fundReturns } from '../../../predict/index.ts';
import { decideFund, fundFindings, fundList, proposedFunds } from '../../../sync/measure/funds.ts';
import { requireScored } from '../places.ts';
import { route, type Route } from '../route.ts';
import { iso, next, pageOf, paging, skipOf, time } from '../shapes/common.ts';
import { fund, fundFinding, fundProposal, fundReturn } from '../shapes/fund.ts';

const about = { run: z.string(), asOf: time, currency: z.string(), total: z.number() };

export const fundRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/funds',
    summary: 'Campaigns with partners: what they cost and what came of them, the newest first',
    scope: 'read',
    query: z.strictObject({ by: z.enum(FUND_GROUPS).default('activity'), ...paging }),
    response: z.object({ ...about, returns: z.array(fundReturn), funds: z.array(fund), next }),
    handle: async ({ deps, params, query }) => {
      const { store, place, asOfMs, currency } = await requireScored(deps, params['id']!);
      const all = await fundList(store, place, { asOfMs, currency });
      const page = pageOf(all.slice(skipOf(query.after)), query);
      return {
        ...{ run: place.runId, asOf: iso(asOfMs), currency, total: all.length },
        returns: fundReturns(all, (one) => one[query.by]),
        funds: page.rows,
        next: page.next,
      };
    },
  }),
  route({
    method: 'post',
    path: '/v1/connections/{id}/funds/{fund}/decisions',
    summary: 'Note what was decided of a campaign, by whom and why; nothing is paid or written',
    scope: 'admin',
    body: z.strictObject({
      decision: z.enum(FUND_DECISIONS),
      by: z.string().min(1).max(200),
      why: z.string().min(1).max(2000),
    }),
    response: z.object({ fund }),
    handle: async ({ deps, params, body }) => {
      const { store, place, asOfMs, currency } = await requireScored(deps, params['id']!);
      const decision = { ...body, atMs: deps.nowMs() };
      const at = { asOfMs, currency };
      return { fund: await decideFund(store, place, at, params['fund']!, decision) };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/funds/proposals',
    summary: 'With whom the next campaign is expected to bring most, and campaigns to look at',
    scope: 'read',
    query: z.strictObject({ ...paging }),
    response: z.object({
      ...about,
      proposals: z.array(fundProposal),
      findings: z.array(fundFinding),
      next,
    }),
    handle: async ({ deps, params, query }) => {
      const { store, place, asOfMs, currency } = await requireScored(deps, params['id']!);
      const all = await proposedFunds(store, place, { asOfMs, currency });
      const page = pageOf(all.slice(skipOf(query.after)), query);
      return {
        ...{ run: place.runId, asOf: iso(asOfMs), currency, total: all.length },
        proposals: page.rows,
        findings: await fundFindings(store, place, { asOfMs, currency }),
        next: page.next,
      };
    },
  }),
];
