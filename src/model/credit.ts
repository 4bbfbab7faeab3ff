import * as z from 'zod';

/** How wins are credited: what a company may decide differently from the next. */
export const creditSettingsSchema = z
  .strictObject({
    sourceGraceDays: z
      .number()
      .min(0)
      .max(90)
      .default(1)
      .describe(
        "A registration counts as first up to this many days behind the deal's creation or our first touch of it",
      ),
    leadDays: z
      .number()
      .min(1)
      .default(365)
      .describe('A registration or lead older than this, when the deal begins, has not led to it'),
    protectionDays: z
      .number()
      .min(1)
      .default(365)
      .describe('An approval protects its partner for so long, where it names no last day itself'),
    pendingCounts: z
      .boolean()
      .default(false)
      .describe('A registration that nobody has decided counts as approved'),
    share: z
      .enum(['split', 'primary', 'all'])
      .default('split')
      .describe(
        'Several partners with a valid claim: equal parts, all to the primary one, or the whole to each',
      ),
    influenceRoles: z
      .array(z.string())
      .optional()
      .describe('Only these roles mark a deal as influenced; all when left out'),
    conflictDays: z
      .number()
      .min(1)
      .max(365)
      .default(10)
      .describe('A conflict between partners is to be decided within so many days'),
    duplicateDays: z
      .number()
      .min(1)
      .default(180)
      .describe('Registrations of one customer and product within so many days are one'),
  })
  .prefault({});

export type CreditSettings = z.infer<typeof creditSettingsSchema>;

/** Why a partner has credit of a won deal, or a mark on it, or why it has none. */
export interface CreditRow {
  partnerId: string;
  kind: 'sourced' | 'influenced' | 'none';
  rule:
    | 'registration'
    | 'lead'
    | 'role'
    | 'meeting'
    | 'campaign'
    | 'linked-after-win'
    | 'registered-after-win'
    | 'not-first'
    | 'too-old'
    | 'rejected'
    | 'expired'
    | 'undecided'
    | 'parent-came-later';
  /** What shows it, for a person: an id or a role. */
  evidence: string;
  happenedMs: number;
  firstSeenMs: number;
  /** Share of the deal, 0..1: of sourced rows only. */
  weight: number;
  cents: number;
}

/** What became of one won deal. Amounts in whole cents of the reporting currency. */
export interface DealCredit {
  dealId: string;
  kind: 'sourced' | 'direct';
  influenced: boolean;
  wonMs: number;
  /** null = not known in the reporting currency: in no sum. */
  cents: number | null;
  product: string | null;
  region: string | null;
  currency: string | null;
  rows: CreditRow[];
  /** Partner -> share of the deal by each model; over all that partners did before the win. */
  attribution: Record<string, Record<string, number>>;
}

/**
 * One line of the book of credit. `onMs` = the day whose period it counts in: the win's for the
 * first, the day on which it was seen for a correction.
 */
export interface BookEntry {
  dealId: string;
  seq: number;
  kind: 'sourced' | 'direct';
  cents: number;
  /** Partner -> cents. */
  shares: Record<string, number>;
  onMs: number;
  recordedMs: number;
  reason: 'won' | 'won-again' | 'correction' | 'gone';
}

/** A registration as its duplicates are found by. */
export interface ClaimFacts {
  id: string;
  partnerId: string;
  dealId: string | null;
  kind: 'registration' | 'lead';
  accountId: string | null;
  company: string | null;
  domain: string | null;
  product: string | null;
  submittedMs: number;
  decidedMs: number | null;
  protectedUntil: string | null;
  status: string | null;
  /** A person took it up again after it was decided. */
  appealed?: boolean;
}

export interface Claim {
  id: string;
  partnerId: string;
  dealId: string | null;
  submittedMs: number;
  status: string;
  hoursToDecision: number | null;
  protectedUntilMs: number | null;
  /** The earlier registration that this one repeats, and what shows it; null = it is the first. */
  duplicateOf: { id: string; partnerId: string; dealId: string | null; evidence: string } | null;
}

/** Two partners that claim one deal. */
export interface Conflict {
  id: string;
  state: 'open' | 'decided' | 'appealed';
  evidence: string;
  /** The earliest first. */
  sides: {
    registrationId: string;
    partnerId: string;
    dealId: string | null;
    submittedMs: number;
    decidedMs: number | null;
    status: string;
  }[];
}

/** Why a rule would decide a conflict for somebody. */
export type ConflictRule = 'protected' | 'approved' | 'first';

/** What the rules would decide; a person does. */
export interface ConflictProposal {
  partnerId: string;
  registrationId: string;
  rule: ConflictRule;
}

/** What a person said of a conflict. */
export interface ConflictWord {
  conflictId: string;
  atMs: number;
  what: 'decided' | 'appealed';
  partnerId: string;
  by: string;
  why: string;
}
