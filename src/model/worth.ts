import * as z from 'zod';
import type { C3 } from './c3.ts';
import type { Enablement } from './enablement.ts';
import type { PartnerClass } from './partner-class.ts';
import type { PartnerHealth } from './partner-health.ts';
import type { CustomerValue } from './customer-value.ts';
import type { PartnerReturn } from './partner-return.ts';
import type { PartnerFit } from './profile.ts';
import type { TierStanding } from './tier.ts';

/** What a partner is worth, and how few partners bring how much. Reporting currency. */

export const valueSettingsSchema = z
  .strictObject({
    discount: z
      .number()
      .min(0)
      .max(1)
      .default(0.1)
      .describe('What is won in a year is worth so much less than today: 0.1 = a tenth'),
  })
  .prefault({});

/** What a partner won, from which its value is estimated. */
export interface PartnerSales {
  type: string | null;
  /**
   * Won in each month of 30.4 days that ends at the run's moment, the earliest first; as many as
   * the partner could have won in, three years at most.
   */
  months: number[];
  /**
   * 1 = in that month it won something, or a deal of it began that is shown to be real: a partner
   * that stops brings no new deals long before its last win. Absent = wins alone are known.
   */
  signs?: number[];
}

/** A mean with the interval that holds it in 80 of 100 cases. */
export interface Valued {
  mean: number;
  low: number;
  high: number;
}

export interface PartnerValue {
  /** Won in the next twelve months and in three years, discounted. */
  value1y: Valued;
  value3y: Valued;
  /** Chance that it has not stopped selling, by its signs: deals that it began may still be won. */
  active: number;
  /** Chance that it will ever win anything again. */
  again: number;
  /** Mean number of months with a win among the next twelve. */
  monthsAhead: number;
  /** What the last twelve months brought: the plain guess beside it. */
  lastYear: number;
  /** Months since it could first win, with a win in so many of them, the last in `last`. */
  history: { months: number; wins: number; last: number };
}

/**
 * What quarterly decisions rest on, beside the score; each is there once the run has come so far.
 */
export interface PartnerWorth {
  value?: PartnerValue;
  tier?: TierStanding;
  class?: PartnerClass;
  c3?: C3;
  health?: PartnerHealth;
  profile?: PartnerFit;
  return?: PartnerReturn;
  /** Absent = no customer of it had a year yet. */
  customers?: CustomerValue;
  enablement?: Enablement;
}

/** A number of all partners with its 80% interval. */
export interface Banded {
  value: number;
  low: number;
  high: number;
}

/** How few partners brought how much of what was won in the last twelve months. */
export interface Concentration {
  partners: number;
  total: number;
  /** Share of the total that the largest fifth of partners brought. */
  topFifth: Banded;
  /** So many partners of one size would be as concentrated: (sum a)² / sum a². */
  effective: Banded;
  /** Share of the total that the largest 1, 2, … brought together. */
  curve: number[];
}
