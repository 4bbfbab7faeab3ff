import * as z from 'zod';
import { creditView, explainCredit, latestCredit } from '../../../store/credit-views.ts';
import { decideConflict } from '../../../store/claim-decisions.ts';
import { findConflict } from '../../../store/credit.ts';
import type { Store } from '../../../store/store.ts';
import { conflictList } from '../../../sync/measure/conflict-list.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { next, pageOf, paging, placeAfter, skipOf } from '../shapes/common.ts';
import {
  bookEntry,
  conflict,
  creditedPartner,
  creditSummary,
  explainedDeal,
  shownConflict,
} from '../shapes/credit.ts';
import { LONGEST_YEAR_MS } from '../../../model/time.ts';

/** Real runs only: what a dry run found is nobody's credit. */
const placeOf = (id: string) => ({ rowsId: id, resultsId: id });

async function latestOf(store: Store, id: string) {
  const latest = await latestCredit<z.infer<typeof creditSummary>>(store, placeOf(id));
  if (latest === null) throw new Problem(404, 'NO_CREDIT', 'no run has credited anything yet');
  return latest;
}

export const creditRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/credit',
    summary: 'What each partner sourced and influenced, corrections of a year, conflicts',
    scope: 'read',
    query: z.strictObject({ ...paging, limit: paging.limit.default(200) }),
    response: z.object({
      runId: z.string(),
      asOfMs: z.number(),
      credit: creditSummary,
      partners: z.array(creditedPartner),
      corrections: z.array(bookEntry),
      conflicts: z.array(conflict),
      next: next.describe('Of all three lists; null = none goes on'),
    }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const latest = await latestOf(store, params['id']!);
      const skip = skipOf(query.after);
      const { more, ...lists } = await creditView(
        store,
        placeOf(params['id']!),
        latest.asOfMs - LONGEST_YEAR_MS,
        { skip, limit: query.limit },
      );
      return { ...latest, ...lists, next: more ? placeAfter(query) : null };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/credit/reconcile',
    summary: 'Sourced + direct = won by period, product, region and currency, with any difference',
    scope: 'read',
    response: z.object({ runId: z.string(), asOfMs: z.number(), credit: creditSummary }),
    handle: async ({ deps, params }) => {
      const { store } = await requirePlace(deps, params['id']!);
      return await latestOf(store, params['id']!);
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/credit/conflicts',
    summary: 'Conflicts between partners, what is due first, each with what the rules propose',
    scope: 'read',
    query: z.strictObject({ ...paging }),
    response: z.object({
      conflicts: z.array(shownConflict),
      medianDaysToDecision: z.number().nullable(),
      decided: z.number(),
      next,
    }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const list = await conflictList(store, params['id']!, deps.nowMs());
      const page = pageOf(list.conflicts.slice(skipOf(query.after)), query);
      return { ...list, conflicts: page.rows, next: page.next };
    },
  }),
  route({
    method: 'post',
    path: '/v1/connections/{id}/credit/conflicts/{conflict}',
    summary: 'Decide a conflict for one of its partners, or take one of its registrations up again',
    scope: 'admin',
    body: z
      .strictObject({
        for: z.string().min(1).optional(),
        appeal: z.string().min(1).optional(),
        by: z.string().min(1).max(200),
        why: z.string().min(1).max(2000),
      })
      .refine((body) => (body.for === undefined) !== (body.appeal === undefined), {
        message: 'needs either `for` or `appeal`',
      }),
    response: z.object({ conflict }),
    handle: async ({ deps, params, body }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const { resultsId } = placeOf(params['id']!);
      const key = params['conflict']!;
      if ((await findConflict(store, resultsId, key)) === null)
        throw new Problem(404, 'NO_CONFLICT', `there is no conflict ${key}`);
      return {
        conflict: { ...(await decideConflict(store, resultsId, key, body, deps.nowMs())) },
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/credit/explain',
    summary: 'Whose win a deal is, by id or part of a name, with every rule and its evidence',
    scope: 'read',
    query: z.strictObject({ deal: z.string().min(1) }),
    response: z.object({ deals: z.array(explainedDeal) }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      return { deals: await explainCredit(store, placeOf(params['id']!), query.deal) };
    },
  }),
];
