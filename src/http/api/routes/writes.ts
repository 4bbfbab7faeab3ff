import * as z from 'zod';
import { outputShape } from '../../../model/outputs.ts';
import { plannedPartners } from '../../../store/plan-partners.ts';
import { countPlan, plannedRecords } from '../../../store/plan-view.ts';
import { spokenSettings } from '../../../sync/measure/spoken.ts';
import { wordsOf } from '../../../sync/write/field-words.ts';
import { shownPlan } from '../../../sync/write/plan-rows.ts';
import { route, type Route } from '../route.ts';
import { next, pageOf, paging, skipOf } from '../shapes/common.ts';
import { requireRun, runShape, shownRun } from '../shapes/run.ts';
import { crmValue, filterOf, writeQuery, writeState } from '../shapes/write.ts';

const unit = z
  .enum(['percent', 'money', 'count'])
  .nullable()
  .describe('What its number counts; null = it is no number');
const currency = z.string().describe('Of every amount of money');
const row = z.object({
  object: z.string(),
  recordId: z.string(),
  name: z.string(),
  partnerId: z.string().nullable(),
  partnerName: z.string().nullable(),
  field: z.string(),
  label: z.string().describe('The field as people call it'),
  output: z.string().nullable(),
  unit,
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
  unit,
  state: writeState,
  reason: z.string().nullable(),
  firstWrites: z.number(),
  fields: z.number(),
  records: z.number(),
});

const plannedPartner = z.object({
  id: z.string(),
  name: z.string(),
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
    response: z.object({ run: runShape, currency, rows: z.array(row), next }),
    handle: async ({ deps, params, query }) => {
      const { database, store, run } = await requireRun(deps, params['id']!);
      const found = await shownPlan(store, run, await filterOf(store, run, query), {
        order: query.order,
        skip: skipOf(query.after),
        limit: query.limit + 1,
      });
      const page = pageOf(found, query);
      const { reportingCurrency } = await spokenSettings(store, run.connectionId);
      return {
        run: shownRun(run, database),
        currency: reportingCurrency,
        rows: page.rows,
        next: page.next,
      };
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
      const counts = await countPlan(store, run, filter);
      return {
        run: shownRun(run, database),
        records: await plannedRecords(store, run, filter),
        fields: counts.reduce((sum, one) => sum + one.fields, 0),
        counts: counts.map((one) => {
          const known = words.get(`${one.object}/${one.field}`);
          const shape = known === undefined ? undefined : outputShape(known.output);
          return { ...one, label: known?.label ?? one.field, unit: shape?.unit ?? null };
        }),
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/runs/{id}/writes/partners',
    summary: 'The partners that a run writes of, with how much, most fields first',
    scope: 'read',
    query: z.strictObject(writeQuery),
    response: z.object({ partners: z.array(plannedPartner) }),
    handle: async ({ deps, params, query }) => {
      const { store, run } = await requireRun(deps, params['id']!);
      return { partners: await plannedPartners(store, run, await filterOf(store, run, query)) };
    },
  }),
];
