import * as z from 'zod';
import type { BookEntry, Claim, Conflict, DealCredit } from '../../../model/credit.ts';

/** Credit (src/model/credit.ts), in cents of the reporting currency. */

const cents = z.number().describe('Cents of the reporting currency');
const sums = z.object({
  won: cents,
  wonDeals: z.number(),
  sourced: cents,
  direct: cents,
  creditedDeals: z.number(),
  influenced: cents.describe('Part of `direct`: a mark, which is never added'),
  unknown: z.number().describe('Won deals whose amount is not known: in no sum'),
});
const dimension = z.enum(['all', 'period', 'product', 'region', 'currency']);

/** What a run says of credit; older runs said less. */
export const creditSummary = z.looseObject({
  currency: z.string(),
  won: cents,
  sourced: cents,
  direct: cents,
  influenced: cents,
  deals: z.number(),
  unknown: z.number(),
  corrections: z.number(),
  totals: z.record(dimension, z.record(z.string(), sums)),
  differences: z
    .array(z.object({ dimension, name: z.string(), cents, deals: z.number() }))
    .describe('Not empty = what is credited is not what was won'),
});

export const creditedPartner = z.object({
  partnerId: z.string(),
  name: z.string().nullable(),
  sourced: cents,
  influenced: cents,
});

export const bookEntry = z.object({
  dealId: z.string(),
  seq: z.number(),
  kind: z.enum(['sourced', 'direct']),
  cents,
  shares: z.record(z.string(), z.number()).describe('Partner -> cents'),
  onMs: z.number().describe('The day whose period it counts in'),
  recordedMs: z.number(),
  reason: z.enum(['won', 'won-again', 'correction', 'gone']),
}) satisfies z.ZodType<BookEntry>;

const side = z.object({
  registrationId: z.string(),
  partnerId: z.string(),
  dealId: z.string().nullable(),
  submittedMs: z.number(),
  decidedMs: z.number().nullable(),
  status: z.string(),
});

export const conflict = z.looseObject({
  id: z.string(),
  state: z.enum(['open', 'decided', 'appealed']),
  evidence: z.string(),
  sides: z.array(side).describe('The earliest first'),
}) satisfies z.ZodType<Conflict>;

/** A conflict as people decide it (src/sync/measure/conflict-list.ts). */
export const shownConflict = conflict.extend({
  sides: z
    .array(
      side.extend({
        partner: z.string().nullable().describe('Name'),
        protectedUntilMs: z.number().nullable().describe('null = no approval protects it'),
      }),
    )
    .describe('The earliest first'),
  proposal: z
    .object({
      partnerId: z.string(),
      registrationId: z.string(),
      rule: z.enum(['protected', 'approved', 'first']),
    })
    .nullable()
    .describe('For whom the rules would decide; null = it is decided, or no claim is left'),
  sinceMs: z.number(),
  dueMs: z.number(),
  overdue: z.boolean(),
  words: z
    .array(
      z.object({
        conflictId: z.string(),
        atMs: z.number(),
        what: z.enum(['decided', 'appealed']),
        partnerId: z.string(),
        by: z.string(),
        why: z.string(),
      }),
    )
    .describe('Everything that people said of it, the earliest first'),
});

const row = z.looseObject({
  partnerId: z.string(),
  kind: z.enum(['sourced', 'influenced', 'none']),
  rule: z.string(),
  evidence: z.string().describe('What shows it: an id or a role'),
  happenedMs: z.number(),
  firstSeenMs: z.number(),
  weight: z.number(),
  cents,
});

export const dealCredit = z.looseObject({
  dealId: z.string(),
  kind: z.enum(['sourced', 'direct']),
  influenced: z.boolean(),
  wonMs: z.number(),
  cents: cents.nullable(),
  rows: z.array(row),
  attribution: z.record(z.string(), z.record(z.string(), z.number())),
}) satisfies z.ZodType<Partial<Omit<DealCredit, 'rows'>>>;

const claim = z.looseObject({
  id: z.string(),
  partnerId: z.string(),
  dealId: z.string().nullable(),
  submittedMs: z.number(),
  status: z.string(),
  hoursToDecision: z.number().nullable(),
  protectedUntilMs: z.number().nullable(),
  duplicateOf: z
    .object({
      id: z.string(),
      partnerId: z.string(),
      dealId: z.string().nullable(),
      evidence: z.string(),
    })
    .nullable(),
}) satisfies z.ZodType<Claim>;

export const explainedDeal = z.object({
  id: z.string(),
  name: z.string(),
  credit: dealCredit.nullable().describe('null = it is not won'),
  book: z.array(bookEntry),
  claims: z.array(claim),
});
