/**
 * Amounts of a record in another currency: for convertCurrency() and for
 * literals such as `USD5000`.
 */
import type { SoqlContext } from './context.ts';
import type { Found } from './scope.ts';

/**
 * Objects whose amounts are converted by the rate of their close date when
 * there are dated rates [D].
 */
const BY_CLOSE_DATE = new Set(['Opportunity', 'OpportunityLineItem', 'OpportunityHistory']);

/** Units of a currency per unit of the corporate one, as they hold for a record. */
export function rateOf(context: SoqlContext, { object, row }: Found, isoCode: string): number {
  const day = BY_CLOSE_DATE.has(object.name) ? row['CloseDate'] : null;
  return (
    (typeof day === 'string' ? context.datedRate?.(isoCode, day) : undefined) ??
    context.conversionRate(isoCode) ??
    1
  );
}

/**
 * `amount` is in the record's own currency; both rates are units per unit
 * of the corporate currency.
 */
export function inUserCurrency(context: SoqlContext, amount: number, from: Found): number {
  const own = String(from.row['CurrencyIsoCode'] ?? context.userCurrency);
  return (amount / rateOf(context, from, own)) * rateOf(context, from, context.userCurrency);
}
