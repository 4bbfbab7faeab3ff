import * as z from 'zod';
import type { Cosell } from '../../../model/cosell.ts';
import type { JointDeal } from '../../../model/partner-safe.ts';

/** Partners who could win a deal together, as the OpenAPI document shows them. */

const named = { id: z.string(), name: z.string(), onDeal: z.boolean() };
const counts = { n: z.number(), won: z.number() };

export const cosell = z.object({
  ...{ dealId: z.string(), name: z.string() },
  state: z.enum(['direct', 'alone', 'shared']).describe('How many partners stand on the deal'),
  partners: z.array(
    z.object({
      partnerId: z.string().describe('Account of the partner'),
      name: z.string().nullable(),
      roles: z.array(z.string()),
      credit: z
        .object({
          kind: z.enum(['sourced', 'influenced', 'none']),
          share: z.number(),
          rule: z.string(),
        })
        .nullable()
        .describe('By the rules of credit, if the deal were won now; null = no row of it'),
    }),
  ),
  pairs: z.array(
    z.object({
      strong: z.object({
        ...named,
        strength: z.object({
          ...{ by: z.enum(['stage', 'product']), of: z.string(), ...counts },
          own: z.number().describe("Share won, leaning on the others'"),
          ...{ low: z.number(), high: z.number(), pool: z.number() },
        }),
      }),
      known: z.object({ ...named, record: z.object({ ...counts, open: z.number() }) }),
      joint: z
        .object(counts)
        .nullable()
        .describe('Decided deals on which both stood; null = there is none'),
    }),
  ),
  missing: z.array(z.enum(['customer', 'nobody known', 'nobody strong'])),
}) satisfies z.ZodType<Cosell>;

export const jointDeal = z.object({
  ...{ id: z.string(), name: z.string(), product: z.string().nullable(), stage: z.string() },
  ...{ amount: z.number().nullable(), currency: z.string().nullable() },
  closeDate: z.string().nullable(),
  state: z.enum(['open', 'won', 'lost']),
  roles: z.array(z.string()),
}) satisfies z.ZodType<JointDeal>;
