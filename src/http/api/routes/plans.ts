import * as z from 'zod';
import type { PlanFacts } from '../../../model/facts.ts';
import { planShape } from '../../../model/plan.ts';
import { agreedPlan } from '../../../predict/index.ts';
import { planPages, plansOf } from '../../../store/keep-plans.ts';
import { approveRevision, revisionsOf } from '../../../store/plan-revisions.ts';
import { changedTerms } from '../../../sync/measure/plan-diff.ts';
import {
  keepPreviewed,
  planSettings,
  previewPlans,
  shownPlan,
} from '../../../sync/measure/plan-import.ts';
import type { Store } from '../../../store/store.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { next, pageOf, paging, skipOf } from '../shapes/common.ts';
import { planChange, planRevision, planTerms } from '../shapes/plan.ts';

/** Plans that one request may bring; a larger company sends several. */
const MAX_PLANS = 2000;
const finding = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  cure: z.string().nullable(),
  line: z.number().nullable().describe('Number of the plan in the request, from 1'),
  target: z.number().optional().describe('Which of its targets, from 0'),
});
const kept = z.object({
  plans: z.array(
    z.object({
      id: z.string(),
      partner: z.string(),
      name: z.string(),
      startOn: z.string(),
      endOn: z.string(),
      targets: z.number(),
      milestones: z.number(),
      state: z.enum(['new', 'changed', 'same']),
      changes: z.array(planChange).describe('What differs from the last revision'),
    }),
  ),
  findings: z.array(finding),
  kept: z.number(),
  revised: z.number(),
});
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .optional();

interface Asked {
  /** Account of the partner; null = of all. */
  partner: string | null;
  /** Only plans that were known by then; null = all that stand. */
  byMs: number | null;
  skip: number;
  limit: number;
}

/** A page of the plans, read no further than it takes. */
async function plansKnown(
  store: Store,
  connectionId: string,
  { partner, byMs, skip, limit }: Asked,
): Promise<{ partnerId: string; one: PlanFacts }[]> {
  const found: { partnerId: string; one: PlanFacts }[] = [];
  const pages =
    partner === null
      ? planPages(store, connectionId)
      : [await plansOf(store, connectionId, [partner])];
  for await (const page of pages) {
    const plans = [...page].flatMap(([partnerId, own]) => own.map((one) => ({ partnerId, one })));
    const known = ({ one }: { one: PlanFacts }): boolean =>
      byMs === null || (one.revisions ?? []).some((revision) => revision.atMs <= byMs);
    found.push(...plans.filter(known));
    if (found.length >= skip + limit) break;
  }
  return found.slice(skip, skip + limit);
}

export const planRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/plans',
    summary: 'Joint plans as agreed, today or at the end of a day',
    scope: 'read',
    query: z.strictObject({
      ...paging,
      partner: z.string().optional().describe('Account of the partner'),
      asOf: day,
    }),
    response: z.object({
      plans: z.array(
        z.object({
          partnerId: z.string(),
          revision: z.number().nullable(),
          waiting: z.number().nullable().describe('A later revision that nobody has approved'),
          plan: planTerms,
        }),
      ),
      next,
    }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const { timeZone } = await planSettings(store, params['id']!);
      const asOfMs =
        query.asOf === undefined ? deps.nowMs() : Date.parse(`${query.asOf}T23:59:59.999Z`);
      const found = await plansKnown(store, params['id']!, {
        partner: query.partner ?? null,
        byMs: query.asOf === undefined ? null : asOfMs,
        skip: skipOf(query.after),
        limit: query.limit + 1,
      });
      const page = pageOf(found, query);
      return {
        plans: page.rows.map(({ partnerId, one }) => {
          const { plan: agreed, revision, proposed } = agreedPlan(one, asOfMs, timeZone);
          const { revisions: _, ...terms } = agreed;
          return { partnerId, revision, waiting: proposed?.revision ?? null, plan: { ...terms } };
        }),
        next: page.next,
      };
    },
  }),
  route({
    method: 'put',
    path: '/v1/connections/{id}/plans',
    summary: 'Keeps plans: new ones are added, known ones get a revision where they differ',
    scope: 'admin',
    body: z.strictObject({
      plans: z.array(planShape).max(MAX_PLANS),
      by: z.string().min(1).max(120),
      why: z.string().max(500).optional(),
      approved: z.boolean().default(false),
      dryRun: z.boolean().default(false).describe('Only say what would be kept'),
    }),
    response: kept,
    handle: async ({ deps, params, body }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const preview = await previewPlans(
        store,
        params['id']!,
        { kind: 'input', plans: body.plans },
        deps.nowMs(),
      );
      if (preview.faulty && !body.dryRun)
        throw new Problem(
          400,
          'PLANS',
          preview.findings
            .filter((one) => one.severity === 'error')
            .slice(0, 5)
            .map((one) => `plan ${one.line}: ${one.message}`)
            .join('; '),
        );
      const change = { by: body.by, why: body.why ?? null, approved: body.approved };
      const done =
        preview.faulty || body.dryRun
          ? { kept: 0, revised: 0 }
          : await keepPreviewed(store, params['id']!, preview, change, deps.nowMs());
      return {
        plans: preview.plans.map(shownPlan),
        findings: preview.findings.map(({ column: _, ...one }) => one),
        ...done,
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/plans/{plan}/revisions',
    summary: 'Every revision of a plan: who, when, why, and what it changed',
    scope: 'read',
    response: z.object({ revisions: z.array(planRevision) }),
    handle: async ({ deps, params }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const rows = await revisionsOf(store, params['id']!, params['plan']!);
      if (rows.length === 0)
        throw new Problem(404, 'NO_PLAN', `there is no plan "${params['plan']}"`);
      return {
        revisions: rows.map((row, i) => ({
          revision: row.revision,
          at: new Date(row.atMs).toISOString(),
          by: row.byWho,
          why: row.why,
          approvedBy: row.approvedBy,
          changes:
            i === 0 ? [] : changedTerms(JSON.parse(rows[i - 1]!.terms), JSON.parse(row.terms)),
        })),
      };
    },
  }),
  route({
    method: 'post',
    path: '/v1/connections/{id}/plans/{plan}/approve',
    summary: 'Records that both sides agreed to a revision',
    scope: 'admin',
    body: z.strictObject({
      by: z.string().min(1).max(120),
      revision: z.number().int().min(1).optional().describe('The newest when left out'),
    }),
    response: z.object({ plan: z.string(), revision: z.number() }),
    handle: async ({ deps, params, body }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const rows = await revisionsOf(store, params['id']!, params['plan']!);
      const row =
        body.revision === undefined
          ? rows.at(-1)
          : rows.find((one) => one.revision === body.revision);
      if (row === undefined)
        throw new Problem(404, 'NO_PLAN', `there is no such revision of "${params['plan']}"`);
      await store.batch(approveRevision(store, row, body.by, deps.nowMs()));
      return { plan: row.planId, revision: row.revision };
    },
  }),
];
