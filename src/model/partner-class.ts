import * as z from 'zod';

export const classSettingsSchema = z
  .strictObject({
    reviewAfterDays: z
      .int()
      .min(14)
      .max(365)
      .default(90)
      .describe('An intervention has so long to work before a silent partner is up for review'),
  })
  .prefault({});

/** What to do about a partner; an exit is none of them: that is for people, after a review. */
export const PARTNER_CLASSES = ['grow', 'intervene', 'review'] as const;
export type PartnerClassName = (typeof PARTNER_CLASSES)[number];

/** Something that was done to win a partner back, by whom and why. */
export interface Intervention {
  partnerId: string;
  what: string;
  by: string;
  why: string;
  atMs: number;
}

export type ClassWhy =
  /** Expected to reach its goal; to miss it. */
  | 'above'
  | 'behind'
  /** Probably stopped: nothing was tried since, what was tried has time left, or has not helped. */
  | 'untried'
  | 'waiting'
  | 'tried'
  /** Too little is known of it yet. */
  | 'new';

export interface PartnerClass {
  /** null = none yet. */
  name: PartnerClassName | null;
  why: ClassWhy;
  evidence: {
    /** Expected amount over the goal; 1 = the goal exactly. */
    attainment: number;
    /** Chance that it still sells. */
    active: number;
    /** Months since its last win or new deal; null = there was none. */
    silentMonths: number | null;
    months: number;
  };
  /** What was tried since it fell silent, the earliest first. */
  tried: Intervention[];
  /** Day from which a review is due; null = nothing was tried, or it is not silent. */
  reviewOn: string | null;
}
