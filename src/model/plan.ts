import * as z from 'zod';
import { goalRate } from './goal-rate.ts';

/** Object under which plans that are kept here stand beside those of the CRM. */
export const OWN_PLANS = 'headwater_plan';

/**
 * Targets, and promises with a date, of one plan. Nobody agrees to more; beyond it a plan is a
 * finding, is not scored and has no memory, since each of its revisions holds them all.
 */
export const MAX_PLAN_PARTS = 200;

/** Whether a plan has more targets or promises than one is scored with. */
export const tooLarge = (plan: { targets: unknown[]; milestones: unknown[] }): boolean =>
  plan.targets.length > MAX_PLAN_PARTS || plan.milestones.length > MAX_PLAN_PARTS;

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day as YYYY-MM-DD');
const side = z.enum(['partner', 'vendor']);

const planTarget = z.strictObject({
  metric: z.string().min(1).max(120),
  goal: z.number(),
  /** The goal is for each of these; left out, it is for the whole period. */
  per: goalRate.optional(),
  side: side.default('partner'),
  weight: z.number().min(0).optional(),
  label: z.string().max(255).optional(),
  /** Least amount of a deal that counts. */
  above: z.number().min(0).optional(),
});

const planMilestone = z.strictObject({
  label: z.string().min(1).max(255),
  side: side.default('partner'),
  due: day.optional(),
  done: day.optional(),
});

/**
 * One joint plan as people write it. `period` (2026, FY2027, 2026 Q4, H1 2026, a month, or two
 * days) or `start` and `end`.
 */
export const planShape = z.strictObject({
  /** CRM id or name. */
  partner: z.string().min(1).max(255),
  name: z.string().max(255).optional(),
  period: z.string().max(60).optional(),
  start: day.optional(),
  end: day.optional(),
  status: z.string().max(60).optional(),
  owner: z.string().max(255).optional(),
  partnerOwner: z.string().max(255).optional(),
  review: day.optional(),
  targets: z.array(planTarget).max(MAX_PLAN_PARTS).default([]),
  milestones: z.array(planMilestone).max(MAX_PLAN_PARTS).default([]),
});

export const plansDocument = z.strictObject({
  version: z.literal(1),
  plans: z.array(planShape).max(50_000),
});
export type PlanInput = z.infer<typeof planShape>;

/**
 * Something about a plan that a person should know or put right. Errors keep it from being kept.
 */
export interface PlanFinding {
  severity: 'error' | 'warning';
  code: string;
  message: string;
  cure: string | null;
  /** Place in the file, 1-based; null = it is no file's. */
  line: number | null;
  column: number | null;
  /** Which target of the plan it is about, from 0; left out where it is about the whole. */
  target?: number;
}

/**
 * A goal that a score is about: reporting currency, what is expected of it (1 = all), its period.
 */
export interface PlanGoal {
  goal: number;
  reached: number;
  fromMs: number;
  dueMs: number;
}
