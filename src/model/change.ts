import type { Changes } from './score.ts';

/**
 * Why a number is another one than before. `time`: nothing happened, and the clock went on;
 * `facts`: what the CRM says; `plan`: a revision of the joint plan; `model`: fitted anew.
 */
export const WATERFALL_CAUSES = ['time', 'facts', 'plan', 'model'] as const;
export type WaterfallCause = (typeof WATERFALL_CAUSES)[number];

export interface WaterfallStep {
  cause: WaterfallCause;
  amount: number;
  /** What of the facts: new deals, won, lost, moved …, each with its deals; they add up too. */
  by: Changes['causes'];
}

/** A difference by its causes: before + all amounts = after, in hundredths. */
export interface Waterfall {
  /** Null = there was, or is, no such number. */
  before: number | null;
  after: number | null;
  /** Causes that changed nothing are left out. */
  steps: WaterfallStep[];
}

export interface PartnerChange {
  partnerId: string;
  name: string;
  /** Points of 100. */
  score: Waterfall;
  health: Waterfall;
  /** Mean of the quarter, reporting currency. */
  forecast: Waterfall;
}

export type ChangeSince = 'run' | 'week' | 'quarter';

export interface ChangeReport {
  since: ChangeSince;
  fromRun: string;
  toRun: string;
  fromMs: number;
  toMs: number;
  currency: string;
  /** The quarter turned in between: the forecast of another quarter has nothing to be held to. */
  turned: boolean;
  forecast: Waterfall;
  /** Partners whose score, health or forecast moved, the largest move of the score first. */
  partners: PartnerChange[];
}
