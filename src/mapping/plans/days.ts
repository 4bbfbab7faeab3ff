import { isDay } from './periods.ts';

/** Days as spreadsheets write them: `2027-04-01`, `1.4.2027`, `1/4/2027`, `4/1/2027`. */

/** Which number stands first where slashes part them. */
export type DayOrder = 'day' | 'month';

const PARTS = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/;
/** No month is later. */
const MONTHS = 12;

const isoOf = (year: string, month: string, day: string): string | null => {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(iso) ? iso : null;
};

/** What these cells prove of the order of day and month; null = nothing, or both. */
export function provenOrder(cells: readonly string[]): DayOrder | null {
  const proven = new Set(
    cells.flatMap((cell): DayOrder[] => {
      const match = PARTS.exec(cell.trim());
      if (match === null) return [];
      if (Number(match[1]) > MONTHS) return ['day'];
      return Number(match[3]) > MONTHS ? ['month'] : [];
    }),
  );
  return proven.size === 1 ? [...proven][0]! : null;
}

/** An ISO day; `doubt` where day and month may be either way round; null where it is no day. */
export function dayOfCell(text: string, order: DayOrder | null): string | 'doubt' | null {
  const cell = text.trim();
  if (isDay(cell)) return cell;
  const match = PARTS.exec(cell);
  if (match === null) return null;
  const [, first, sign, second, year] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
  ];
  // Nobody parts the month from the day by a dot and writes the month first.
  const known = sign === '.' ? 'day' : order;
  const [dayFirst, monthFirst] = [isoOf(year, second, first), isoOf(year, first, second)];
  if (known !== null) return known === 'day' ? dayFirst : monthFirst;
  if (dayFirst === null || monthFirst === null) return dayFirst ?? monthFirst;
  return dayFirst === monthFirst ? dayFirst : 'doubt';
}
