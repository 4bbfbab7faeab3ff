import * as z from 'zod';
import { SEGMENTS, type PartnerFit, type PartnerProfile } from '../../../model/profile.ts';

/** What successful partners share (src/model/profile.ts), as the OpenAPI document shows it. */

const trait = {
  trait: z.string().describe('type, region, product, industry, tenure, sellers, or a metric'),
  of: z.string().nullable().describe('Which type, region, …; null = it is a number'),
};

export const profile = {
  partners: z.number().describe('Compared: those that had a year to win something'),
  traits: z.array(
    z.object({
      ...trait,
      effect: z
        .object({ mean: z.number(), low: z.number(), high: z.number() })
        .describe('Places of 100 in what was won in a year; the interval holds for all at once'),
      n: z.number(),
      found: z.boolean().describe('Whether it can be told apart from chance'),
      usual: z.number(),
      sd: z.number(),
    }),
  ),
} satisfies Record<keyof PartnerProfile, z.ZodType>;

export const profileFit = z.object({
  fit: z.number().nullable().describe('0 to 100; null = nothing in common was found'),
  reasons: z.array(z.object({ ...trait, points: z.number() })),
});

export const partnerFit = profileFit.extend({
  segment: z.enum(SEGMENTS),
  beyond: z.enum(SEGMENTS).nullable().describe('What it would be if managers had room'),
  verticals: z.array(
    z.object({
      industry: z.string(),
      rate: z.number().describe('Expected share won, 0 to 1'),
      low: z.number(),
      high: z.number(),
      n: z.number().describe('Decided deals behind it'),
      usual: z.number(),
    }),
  ),
}) satisfies z.ZodType<PartnerFit>;
