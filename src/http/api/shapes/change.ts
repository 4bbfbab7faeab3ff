import * as z from 'zod';
import { WATERFALL_CAUSES } from '../../../model/change.ts';

const causeOfFacts = z.enum([
  'new',
  'won',
  'lost',
  'pulled in',
  'pushed out',
  'amount',
  're-scored',
  'model',
  'plan',
]);

const waterfall = z
  .object({
    before: z.number().nullable(),
    after: z.number().nullable(),
    steps: z.array(
      z.object({
        cause: z.enum(WATERFALL_CAUSES),
        amount: z.number(),
        by: z.array(
          z.object({
            cause: causeOfFacts,
            amount: z.number(),
            deals: z.array(z.object({ dealId: z.string(), amount: z.number() })),
          }),
        ),
      }),
    ),
  })
  .describe('before + all amounts = after, in hundredths');

export const partnerChange = z.object({
  partnerId: z.string(),
  name: z.string(),
  score: waterfall,
  health: waterfall,
  forecast: waterfall,
});

const since = z.enum(['run', 'week', 'quarter']);

/** Why numbers are others than before (src/model/change.ts). */
export const changeReport = z.object({
  since,
  fromRun: z.string(),
  toRun: z.string(),
  fromMs: z.number(),
  toMs: z.number(),
  currency: z.string(),
  turned: z.boolean().describe('The quarter turned in between: its forecast is of another one'),
  forecast: waterfall,
  partners: z
    .array(partnerChange)
    .describe('Those that moved, the largest move of the score first'),
});
