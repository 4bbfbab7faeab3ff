/** Numbers as people read them; no locale of the machine takes part. */

import { decimalExponent } from '../../model/real-math.ts';

const grouped = (whole: string): string => whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/**
 * `EUR 1,250,000`: three significant digits, since more would pretend to a precision
 * that a forecast does not have.
 */
export function money(amount: number, currency: string): string {
  const size = Math.abs(amount);
  const unit = size >= 1000 ? 10 ** (decimalExponent(size) - 2) : 1;
  const rounded = Math.round(size / unit) * unit;
  return `${currency} ${amount < 0 ? '-' : ''}${grouped(String(Math.round(rounded)))}`;
}

/** `61%`; what may still go either way reads neither 0% nor 100%. */
export const percent = (share: number): string =>
  share > 0 && share < 0.01
    ? 'under 1%'
    : share > 0.99 && share < 1
      ? 'over 99%'
      : `${Math.round(100 * share)}%`;

/** `1 deal`, `12 deals`. */
export const count = (n: number, what: string): string =>
  `${grouped(String(Math.round(n)))} ${what}${Math.round(n) === 1 ? '' : 's'}`;

/**
 * Steps in which a lasting state is told: a text that named every day would be
 * written into the CRM every day.
 */
const LASTING_DAYS = [1, 3, 7, 14, 21, 30, 45, 60, 90, 120, 180, 270, 365, 540, 730, 1095];

/** `over 45 days`: the last step passed. */
export const lasting = (days: number): string =>
  `over ${count(LASTING_DAYS.findLast((step) => days > step) ?? 0, 'day')}`;

/** `about 60%`, in tenths, for texts that stand for a while. */
export const roughly = (share: number): string => `about ${10 * Math.round(10 * share)}%`;

/** `6 weeks`, or `3 days` below two weeks. */
export function span(days: number): string {
  return days < 14 ? count(Math.max(0, Math.round(days)), 'day') : count(days / 7, 'week');
}
