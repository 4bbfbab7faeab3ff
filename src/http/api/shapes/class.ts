import * as z from 'zod';
import {
  PARTNER_CLASSES,
  type Intervention,
  type PartnerClass,
} from '../../../model/partner-class.ts';

/** What to do about partners (src/model/partner-class.ts), as the OpenAPI document shows it. */

export const className = z.enum(PARTNER_CLASSES);

export const intervention = z.object({
  partnerId: z.string(),
  what: z.string(),
  by: z.string(),
  why: z.string(),
  atMs: z.number(),
}) satisfies z.ZodType<Intervention>;

export const partnerClass = z.object({
  name: className.nullable().describe('null = too little is known yet'),
  why: z.enum(['above', 'behind', 'untried', 'waiting', 'tried', 'new']),
  evidence: z.object({
    attainment: z.number().describe('Expected amount over the goal'),
    active: z.number().describe('Chance that it still sells, 0 to 1'),
    silentMonths: z.number().nullable().describe('Since its last win or new deal'),
    months: z.number(),
  }),
  tried: z.array(intervention).describe('Since it fell silent, the earliest first'),
  reviewOn: z.string().nullable().describe('Day from which a review is due'),
}) satisfies z.ZodType<PartnerClass>;
