/** What customers that a partner brought are worth beside those that were won without any. */

/** One customer whose first win lies a year back at least. */
export interface Customer {
  /** Who was on its first won deal; null = nobody: it was won directly. */
  partnerId: string | null;
  industry: string | null;
  /** Won in the year that began with its first win, and in all since; reporting currency. */
  firstYear: number;
  /** Bought again within a year and a half of its first win. */
  again: boolean;
  /** Won deals without a known amount. */
  unknown: number;
}

export interface CustomerValue {
  /** Customers compared: those of industries in which customers were won directly too. */
  n: number;
  /** Customers of industries without any direct one, which are compared with nobody. */
  alone: number;
  direct: number;
  /** Mean won of a customer in its first year, and what direct ones of the same industries brought. */
  firstYear: number;
  directFirstYear: number;
  /** The first over the second, with its 80% interval; null = too few to say. */
  ratio: { mean: number; low: number; high: number } | null;
  /** Shares that bought again. */
  again: number;
  directAgain: number;
}

export interface CustomerValues {
  /** Of all partners together; null = there are no such customers. */
  all: CustomerValue | null;
  /** What the mapping does not tell of: with it the comparison would be of more than wins. */
  missing: ('accounts' | 'industries' | 'renewals' | 'churn')[];
}
