import * as z from 'zod';
import type { Concentration, PartnerValue } from '../../../model/worth.ts';

/** What partners are worth (src/model/worth.ts), as the OpenAPI document shows it. */

const valued = z
  .object({ mean: z.number(), low: z.number(), high: z.number() })
  .describe('Reporting currency; low and high hold it in 80 of 100 cases');

export const partnerValue = z.object({
  value1y: valued,
  value3y: valued,
  active: z.number().describe('Chance that it has not stopped selling, 0 to 1'),
  again: z.number().describe('Chance that it will ever win anything again, 0 to 1'),
  monthsAhead: z.number().describe('Expected months with a win among the next twelve'),
  lastYear: z.number().describe('Won in the last twelve months: the plain guess beside it'),
  history: z
    .object({ months: z.number(), wins: z.number(), last: z.number() })
    .describe('Months looked at, how many had a win, and which was the last of those; 0 = none'),
}) satisfies z.ZodType<PartnerValue>;

const banded = z.object({ value: z.number(), low: z.number(), high: z.number() });

export const concentration = z.object({
  partners: z.number(),
  total: z.number().describe('Won in the last twelve months, reporting currency'),
  topFifth: banded.describe('Share that the largest fifth of partners brought, 0 to 1'),
  effective: banded.describe('So many partners of one size would be as concentrated'),
  curve: z.array(z.number()).describe('Share of the largest 1, 2, … partners together'),
}) satisfies z.ZodType<Concentration>;
