import * as z from 'zod';
import type { C3 } from '../../../model/c3.ts';
import { C3_PARTS } from '../../../model/c3.ts';
import { PILLARS, type PartnerHealth } from '../../../model/partner-health.ts';
import { VERDICTS, type KpiProof } from '../../../model/proof.ts';

/** What partners are like (src/model/c3.ts, partner-health.ts), as the OpenAPI document shows it. */

const code = z.enum([...C3_PARTS.capability, ...C3_PARTS.capacity, ...C3_PARTS.commitment]);
const c3Score = z.object({
  value: z.number().describe('0 to 100 beside its type; 50 = as is usual'),
  parts: z.array(
    z.object({
      code,
      value: z.number().nullable().describe('What was counted; null = not known of this partner'),
      points: z.number().describe('All parts lead from 50 to the number'),
    }),
  ),
  evidence: z.number(),
  missing: z.array(code).describe("What nobody's feed or field tells anything of"),
});

export const c3 = z.object({
  capability: c3Score,
  capacity: c3Score,
  commitment: c3Score,
}) satisfies z.ZodType<C3>;

export const partnerHealth = z.object({
  value: z.number().describe('0 to 100'),
  most: z.number().describe('It cannot pass this by what it won in a year'),
  pillars: z.array(
    z.object({
      pillar: z.enum(PILLARS),
      value: z.number().nullable().describe('null = nothing of it is on record'),
      weight: z.number().describe('0 to 1; 0 = nothing of it is proven to foretell wins'),
      metrics: z.array(
        z.object({ kpi: z.string(), verdict: z.enum(VERDICTS), value: z.number().nullable() }),
      ),
    }),
  ),
}) satisfies z.ZodType<PartnerHealth>;

const interval = z.object({ mean: z.number(), low: z.number(), high: z.number() });

export const kpiProof = z.object({
  kpi: z.string(),
  verdict: z.enum(VERDICTS).describe('harmful = more of it goes with fewer wins'),
  gain: interval
    .nullable()
    .describe('Log loss a deal, in thousandths, taken away on partners not learned from; 80%'),
  effect: interval
    .nullable()
    .describe('Log odds of a win that a standard deviation more goes with; 96%'),
  deals: z.number(),
  partners: z.number(),
}) satisfies z.ZodType<Omit<KpiProof, 'kpi'>>;
