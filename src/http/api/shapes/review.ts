import * as z from 'zod';
import { partnerChange } from './change.ts';
import { distribution } from './score.ts';

/** What a review is held over (src/model/review.ts). */

const side = z.enum(['partner', 'vendor']);
const measured = z.looseObject({
  ...{ side, label: z.string(), metric: z.string(), unit: z.string().nullable() },
  goal: z.number(),
  actual: z.number().nullable(),
  pace: z.number().nullable().describe('Attainment over what is expected by now; 1 = on pace'),
});
const promise = z.object({
  ...{ side, label: z.string(), dueOn: z.string(), overdueDays: z.number() },
});
const deal = z.object({
  ...{ id: z.string(), name: z.string(), stage: z.string() },
  amount: z.number().nullable(),
  closeDate: z.string().nullable(),
});
const proposal = z.object({
  ...{ side, metric: z.string(), label: z.string(), unit: z.string().nullable() },
  proposed: z.number(),
});

/** What both sides may see, field by field. */
export const sharedReview = z.object({
  summary: z.array(z.string()).describe('The period in three sentences'),
  partner: z.object({ name: z.string() }),
  period: z.object({ label: z.string(), startOn: z.string(), endOn: z.string() }),
  asOf: z.string(),
  currency: z.string(),
  plan: z.object({ name: z.string() }).nullable(),
  targets: z.array(measured),
  promises: z.array(promise),
  deals: z.array(deal),
  proposals: z.array(proposal),
});

const share = z.number().nullable();
const stagedDeal = deal.extend({
  ...{ probability: z.number(), expected: z.number() },
  health: z.enum(['on track', 'slipping', 'stalled']),
  stallRisk: share,
  why: z.string().nullable().describe('What weighs on it most'),
});

export const internalReview = z.looseObject({
  summary: z.array(z.string()).describe('The period in three sentences'),
  partnerId: z.string(),
  runId: z.string(),
  forecast: distribution,
  targets: z.array(measured.extend({ why: z.array(z.string()) })),
  changes: partnerChange.nullable().describe('null = there is no earlier run to compare with'),
  stages: z.array(
    z.object({
      ...{ stage: z.string(), amount: z.number(), expected: z.number() },
      ...{ stalled: z.number(), stalledAmount: z.number() },
      deals: z.array(stagedDeal),
    }),
  ),
  coaching: z.array(
    z.looseObject({ name: z.string(), text: z.string(), evidence: z.string(), effect: z.string() }),
  ),
  proposals: z.array(
    proposal.extend({
      before: z.number().nullable(),
      reach: share.describe("The partner's own chance to reach it"),
      difficulty: share.describe('The chance of a usual partner of like size'),
      basis: z.string(),
    }),
  ),
});
