import * as z from 'zod';
import { planShape } from '../../../model/plan.ts';
import { keepPreviewed, previewPlans, shownPlan } from '../../../sync/measure/plan-import.ts';
import {
  approvePlan,
  findingsOfPlans,
  revisionSteps,
  standingPlans,
} from '../../../sync/measure/plan-look.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { next, pageOf, paging, skipOf } from '../shapes/common.ts';
import { planChange, planRevision, planTerms } from '../shapes/plan.ts';
import { askedPartner } from '../asked-partner.ts';

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

/** As many as are asked for; what comes behind them is not read. */
async function upTo<T>(rows: AsyncGenerator<T>, most: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const row of rows) if (taken.push(row) >= most) break;
  return taken;
}

export const planRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/plans',
    summary: 'Joint plans as agreed, today or at the end of a day',
    scope: 'read',
    query: z.strictObject({
      ...paging,
      partner: z
        .string()
        .max(255)
        .optional()
        .describe('Account of the partner, or part of its name'),
      plan: z.string().max(255).optional().describe('Id of one plan'),
      asOf: day.describe('Only plans that were known by the end of this day, UTC, as they stood'),
    }),
    response: z.object({
      plans: z.array(
        z.object({
          partnerId: z.string(),
          partner: z.string(),
          revision: z.number().nullable(),
          proposed: z
            .object({ revision: z.number(), at: z.string() })
            .nullable()
            .describe('A later revision that nobody has approved'),
          plan: planTerms,
        }),
      ),
      next,
    }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const { plan, asOf } = query;
      const partner =
        query.partner === undefined
          ? undefined
          : await askedPartner(deps, store, params['id']!, query.partner);
      const byMs = asOf === undefined ? undefined : Date.parse(`${asOf}T23:59:59.999Z`);
      const wanted = { partner, plan, byMs };
      const skip = skipOf(query.after);
      const found = await upTo(
        standingPlans(store, params['id']!, wanted, deps.nowMs()),
        skip + query.limit + 1,
      );
      const page = pageOf(found.slice(skip), query);
      return {
        plans: page.rows.map(({ plan: terms, ...one }) => ({ ...one, plan: { ...terms } })),
        next: page.next,
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/plans/findings',
    summary: 'What a person should know or put right about the plans, the reviews due among it',
    scope: 'read',
    query: z.strictObject(paging),
    response: z.object({
      plans: z.number().describe('How many plans there are'),
      findings: z.array(
        z.object({
          severity: z.enum(['error', 'warning']),
          code: z.string(),
          message: z.string(),
          cure: z.string().nullable(),
          planId: z.string().nullable().describe('Null: of a row that became part of no plan'),
          plan: z.string().nullable(),
          partnerId: z.string().nullable(),
          partner: z.string().nullable(),
          row: z
            .object({ object: z.string(), id: z.string() })
            .nullable()
            .describe('The row of the CRM that was refused'),
        }),
      ),
      next,
    }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const { plans, findings } = await findingsOfPlans(store, params['id']!, deps.nowMs());
      const page = pageOf(findings.slice(skipOf(query.after)), query);
      return { plans, findings: page.rows, next: page.next };
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
      const revisions = await revisionSteps(store, params['id']!, params['plan']!);
      if (revisions.length === 0)
        throw new Problem(404, 'NO_PLAN', `there is no plan "${params['plan']}"`);
      return { revisions };
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
    response: z.object({ plan: z.string(), revision: z.number(), approvedAt: z.string() }),
    handle: async ({ deps, params, body }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const { id, plan } = params;
      const done = await approvePlan(store, id!, plan!, body, deps.nowMs());
      if (done !== null) return done;
      throw new Problem(404, 'NO_PLAN', `there is no such revision of "${plan}"`);
    },
  }),
];
