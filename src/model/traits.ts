import type { Summed } from './partner-return.ts';
import type { LeadingQuarter } from './proof.ts';

/** Deals of one product or industry that are decided, and wins among them. */
export interface Decided {
  of: string;
  n: number;
  won: number;
}

/** Decided deals that were in a stage: those lost from it, and those won in the end. */
export interface ReachedStage {
  of: string;
  n: number;
  lost: number;
  won: number;
}

/** Decided deals on which an asset was used first in a stage. */
export interface UsedAsset {
  /** Id of the asset. */
  of: string;
  stage: string;
  n: number;
  won: number;
}

/** A deal that was registered lately. */
export interface FreshDeal {
  dealId: string;
  product: string;
  sinceMs: number;
}

/** What a partner is like, as far as the CRM and its feeds show it, to compare it with others. */
export interface PartnerTraits {
  /** The account that deals name. */
  accountId: string;
  type: string | null;
  region: string | null;
  /** The manager who looks after it. */
  ownerId: string | null;
  /** Day of the contract, and whether it is onboarded. */
  signedOn: string | null;
  onboardedOn: string | null;
  /** Its leading metrics at the run's moment, and before the deals of past quarters. */
  now: LeadingQuarter['values'];
  leading: LeadingQuarter[];
  /**
   * People that sell: by the feed, else those that were seen at work on its deals; null = neither.
   */
  sellers: number | null;
  sellersSeen: boolean;
  /** Deals open today. */
  open: number;
  products: Decided[];
  industries: Decided[];
  /** Deals it brought in the last twelve months, and those of them that are shown to be real. */
  brought: { n: number; proven: number };
  /** Whether a plan with it is in force, and its own promises that are due and kept. */
  planned: boolean;
  promises: { due: number; kept: number };
  /** Won in the last twelve months. */
  wins: number;
  won: number;
  /** The same by product ('' = none named), and what it cost, by kind. */
  wonBy: Summed[];
  costs: Summed[];
  /** What its deals say of its skills, and names of its certificates in force. */
  reached: ReachedStage[];
  used: UsedAsset[];
  fresh: FreshDeal[];
  certificates: string[];
}
