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

/** What was said, and how it came out (src/model/record.ts). */
export const trackRecord = z.looseObject({
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
      against: z.array(
        z.object({ baseline, wape: z.number().nullable(), bias: z.number().nullable() }),
      ),
    }),
  ),
});
