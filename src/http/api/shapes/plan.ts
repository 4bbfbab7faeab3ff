import * as z from 'zod';

/** A joint plan and its revisions (src/model/facts.ts). */

const side = z.string().describe('partner or vendor');
const target = z.looseObject({
  id: z.string(),
  side,
  metric: z.string(),
  goal: z.number(),
  weight: z.number(),
  label: z.string(),
});
const milestone = z.looseObject({
  id: z.string(),
  label: z.string(),
  side,
  dueOn: z.string().nullable(),
});

/** A plan as it is agreed. */
export const planTerms = z.looseObject({
  id: z.string(),
  name: z.string(),
  startOn: z.string(),
  endOn: z.string(),
  status: z.string().nullable(),
  targets: z.array(target.extend({ actual: z.number().nullable() })),
  milestones: z.array(milestone.extend({ doneOn: z.string().nullable() })),
});

/** One thing that an earlier revision says otherwise. */
export const planChange = z.object({
  what: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

export const planRevision = z.object({
  revision: z.number(),
  at: z.string(),
  by: z.string().nullable().describe('null = seen in the CRM, which does not say'),
  why: z.string().nullable(),
  approvedBy: z.string().nullable(),
  changes: z.array(planChange),
});
