import * as z from 'zod';
import type { Forecast } from '../../../model/score.ts';
import { distribution } from './score.ts';

const period = z.object({ label: z.string(), startMs: z.number(), endMs: z.number() });
const row = distribution.extend({ key: z.string() });

/** A forecast (src/model/score.ts), in the reporting currency. */
export const forecast = z.looseObject({
  period,
  asOfMs: z.number(),
  modelVersion: z.string(),
  currency: z.string(),
  wonToDate: z.number(),
  total: distribution,
  openMean: z.number(),
  newMean: z.number(),
  crmWeighted: z.number(),
  openDeals: z.number(),
  standings: z.object({
    proven: z.number(),
    half: z.number(),
    unproven: z.number(),
    silent: z.number(),
  }),
  multiplier: z.number(),
  trackRecord: z.string().nullable(),
  breakdown: z.object({
    partner: z.array(row),
    type: z.array(row),
    tier: z.array(row),
    region: z.array(row),
    product: z.array(row),
    owner: z.array(row),
    periods: z.array(z.object({ period, total: distribution })),
  }),
}) satisfies z.ZodType<Partial<Forecast>>;
