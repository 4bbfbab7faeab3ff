import * as z from 'zod';
import { plainWords } from './plain-words.ts';

/** What a partner costs, by the words that people use for it. */
const COST_TYPES = {
  commission: ['commission', 'commissions', 'referral fee'],
  funds: ['market development fund', 'market development funds', 'mdf', 'co op', 'funds', 'fund'],
  rebate: ['rebate', 'rebates', 'volume rebate', 'bonus'],
  incentive: ['incentive', 'incentives', 'spiff', 'spif', 'flash incentive'],
  'co-sell': ['co sell hours', 'co sell', 'cosell', 'sales engineer hours', 'hours'],
  enablement: ['enablement', 'training', 'certification', 'onboarding'],
  management: ['management', 'partner management', 'partner manager'],
} as const;
export type CostType = keyof typeof COST_TYPES;
export const COST_TYPE_NAMES = Object.keys(COST_TYPES) as [CostType, ...CostType[]];

const BY_WORDS: ReadonlyMap<string, CostType> = new Map(
  COST_TYPE_NAMES.flatMap((type) =>
    [type, ...COST_TYPES[type]].map((words): [string, CostType] => [plainWords(words), type]),
  ),
);
/** The type of cost that is meant; null = one of your own. */
export const costTypeOf = (kind: string): CostType | null => BY_WORDS.get(plainWords(kind)) ?? null;

const margin = z
  .number()
  .min(-1)
  .max(1)
  .describe('Gross margin as a share of the amount; below 0 = sold below cost');

export const returnSettingsSchema = z
  .strictObject({
    margin: margin.optional().describe('Of every product that is not named below'),
    margins: z.record(z.string(), margin).default({}).describe('Gross margin by product'),
  })
  .prefault({});
export type ReturnSettings = z.infer<typeof returnSettingsSchema>;

/** Money of one word, reporting currency; `unknown` rows have no amount in it. */
export interface Summed {
  of: string;
  amount: number;
  unknown: number;
}

export interface PartnerReturn {
  /** (margin - cost) / cost of the last twelve months; null = `why`. */
  value: number | null;
  /** No cost on record; margins known of too little; nothing of it is known. */
  why: 'no cost' | 'no margin' | null;
  /** Won by deals that it brought, and the margin on it as far as margins are known. */
  won: number;
  margin: number;
  /** Share of what was won whose margin is known, 0 to 1. */
  marginKnown: number;
  cost: number;
  costs: Summed[];
  /** Rows of costs without a known amount, which count as nothing. */
  unknownCosts: number;
}

/** Types of cost that anybody has on record: the rest may be missing from every return. */
export interface CostCoverage {
  known: CostType[];
  missing: CostType[];
}
