/** Money for joint campaigns: what was spent, and what came of it. */

/** Kinds of campaigns, by words in their names. */
export const FUND_ACTIVITIES = {
  webinar: ['webinar', 'web seminar', 'online'],
  'trade show': ['trade show', 'fair', 'messe', 'salon', 'feria', 'exhibition'],
  roadshow: ['roadshow', 'road show', 'tour'],
  mailing: ['mailing', 'email', 'newsletter', 'telemarketing'],
  'customer day': ['customer day', 'event', 'workshop', 'lunch', 'dinner'],
} as const;
export type FundActivity = keyof typeof FUND_ACTIVITIES | 'other';

/** `running`: what it brings may still come. */
export type FundState = 'planned' | 'running' | 'done';

/** What a person decided of a campaign; `done` = it was held, so that its outcome counts. */
export const FUND_DECISIONS = ['approved', 'refused', 'done'] as const;
export interface FundDecision {
  decision: (typeof FUND_DECISIONS)[number];
  by: string;
  why: string;
  atMs: number;
}

export interface Fund {
  id: string;
  name: string;
  partnerId: string;
  partner: string;
  /** Where the partner is. */
  territory: string | null;
  activity: FundActivity;
  /** Industry of most of its deals; null = it has none. */
  vertical: string | null;
  startOn: string | null;
  state: FundState;
  /** The last decision; null = nobody has decided anything. */
  decided: FundDecision | null;
  /** Reporting currency; null = unknown, which is not zero. */
  cost: number | null;
  /** Deals that are credited to it and to its partner, those won, and what they brought. */
  leads: number;
  wins: number;
  won: number;
}

export const FUND_GROUPS = ['activity', 'territory', 'vertical'] as const;
export type FundGroup = (typeof FUND_GROUPS)[number];

/** What campaigns that are done brought together. */
export interface FundReturn {
  of: string | null;
  funds: number;
  cost: number;
  leads: number;
  won: number;
  /** null = nothing came of it. */
  costPerLead: number | null;
  /** Won over cost, leaning on all campaigns where they are few, with its 80% interval. */
  times: { mean: number; low: number; high: number };
}

export interface FundProposal {
  partnerId: string;
  partner: string;
  /** As much as a campaign usually costs. */
  amount: number;
  /** Won over cost that is to be expected, with its 80% interval. */
  times: { mean: number; low: number; high: number };
  /** Campaigns of its own that are done, and what the territory and its segment say. */
  own: number;
  ownTimes: number | null;
  territory: string | null;
  segment: string | null;
}

export const FUND_FINDINGS = ['nothing came', 'no cost', 'no campaign'] as const;
/** What somebody should look at. */
export interface FundFinding {
  finding: (typeof FUND_FINDINGS)[number];
  partner: string;
  fund: string | null;
  cost: number | null;
}
