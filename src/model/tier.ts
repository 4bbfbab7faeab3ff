import * as z from 'zod';
import { ladderFaults } from './tier-faults.ts';

/** What a rung of a ladder may ask of a partner; each can be counted for any past day. */
export const TIER_MEASURES = ['wonYear', 'dealsYear', 'certified'] as const;
export type TierMeasure = (typeof TIER_MEASURES)[number];

const requirement = z.strictObject({
  measure: z
    .enum(TIER_MEASURES)
    .describe(
      'wonYear = amount won in twelve months, reporting currency; dealsYear = deals won in them; certified = certificates in force',
    ),
  atLeast: z.number().positive(),
});
const rung = z.strictObject({
  name: z.string().min(1).max(60).describe('As the CRM calls the tier'),
  requires: z.array(requirement).default([]).describe('Nothing on the lowest rung'),
  benefits: z.array(z.string().min(1).max(200)).default([]).describe('What the partner gets'),
  ours: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe(
      'What our own side of the joint plan must reach, 0 to 100: shown, never held against the partner',
    ),
});
const ladder = z.strictObject({
  name: z.string().min(1).max(60),
  types: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Partner types; without it every type that no other ladder names'),
  rungs: z.array(rung).min(1).describe('From the lowest to the highest'),
});

export const tierSettingsSchema = z
  .strictObject({
    ladders: z.array(ladder).min(1),
    band: z
      .number()
      .min(0)
      .max(0.5)
      .default(0.1)
      .describe('A tier is proposed so far above its requirement, and lapses so far below it'),
    dwellDays: z.int().min(0).max(180).default(28).describe('For so long it must hold'),
    graceDays: z.int().min(0).max(365).default(90).describe('And so long more before it lapses'),
    warnDays: z.int().min(60).max(180).default(60).describe('A lapse is warned of so long before'),
  })
  .superRefine(({ ladders }, context) => {
    for (const { message, path } of ladderFaults(ladders))
      context.addIssue({ code: 'custom', message, path: ['ladders', ...path] });
  });

export type TierSettings = z.infer<typeof tierSettingsSchema>;
export type TierLadder = z.infer<typeof ladder>;

/** What a partner's rungs are measured by, week by week. */
export interface TierSeries {
  type: string | null;
  /** As the CRM says, spelt as its ladder does; null = it says none. */
  crmTier: string | null;
  /**
   * Of `measures`, the weeks before the run's moment; the rest is what follows without a new win.
   */
  pastWeeks: number;
  measures: Record<TierMeasure, number[]>;
  /** At the end of the fiscal quarter, with what is expected until then. */
  projected: Record<TierMeasure, number>;
  /** Our own side of the plan, 0..100; null = it promised nothing that is due. */
  vendorHealth: number | null;
}

/** One requirement, met or not. `smooth` = without last week's noise: by it tiers are proposed. */
export interface TierItem {
  side: 'partner' | 'vendor';
  measure: TierMeasure | 'vendorHealth';
  atLeast: number;
  now: number | null;
  smooth: number | null;
  projected: number | null;
  met: boolean;
}

export type TierState =
  /**
   * Stays; a higher tier is proposed; below the requirement, within grace; a lower one is proposed.
   */
  | 'stays'
  | 'up'
  | 'grace'
  | 'down'
  /** The CRM names a tier that no rung has; no ladder is for this type. */
  | 'unknown tier'
  | 'no ladder';

/** Where a partner stands on its ladder. Nothing here changes its tier: a person approves that. */
export interface TierStanding {
  state: TierState;
  ladder: string | null;
  /** Its tiers, from the lowest to the highest. */
  rungs: string[];
  /** In force; null = none is known. */
  tier: string | null;
  /** The tier that is proposed; null = none is. */
  proposed: string | null;
  /** The next rung up, with what it asks; null = there is none. */
  next: { tier: string; items: TierItem[]; benefits: string[] } | null;
  /** What the tier in force asks. */
  items: TierItem[];
  benefits: string[];
  /** Day (`YYYY-MM-DD`) on which it lapses if nothing is won; null = not in the weeks that are looked ahead, sixty. */
  lapsesOn: string | null;
  /** The lapse is near enough to be warned of. */
  warned: boolean;
}

/** A tier that a person put a partner in. */
export interface TierDecision {
  partnerId: string;
  tier: string;
  before: string | null;
  by: string;
  why: string;
  decidedMs: number;
}
