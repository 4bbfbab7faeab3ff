import * as z from 'zod';
import type { AssetLift, Enablement } from '../../../model/enablement.ts';
import type { CertificationEffect } from '../../../model/training-effect.ts';

/** What would help partners sell, as the OpenAPI document shows it. */

export const assetLift = z.object({
  asset: z.string(),
  n: z.number().describe('Decided deals on which it was used'),
  won: z.number(),
  others: z.number().describe('Deals without it that came to the same stages'),
  usual: z.number().describe('Share of those that was won, 0 to 1'),
  lift: z
    .object({ mean: z.number(), low: z.number(), high: z.number() })
    .nullable()
    .describe('Share won with it less the usual one, 80%: an association; null = too few deals'),
}) satisfies z.ZodType<AssetLift>;

export const certification = z
  .object({
    partners: z.number().describe('Partners that were certified between quarters with deals'),
    others: z.number().describe('Partners without a certificate beside them'),
    ...{ before: z.number(), after: z.number() },
    effect: z
      .object({ mean: z.number(), low: z.number(), high: z.number() })
      .nullable()
      .describe('Change of the win rate beyond that of the others, 80%; null = too few partners'),
  })
  .nullable() satisfies z.ZodType<CertificationEffect | null>;

const asset = z
  .object({
    ...{ id: z.string(), title: z.string(), url: z.string().nullable() },
    ...{ language: z.string().nullable(), form: z.string().nullable() },
    lift: assetLift.nullable(),
  })
  .nullable();

const need = z.object({
  ...{ dealId: z.string(), product: z.string() },
  since: z.string().describe('Day of the registration'),
  certificate: z.string(),
  asset,
});

/** As a run kept it; a list adds the names that deals have today. */
export const enablementKept = z.object({
  gaps: z.array(
    z.object({
      by: z.enum(['stage', 'product']),
      ...{ of: z.string(), label: z.string() },
      n: z.number().describe('Its decided deals that were there'),
      lost: z.number(),
      own: z.number().describe("Share that it loses, leaning on the others'"),
      ...{ low: z.number(), high: z.number() },
      pool: z.number().describe('Share that the others lose'),
      asset,
    }),
  ),
  needs: z.array(need),
  decided: z.number(),
}) satisfies z.ZodType<Enablement>;

export const enablement = enablementKept.extend({
  needs: z.array(need.extend({ deal: z.string().nullable() })),
});
