import * as z from 'zod';
import { outputShape } from '../../../model/outputs.ts';
import { countPlan, planSize } from '../../../store/plan-view.ts';
import { wordsOf } from '../../../sync/write/field-words.ts';
import { shownPlan } from '../../../sync/write/plan-rows.ts';
import { route, type Route } from '../route.ts';
import { next, pageOf, paging, skipOf } from '../shapes/common.ts';
import { requireRun, runShape, shownRun } from '../shapes/run.ts';
import { crmValue, filterOf, writeQuery, writeState } from '../shapes/write.ts';

const row = z.object({
  object: z.string(),
  recordId: z.string(),
  name: z.string(),
  partnerId: z.string().nullable(),
  partnerName: z.string().nullable(),
  field: z.string(),
  label: z.string().describe('The field as people call it'),
  output: z.string().nullable(),
  from: crmValue,
  to: crmValue,
  low: z.number().nullable().describe('The 80% band around the new number'),
  high: z.number().nullable(),
  move: z.number().nullable().describe('How far the number moves; null = it is no number'),
  state: writeState,
  reason: z.string().nullable().describe('Why it changes, or what keeps it'),
});
const count = z.object({
  object: z.string(),
  field: z.string(),
  label: z.string(),
  unit: z.string().nullable(),
  state: writeState,
  reason: z.string().nullable(),
  firstWrites: z.number(),
  fields: z.number(),
  records: z.number(),
});

export const writeRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/runs/{id}/writes',
    summary: 'What a run writes or would write, field by field, with before and after',
    scope: 'read',
    query: z.strictObject({
      ...paging,
      ...writeQuery,
      order: z.enum(['largest', 'record']).default('largest'),
    }),
    response: z.object({ run: runShape, rows: z.array(row), next }),
    handle: async ({ deps, params, query }) => {
      const { database, store, run } = await requireRun(deps, params['id']!);
      const found = await shownPlan(store, run, await filterOf(store, run, query), {
        order: query.order,
        skip: skipOf(query.after),
        limit: query.limit + 1,
      });
      const page = pageOf(found, query);
      return { run: shownRun(run, database), rows: page.rows, next: page.next };
    },
  }),
  route({
    method: 'get',
    path: '/v1/runs/{id}/writes/counts',
    summary: 'How many fields a run writes or would write, by object, field and what becomes of it',
    scope: 'read',
    query: z.strictObject(writeQuery),
    response: z.object({
      run: runShape,
      records: z.number(),
      fields: z.number(),
      counts: z.array(count),
    }),
    handle: async ({ deps, params, query }) => {
      const { database, store, run } = await requireRun(deps, params['id']!);
      const filter = await filterOf(store, run, query);
      const words = await wordsOf(store, run);
      return {
        run: shownRun(run, database),
        ...(await planSize(store, run, filter)),
        counts: (await countPlan(store, run, filter)).map((one) => {
          const known = words.get(`${one.object}/${one.field}`);
          const type = known === undefined ? undefined : outputShape(known.output)?.type;
          return { ...one, label: known?.label ?? one.field, unit: type ?? null };
        }),
      };
    },
  }),
];
