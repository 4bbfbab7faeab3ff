/** Numbers, money and dates as the reader's own language writes them. */
const LOCALE = navigator.language;
const MINUTE_MS = 60_000;

export const whole = (value: number): string =>
  new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 }).format(value);
export const tenth = (value: number): string =>
  new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 }).format(value);
/** Always with one decimal, so that the figures of a column line up. */
export const oneTenth = (value: number): string =>
  new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    value,
  );
/** A percentage with the tenth that the CRM's field holds. */
const share = (of: number): string =>
  new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 1 }).format(of);
export const percent = (share: number): string =>
  new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 }).format(share);

/** A chance: what may still go either way reads neither 0% nor 100%. */
export function chance(p: number): string {
  if (p > 0 && p < 0.01) return `under ${percent(0.01)}`;
  return p > 0.99 && p < 1 ? `over ${percent(0.99)}` : percent(p);
}

/** A code that is none (an org may have written anything) stands behind the number. */
export function money(value: number, currency: string | null): string {
  if (currency === null || !/^[A-Z]{3}$/.test(currency))
    return `${whole(value)} ${currency ?? ''}`.trim();
  const style = { style: 'currency', currency, maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(LOCALE, style).format(value);
}

export const day = (iso: string | number | null): string =>
  iso === null
    ? 'never'
    : new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium' }).format(new Date(iso));
/** A day of the CRM has no hour, so no time zone may move it. */
export const plainDay = (date: string | null): string =>
  date === null
    ? 'no date'
    : new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' }).format(
        new Date(`${date.slice(0, 10)}T00:00:00Z`),
      );
export const moment = (iso: string | number | null): string =>
  iso === null
    ? 'never'
    : new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' }).format(
        new Date(iso),
      );

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 24 * 60],
  ['hour', 60],
  ['minute', 1],
];

/** A change of a number, with its sign. */
export const signed = (value: number, text: (value: number) => string = tenth): string =>
  `${value > 0 ? '+' : ''}${text(value)}`;

/** "3 hours ago", "in 12 minutes". */
export function ago(iso: string | null): string {
  if (iso === null) return 'never';
  const minutes = (Date.parse(iso) - Date.now()) / MINUTE_MS;
  const [unit, size] = STEPS.find(([, size]) => Math.abs(minutes) >= size) ?? ['minute', 1];
  return new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' }).format(
    Math.round(minutes / size),
    unit,
  );
}

type Unit = 'percent' | 'money' | 'count' | null;

/** A number of the CRM by what it counts; percentages stand there as 0 to 100. */
export function unitText(value: number, unit: Unit, currency: string): string {
  if (unit === 'money') return money(value, currency);
  return unit === 'percent' ? share(value / 100) : tenth(value);
}

/** A value of the CRM, as it would stand in its field. */
export function crmText(value: unknown, unit: Unit, currency: string): string {
  if (value === null || value === '') return 'empty';
  if (typeof value === 'number') return unitText(value, unit, currency);
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return plainDay(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${whole(count)} ${count === 1 ? one : many}`;
