/** How a world's values are written in an org. */
import type { Cell } from '../org-types.ts';
import { isoDay } from '../soql/calendar.ts';
import type { RecordContext } from './record.ts';

export const SUBJECT_LENGTH = 255;
export const DAY_MS = 86_400_000;

export const dayOf = (ms: number): string => isoDay(Math.floor(ms / DAY_MS));
/** Salesforce keeps whole seconds. */
export const second = (ms: number): number => Math.floor(ms / 1000) * 1000;

/** Cuts a text to a field's length without halving a character. */
export function fit(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/** Only orgs with several currencies have the field. */
export const currencyOf = (context: RecordContext, currency: string): Record<string, Cell> =>
  context.multiCurrency ? { CurrencyIsoCode: currency } : {};
