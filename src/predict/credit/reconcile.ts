import { entryAt } from '../../model/own-entry.ts';
import type { DealCredit } from '../../model/credit.ts';
import type { DealFacts, MeasureContext } from '../../model/facts.ts';
import { fiscalQuarter } from '../math/calendar.ts';
import { wonAt } from './won-deal.ts';

/** What the sums are told by. */
export const CREDIT_DIMENSIONS = ['period', 'product', 'region', 'currency'] as const;
export type CreditDimension = (typeof CREDIT_DIMENSIONS)[number];

/** Sums of one period, product, region or currency, in cents of the reporting currency. */
export interface CreditSums {
  /** Of the deals themselves, told apart from how they are credited. */
  won: number;
  wonDeals: number;
  sourced: number;
  direct: number;
  creditedDeals: number;
  /** Part of `direct`: a mark, which is never added. */
  influenced: number;
  /** Won deals whose amount is not known in the reporting currency: in no sum. */
  unknown: number;
}

export type CreditTotals = Record<CreditDimension | 'all', Record<string, CreditSums>>;

export interface FiscalView {
  timeZone: string;
  fiscalYearStartMonth: number;
}

const EMPTY: CreditSums = {
  won: 0,
  wonDeals: 0,
  sourced: 0,
  direct: 0,
  creditedDeals: 0,
  influenced: 0,
  unknown: 0,
};

export const noTotals = (): CreditTotals => ({
  all: {},
  period: {},
  product: {},
  region: {},
  currency: {},
});

interface Placed {
  wonMs: number;
  product: string | null;
  region: string | null;
  currency: string | null;
}

function add(totals: CreditTotals, view: FiscalView, at: Placed, parts: Partial<CreditSums>): void {
  const places: Record<CreditDimension | 'all', string> = {
    all: 'all',
    period: fiscalQuarter(at.wonMs, view.timeZone, view.fiscalYearStartMonth).label,
    product: at.product ?? '',
    region: at.region ?? '',
    currency: at.currency ?? '',
  };
  for (const [dimension, name] of Object.entries(places) as [CreditDimension | 'all', string][]) {
    const sums = entryAt(totals[dimension], name, () => ({ ...EMPTY }));
    for (const [key, cents] of Object.entries(parts) as [keyof CreditSums, number][])
      sums[key] += cents;
  }
}

/** Adds what was won, straight from the deals: the side that the credit must come to. */
export function addWon(
  totals: CreditTotals,
  deals: readonly DealFacts[],
  context: MeasureContext,
  view: FiscalView,
): void {
  for (const deal of deals) {
    const won = wonAt(deal, context);
    if (won === null) continue;
    const at = {
      wonMs: won.wonMs,
      product: deal.product,
      region: deal.region ?? null,
      currency: deal.currency ?? null,
    };
    add(
      totals,
      view,
      at,
      won.cents === null ? { wonDeals: 1, unknown: 1 } : { wonDeals: 1, won: won.cents },
    );
  }
}

/** Adds what was credited, as it is kept: each deal once, whatever the number of its partners. */
export function addCredited(
  totals: CreditTotals,
  credits: readonly DealCredit[],
  view: FiscalView,
): void {
  for (const credit of credits) {
    const cents = credit.cents ?? 0;
    add(totals, view, credit, {
      creditedDeals: 1,
      [credit.kind]: cents,
      ...(credit.kind === 'direct' && credit.influenced ? { influenced: cents } : {}),
    });
  }
}

export interface CreditDifference {
  dimension: CreditDimension | 'all';
  name: string;
  cents: number;
  deals: number;
}

/** Where sourced and direct are not what was won, to the cent. Empty = all adds up. */
export const differencesOf = (totals: CreditTotals): CreditDifference[] =>
  (Object.entries(totals) as [CreditDimension | 'all', Record<string, CreditSums>][]).flatMap(
    ([dimension, byName]) =>
      Object.entries(byName)
        .map(([name, sums]) => ({
          dimension,
          name,
          cents: sums.sourced + sums.direct - sums.won,
          deals: sums.creditedDeals - sums.wonDeals,
        }))
        .filter(({ cents, deals }) => cents !== 0 || deals !== 0),
  );
