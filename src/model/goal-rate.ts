import * as z from 'zod';
import { DAY_MS } from './time.ts';

/** Goals that are agreed for each month, say: "five qualified leads a month". */

export const goalRate = z.enum(['week', 'month', 'quarter', 'year']);
export type GoalRate = z.infer<typeof goalRate>;

const MONTHS_OF = { month: 1, quarter: 3, year: 12 } as const;

const WORDS: Readonly<Record<GoalRate, readonly string[]>> = {
  week: ['week', 'weeks', 'wk', 'weekly', 'woche', 'wöchentlich', 'semaine', 'semana'],
  month: ['month', 'months', 'mo', 'monthly', 'monat', 'monatlich', 'mois', 'mes', 'mensual'],
  quarter: ['quarter', 'qtr', 'quarterly', 'quartal', 'trimestre', 'trimestral'],
  year: ['year', 'yr', 'yearly', 'annual', 'annually', 'jahr', 'jährlich', 'an', 'año', 'anual'],
};
const BY_WORD: ReadonlyMap<string, GoalRate> = new Map(
  goalRate.options.flatMap((rate) => WORDS[rate].map((word): [string, GoalRate] => [word, rate])),
);
/** A goal or the name of a metric; longer text is neither. */
const MAX_CHARACTERS = 120;
/** `5 / month`, `5 a month`, `5 pro Monat`, `5 par mois`, `5 al mes`. */
const BEHIND =
  /^(.*\S)\s*(?:\/|\b(?:per|a|an|each|every|pro|je|par|al|por|cada)\b)\s*(\p{L}+)\.?$/iu;

/** A text without the words that say for how long a goal is; null = it has none. */
export function goalRateBehind(text: string): { text: string; rate: GoalRate } | null {
  if (text.length > MAX_CHARACTERS) return null;
  const match = BEHIND.exec(text.trim());
  const rate = match === null ? undefined : BY_WORD.get(match[2]!.toLowerCase());
  return rate === undefined ? null : { text: match![1]!.trim(), rate };
}

/** What one word says of that, as in `monthly`. */
export const goalRateOf = (word: string): GoalRate | null => BY_WORD.get(word) ?? null;

/** Months from one day to another, both with them; a month that is begun counts by its days. */
function monthsBetween(startOn: string, endOn: string): number {
  const [start, end] = [new Date(startOn), new Date(Date.parse(endOn) + DAY_MS)];
  const at = (day: Date): number => {
    const [year, month] = [day.getUTCFullYear(), day.getUTCMonth()];
    const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    return 12 * year + month + (day.getUTCDate() - 1) / days;
  };
  return at(end) - at(start);
}

/** How many times such a goal falls into a period of two ISO days. */
export const timesIn = (rate: GoalRate, startOn: string, endOn: string): number =>
  rate === 'week'
    ? (Date.parse(endOn) + DAY_MS - Date.parse(startOn)) / (7 * DAY_MS)
    : monthsBetween(startOn, endOn) / MONTHS_OF[rate];
