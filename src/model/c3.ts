/** What a partner could do, how much of it, and how much it means to: each 0 to 100 in its type. */
export const C3_PARTS = {
  capability: ['certificates', 'depth', 'wins'],
  capacity: ['sellers', 'load', 'throughput'],
  commitment: ['plan', 'sessions', 'promises', 'progress', 'signals'],
} as const;
export type C3Name = keyof typeof C3_PARTS;
export const C3_NAMES = Object.keys(C3_PARTS) as C3Name[];
export type C3Code = (typeof C3_PARTS)[C3Name][number];

export interface C3Part {
  code: C3Code;
  /** What was counted; null = not known of this partner, which counts as what is usual. */
  value: number | null;
  /** All parts together lead from 50, the middle of its type, to the number. */
  points: number;
}

export interface C3Score {
  /** 0 to 100; 50 = as is usual in its type. */
  value: number;
  parts: C3Part[];
  /** Deals, certificates, promises and signs behind it. */
  evidence: number;
  /** Parts that nobody's feed or field tells anything of. */
  missing: C3Code[];
}

export type C3 = Record<C3Name, C3Score>;
