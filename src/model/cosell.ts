/** Which two partners could win a deal together, and how it stands with partners today. */

/** How a partner does where it is strong: shares won, leaning on the others', 80%. */
export interface Strength {
  by: 'stage' | 'product';
  of: string;
  n: number;
  won: number;
  own: number;
  low: number;
  high: number;
  pool: number;
}

/** A partner's record with one customer. */
export interface KnownAt {
  n: number;
  won: number;
  open: number;
}

interface Named {
  id: string;
  name: string;
  /** Whether it stands on the deal already. */
  onDeal: boolean;
}

export interface CosellPair {
  strong: Named & { strength: Strength };
  known: Named & { record: KnownAt };
  /** Decided deals on which both stood, and wins among them; null = there is none. */
  joint: { n: number; won: number } | null;
}

/** A partner on the deal, with its part of the credit if the deal were won today. */
export interface OnDeal {
  /** Account of the partner. */
  partnerId: string;
  name: string | null;
  roles: string[];
  credit: { kind: 'sourced' | 'influenced' | 'none'; share: number; rule: string } | null;
}

export interface Cosell {
  dealId: string;
  name: string;
  /** `direct` = no partner stands on it, `alone` = one, `shared` = several. */
  state: 'direct' | 'alone' | 'shared';
  partners: OnDeal[];
  pairs: CosellPair[];
  /** Why there are no more. */
  missing: ('customer' | 'nobody known' | 'nobody strong')[];
}
