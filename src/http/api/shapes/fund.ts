import * as z from 'zod';
import {
  FUND_DECISIONS,
  FUND_FINDINGS,
  type Fund,
  type FundDecision,
  type FundFinding,
  type FundProposal,
  type FundReturn,
} from '../../../model/fund.ts';

/** Campaigns with partners (src/model/fund.ts), as the OpenAPI document shows them. */

const times = z
  .object({ mean: z.number(), low: z.number(), high: z.number() })
  .describe('Won over cost, with its 80% interval');

const fundDecision = z.object({
  decision: z.enum(FUND_DECISIONS),
  ...{ by: z.string(), why: z.string(), atMs: z.number() },
}) satisfies z.ZodType<FundDecision>;

export const fund = z.object({
  ...{ id: z.string(), name: z.string(), partnerId: z.string(), partner: z.string() },
  ...{ territory: z.string().nullable(), vertical: z.string().nullable() },
  activity: z.enum(['webinar', 'trade show', 'roadshow', 'mailing', 'customer day', 'other']),
  startOn: z.string().nullable(),
  state: z.enum(['planned', 'running', 'done']),
  decided: fundDecision.nullable().describe('The last decision of a person'),
  cost: z.number().nullable().describe('Reporting currency; null = unknown'),
  leads: z.number().describe('Deals credited to it and to its partner'),
  wins: z.number(),
  won: z.number(),
}) satisfies z.ZodType<Fund>;

export const fundReturn = z.object({
  of: z.string().nullable(),
  ...{ funds: z.number(), cost: z.number(), leads: z.number(), won: z.number() },
  costPerLead: z.number().nullable(),
  times,
}) satisfies z.ZodType<FundReturn>;

export const fundProposal = z.object({
  ...{ partnerId: z.string(), partner: z.string(), amount: z.number(), times },
  own: z.number().describe('Campaigns of its own that are done'),
  ownTimes: z.number().nullable(),
  ...{ territory: z.string().nullable(), segment: z.string().nullable() },
}) satisfies z.ZodType<FundProposal>;

export const fundFinding = z.object({
  finding: z.enum(FUND_FINDINGS),
  partner: z.string(),
  fund: z.string().nullable(),
  cost: z.number().nullable(),
}) satisfies z.ZodType<FundFinding>;
