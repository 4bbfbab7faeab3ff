import * as z from 'zod';
import { TIER_MEASURES, type TierDecision, type TierStanding } from '../../../model/tier.ts';

/** Where partners stand on their ladders (src/model/tier.ts), as the OpenAPI document shows it. */

const item = z.object({
  side: z.enum(['partner', 'vendor']),
  measure: z.enum([...TIER_MEASURES, 'vendorHealth']),
  atLeast: z.number(),
  now: z.number().nullable(),
  smooth: z.number().nullable().describe("Without last week's noise: by it tiers are proposed"),
  projected: z.number().nullable().describe('At the end of the fiscal quarter'),
  met: z.boolean(),
});

export const tierStanding = z.object({
  state: z.enum(['stays', 'up', 'grace', 'down', 'unknown tier', 'no ladder']),
  ladder: z.string().nullable(),
  rungs: z.array(z.string()),
  tier: z.string().nullable().describe('In force'),
  proposed: z.string().nullable(),
  next: z
    .object({ tier: z.string(), items: z.array(item), benefits: z.array(z.string()) })
    .nullable(),
  items: z.array(item).describe('What the tier in force asks'),
  benefits: z.array(z.string()),
  lapsesOn: z.string().nullable().describe('Day on which it lapses if nothing else is won'),
  warned: z.boolean(),
}) satisfies z.ZodType<TierStanding>;

export const tierDecision = z.object({
  partnerId: z.string(),
  tier: z.string(),
  before: z.string().nullable(),
  by: z.string(),
  why: z.string(),
  decidedMs: z.number(),
}) satisfies z.ZodType<TierDecision>;
