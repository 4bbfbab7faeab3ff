/** What our own side spent on a partner. */
export interface PartnerEffort {
  /**
   * Hours of our own people on its deals in the last quarter; `guessed` of them by a usual length.
   */
  hours: number;
  guessedHours: number;
  /**
   * Costs of the last twelve months, reporting currency; `unknownCosts` rows have no amount in it.
   */
  funds: number;
  unknownCosts: number;
}

export const ALLOCATED = ['hours', 'funds'] as const;
export type Allocated = (typeof ALLOCATED)[number];

/** One partner's part of what is spent today, and of the same total by what it is worth. */
export interface AllocationShare {
  id: string;
  now: number;
  suggested: number;
  /** What one more hour (or unit of money) is worth here beside the mean of all; 1 = as much. */
  marginal: number;
}
