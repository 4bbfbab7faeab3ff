import * as z from 'zod';
import { BASELINES, STATEMENT_KINDS } from '../../../model/record.ts';

const estimate = z.object({
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
const scored = {
  kind: z.enum(STATEMENT_KINDS),
  statements: z.number(),
  n: z.number(),
  subjects: z.number(),
};
const baseline = z.enum(BASELINES);

const counted = z.looseObject({
  source: z.enum(['live', 'replayed']),
  statements: z.number(),
  ended: z.number(),
  untold: z.number(),
  sinceMs: z.number().nullable(),
  nextDueMs: z.number().nullable(),
  chances: z.array(
    z.object({
      ...scored,
      said: z.number(),
      happened: z.number(),
      auc: z.number().describe('0.5 = it tells nothing apart, 1 = everything'),
      ece: z.number().describe('How far what is said lies from what happens'),
      eceNoise95: z.number().describe('As far as it would lie by luck alone, in 19 of 20 cases'),
      logLoss: estimate,
      brier: estimate,
      against: z.array(
        z.object({
          baseline,
          logLoss: z.number(),
          brier: z.number(),
          gain: estimate,
          skill: estimate,
        }),
      ),
      bins: z.array(
        z.object({
          from: z.number(),
          to: z.number(),
          n: z.number(),
          said: z.number(),
          happened: estimate,
        }),
      ),
    }),
  ),
  amounts: z.array(
    z.object({
      ...scored,
      held: estimate.describe('Share of 80% intervals that held'),
      below: z.number(),
      above: z.number(),
      width: z.number().nullable(),
      wape: z.number().nullable(),
      bias: z.number().nullable(),
      pinball: z.number().nullable().describe('Loss of the interval, as a share of the amounts'),
      against: z.array(
        z.object({
          baseline,
          wape: z.number().nullable(),
          bias: z.number().nullable(),
          gain: estimate,
        }),
      ),
    }),
  ),
});

const optimism = z.number().nullable().describe('Expected over brought, less one; null = none');

/** What was expected of each partner's quarters beside what they brought. */
const partnerOptimism = z.object({
  partnerId: z.string(),
  name: z.string().optional(),
  windows: z.number().describe('Quarters that have ended'),
  held: z.number().describe('Quarters whose 80% interval held'),
  said: z.number(),
  brought: z.number(),
  optimism,
  crm: z.number().nullable().describe("The CRM's weighted pipeline at the same moments"),
  crmOptimism: optimism,
  littleEvidence: z.boolean().optional().describe('Too few quarters for a verdict'),
});

const pastForecast = z.object({
  period: z.string(),
  saidMs: z.number(),
  dueMs: z.number(),
  low: z.number().describe('The 80% interval'),
  middle: z.number(),
  high: z.number(),
  amount: z.number().describe('What the quarter brought'),
});

/** What was said, and how it came out (src/model/record.ts). */
export const trackRecord = counted.extend({
  partners: z.array(partnerOptimism).optional().describe('Largest gaps in money first'),
  past: z
    .array(pastForecast)
    .optional()
    .describe('Forecasts of quarters that have ended, one a week at most, newest first'),
});

const brought = z.object({ said: z.number(), brought: z.number() });

/** What would have been said at past moments, and what came of it. */
export const backtestReport = z.looseObject({
  asOfMs: z.number(),
  every: z.enum(['weekly', 'monthly']),
  horizon: z.union([z.number(), z.literal('quarter')]),
  currency: z.string(),
  dealsKnown: z.number(),
  origins: z.array(
    z.looseObject({
      atMs: z.number(),
      dueMs: z.number(),
      deals: z.number(),
      partners: z.number(),
      won: z.number(),
      mean: z.number(),
      low: z.number(),
      middle: z.number(),
      high: z.number(),
      amount: z.number().describe('What it came to'),
      crm: z.number(),
      open: brought,
      fresh: brought,
    }),
  ),
  record: trackRecord,
  verdicts: z.array(
    z.object({ output: z.string(), skill: z.enum(['yes', 'no', 'too early']), why: z.string() }),
  ),
  notes: z.array(z.string()),
});
