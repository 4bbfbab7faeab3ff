/**
 * What certificates went with, by difference in differences: how the win rate of partners changed
 * that were certified, less how it changed over the same quarters at partners that were not.
 */
export interface CertificationEffect {
  /** Partners whose first certificate came between quarters with deals, and partners beside them. */
  partners: number;
  others: number;
  /** Decided deals of the first, before and after. */
  before: number;
  after: number;
  /** Change of the win rate beyond that of the others, with its 80% interval; null = too few. */
  effect: { mean: number; low: number; high: number } | null;
}
