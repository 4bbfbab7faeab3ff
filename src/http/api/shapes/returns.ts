import * as z from 'zod';
import type { CustomerValue } from '../../../model/customer-value.ts';
import { COST_TYPE_NAMES, type PartnerReturn } from '../../../model/partner-return.ts';

/** Return and customers of partners, as the OpenAPI document shows them. */

export const partnerReturn = z.object({
  value: z.number().nullable().describe('(margin - cost) / cost; null = see `why`'),
  why: z.enum(['no cost', 'no margin']).nullable(),
  won: z.number().describe('In the last twelve months by deals that it brought'),
  margin: z.number(),
  marginKnown: z.number().describe('Share of what was won whose margin is known, 0 to 1'),
  cost: z.number(),
  costs: z.array(z.object({ of: z.string(), amount: z.number(), unknown: z.number() })),
  unknownCosts: z.number().describe('Rows without a known amount, which count as nothing'),
}) satisfies z.ZodType<PartnerReturn>;

const costType = z.enum(COST_TYPE_NAMES);
export const costCoverage = z
  .object({ known: z.array(costType), missing: z.array(costType) })
  .describe('Types of cost that anybody has on record, and those that nobody has');

export const customerValue = z.object({
  n: z.number().describe('Customers of industries that have direct ones too'),
  alone: z.number().describe('Customers of industries that have none, compared with nobody'),
  direct: z.number(),
  firstYear: z.number().describe('Mean won of a customer in the year from its first win'),
  directFirstYear: z.number().describe('The same of direct ones, over the same industries'),
  ratio: z
    .object({ mean: z.number(), low: z.number(), high: z.number() })
    .nullable()
    .describe('The first over the second with its 80% interval; null = too few to say'),
  again: z.number().describe('Share that bought again within 18 months'),
  directAgain: z.number(),
}) satisfies z.ZodType<CustomerValue>;

export const customerValues = z.object({
  all: customerValue.nullable().describe('Of all partners together'),
  missing: z.array(z.enum(['accounts', 'industries', 'renewals', 'churn'])),
});
