import * as z from 'zod';
import type { DealScore, PartnerScore } from '../../../model/score.ts';
import { partnerClass } from './class.ts';
import { tierStanding } from './tier.ts';
import { partnerFit } from './profile.ts';
import { customerValue, partnerReturn } from './returns.ts';
import { c3, partnerHealth } from './traits.ts';
import { enablementKept } from './enablement.ts';
import { partnerValue } from './worth.ts';

/** The model's own results (src/model/score.ts), as the OpenAPI document shows them. */

const reason = z.object({ code: z.string(), points: z.number(), text: z.string() });
const event = z.object({
  kind: z.enum(['plan-target', 'repeat', 'won-by']),
  text: z.string(),
  fromMs: z.number(),
  dueMs: z.number(),
  goal: z.number().nullable(),
});
const nextAction = z
  .looseObject({
    rule: z.string(),
    text: z.string(),
    stake: z.number().optional().describe('Money at stake, reporting currency'),
    evidence: z.string().optional(),
    effect: z
      .object({ points: z.number().nullable(), text: z.string() })
      .optional()
      .describe('An association, in points of 100; null = none, the text says why'),
    effort: z.enum(['minutes', 'hour', 'days']).optional(),
    expiresOn: z.string().optional().describe('Last day on which it is worth doing'),
    dealId: z.string().nullish().describe('The open deal that the text names'),
  })
  .nullable();
export const distribution = z.object({
  mean: z.number(),
  p10: z.number(),
  p50: z.number(),
  p90: z.number(),
});
export const kpi = z.object({
  kpi: z.string(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  evidence: z.number(),
  note: z.string().nullable(),
  littleEvidence: z.boolean().optional().describe('An estimate from few deals'),
});
const planPart = z.object({
  targetId: z.string(),
  label: z.string(),
  metric: z.string(),
  unit: z.string().nullable(),
  direction: z.enum(['up', 'down']),
  goal: z.number(),
  actual: z.number().nullable(),
  pace: z.number().nullable(),
  projected: z.number().nullable(),
  gap: z.number().nullable(),
  weight: z.number(),
  noneDue: z.literal(true).exactOptional().describe('A rate of which no case has fallen due yet'),
  note: z.string().nullable(),
});
const planHealth = z.object({
  health: z.number().nullable(),
  vendorHealth: z.number().nullable(),
  plan: z
    .object({ name: z.string(), revision: z.number().nullable(), proposed: z.boolean() })
    .nullable(),
  parts: z.array(planPart),
  vendorParts: z.array(planPart),
  due: z.array(
    z.object({
      side: z.enum(['partner', 'vendor']),
      label: z.string(),
      dueOn: z.string(),
      overdueDays: z.number(),
    }),
  ),
  missing: z.array(z.string()),
});

const scored = {
  object: z.string(),
  modelVersion: z.string(),
  asOfMs: z.number(),
  event,
  low: z.number(),
  high: z.number(),
  evidence: z.number().describe('Past deals behind the number'),
  littleEvidence: z.boolean().optional().describe('Fewer than ten of them'),
  base: z.number(),
  headline: z.string().optional().describe('The score in one sentence'),
  against: z.string().optional().describe('What it is compared with'),
  reasons: z.array(reason),
  nextAction,
};

export const partnerScore = z.looseObject({
  ...scored,
  partnerId: z.string(),
  score: z.number().describe('100 x the probability of `event`'),
  difficulty: z.number(),
  expectedAttainment: z.number(),
  expectedAttainmentLow: z.number(),
  expectedAttainmentHigh: z.number(),
  gap: z.number(),
  moneyAtStake: z.number(),
  closing: z
    .array(
      z.object({
        dealId: z.string(),
        name: z.string(),
        amount: z.number(),
        probability: z.number(),
      }),
    )
    .optional()
    .describe('Open deals that would close the gap'),
  scoreNext: z.number().nullable(),
  planHealth,
  kpis: z.array(kpi),
  closeRates: z
    .array(
      z.object({
        product: z.string(),
        rate: z.number().describe('Expected share won within the horizon, 0 to 1'),
        low: z.number(),
        high: z.number(),
        n: z.number().describe('Deals of the product that were won or lost'),
        littleEvidence: z.boolean(),
      }),
    )
    .optional()
    .describe('By product, most deals first, each with its 80% band'),
  credit: z.object({ sourced: z.number(), influenced: z.number() }).optional(),
  stall: z
    .object({
      stalled: z.number(),
      warned: z.number(),
      expected: z.number().describe('Deals expected to stall within 14 days: a sum of chances'),
      expectedAmount: z.number(),
      zombies: z.number().describe('Open in the CRM alone; in none of the others'),
    })
    .optional()
    .describe('How the open deals of the partner move'),
  worth: z
    .object({
      value: partnerValue.optional(),
      tier: tierStanding.optional(),
      class: partnerClass.optional(),
      c3: c3.optional(),
      health: partnerHealth.optional(),
      profile: partnerFit.optional(),
      return: partnerReturn.optional(),
      customers: customerValue.optional(),
      enablement: enablementKept.optional(),
    })
    .optional()
    .describe('What the partner is worth among others'),
  forecast: distribution,
}) satisfies z.ZodType<Partial<Omit<PartnerScore, 'nextAction' | 'kpis'>>>;

const movement = z.object({
  stallRisk: z.number().nullable().describe('0 to 1, within 14 days; null = stalled, or too young'),
  triage: z.enum(['protect', 'rescue', 'leave']),
  canChange: z.number().describe('What meeting the buyer goes with: an association, 0 to 1'),
  expectedClose: z
    .object({ low: z.string(), middle: z.string(), high: z.string() })
    .nullable()
    .describe('Days by which a tenth, half and nine tenths of the chance to be won fall'),
  agePercentile: z.number().describe('Share of deals that had ended by this age, 0 to 1'),
  stagePercentile: z.number().nullable(),
  zombie: z.boolean().describe("Open in the CRM alone: for an admin's clean-up"),
});

export const dealScore = z.looseObject({
  ...scored,
  dealId: z.string(),
  partnerId: z.string().nullable(),
  probability: z.number().describe('0 to 1'),
  amount: z.number(),
  counted: z.number(),
  standing: z.enum(['proven', 'half', 'unproven', 'silent']),
  everProbability: z.number(),
  health: z.enum(['on track', 'slipping', 'stalled']),
  movement: movement.optional(),
  duplicateOf: z.string().nullable().optional(),
}) satisfies z.ZodType<Partial<Omit<DealScore, 'nextAction'>>>;
