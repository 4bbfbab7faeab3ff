import * as z from 'zod';

/** What successful partners have in common, and what follows for each partner. */

export const profileSettingsSchema = z
  .strictObject({
    partnersPerManager: z
      .int()
      .min(1)
      .max(1000)
      .default(15)
      .describe('So many partners one of our managers can look after in person'),
    managers: z
      .int()
      .min(0)
      .max(100_000)
      .optional()
      .describe('How many managers there are; without it those who own a partner'),
  })
  .prefault({});

/** A trait that a partner has or has not, or has more or less of. */
export interface Trait {
  /** `type`, `region`, `product`, `industry`, `tenure`, `onboarded`, or a leading metric. */
  trait: string;
  /** Which type, region, …; null = it is a number. */
  of: string | null;
}

export interface SharedTrait extends Trait {
  /**
   * Places of 100 by which those who have it (or one standard deviation more of it) stand higher in
   * what they won in a year, leaning on no difference; its interval holds for all traits together.
   */
  effect: { mean: number; low: number; high: number };
  /** Partners that have it, or of which the number is known. */
  n: number;
  /** Whether the interval leaves out no difference. */
  found: boolean;
  /** What is usual, and one standard deviation, of a number. */
  usual: number;
  sd: number;
}

export interface PartnerProfile {
  /** Partners that were compared: those that had a year to win something. */
  partners: number;
  /** Those found first, the strongest first. */
  traits: SharedTrait[];
}

export const SEGMENTS = ['invest', 'develop', 'maintain', 'self-service'] as const;
export type Segment = (typeof SEGMENTS)[number];

/** How well somebody fits what successful partners have in common: places of 100, and why. */
export interface ProfileFit {
  /** 50 = as anybody; null = successful partners have nothing in common that could be found. */
  fit: number | null;
  reasons: (Trait & { points: number })[];
}

export interface Vertical {
  industry: string;
  /** Expected share won of its deals of this industry, with its 80% band. */
  rate: number;
  low: number;
  high: number;
  /** Decided deals behind it. */
  n: number;
  /** What partners win of this industry altogether. */
  usual: number;
}

export interface PartnerFit extends ProfileFit {
  segment: Segment;
  /** What it would be if managers had room for it; null = they have. */
  beyond: Segment | null;
  verticals: Vertical[];
}
