import type { PartnerSales, PartnerValue } from '../../../model/worth.ts';
import { aheadOfKinds } from './ahead.ts';
import { spreadOf } from './dropout.ts';
import { growthOf } from './growth.ts';
import { historyOf, partnerValue, YEAR_MONTHS } from './partner-value.ts';
import { sizeWithin, winSizeOf, type WinSize } from './win-size.ts';

/** A type's own size of wins weighs as much as that of all where so many partners have won. */
const LEAN_PARTNERS = 5;
const YEARS = 3;

type Seller = PartnerSales & { id: string };

const signsOf = ({ months, signs }: Seller): readonly number[] => signs ?? months;

const winsOf = (sellers: readonly Seller[]): number[][] =>
  sellers.map(({ months }) => months.filter((amount) => amount > 0));

/** The usual size of wins by type, each leaning on that of all. */
function sizesByType(sellers: readonly Seller[]): Map<string | null, WinSize> {
  const all = winSizeOf(winsOf(sellers));
  return new Map(
    [...Map.groupBy(sellers, ({ type }) => type)].map(([type, own]) => {
      const wins = winsOf(own).filter((one) => one.length > 0);
      const lean = sizeWithin(all, winSizeOf(wins), wins.length, LEAN_PARTNERS);
      return [type, wins.length === 0 ? all : lean];
    }),
  );
}

/**
 * What each partner is worth: how often partners sell and stop is learned from all of them, the
 * size of wins within their type.
 */
export function valuesOfPartners(
  sellers: readonly Seller[],
  discount: number,
): Map<string, PartnerValue> {
  const sizes = sizesByType(sellers);
  const worth = {
    spread: spreadOf(sellers.map(({ months }) => historyOf(months))),
    signSpread: spreadOf(sellers.map((seller) => historyOf(signsOf(seller)))),
    ahead: { year: aheadOfKinds(YEAR_MONTHS), threeYears: aheadOfKinds(YEARS * YEAR_MONTHS) },
    discount,
    growth: growthOf(sellers.map(({ months }) => months)).value,
  };
  return new Map(
    sellers.map((seller) => [
      seller.id,
      partnerValue(seller.months, signsOf(seller), worth, sizes.get(seller.type)!),
    ]),
  );
}
