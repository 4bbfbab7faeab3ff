/** Numbers as a report writes them. */
export const isoDate = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
export const percent = (share: number | null): string =>
  share === null ? '–' : `${Math.round(100 * share)}%`;
export const loss = (value: number | null | undefined): string =>
  value == null ? '–' : value.toFixed(4);

const UNITS = [
  [1e9, 'bn'],
  [1e6, 'm'],
  [1e3, 'k'],
] as const;

/** 1,250,000 -> 1.25m: three digits, since an axis has little room. */
export function short(amount: number): string {
  const [unit, mark] = UNITS.find(([from]) => Math.abs(amount) >= from) ?? [1, ''];
  return `${Number((amount / unit).toPrecision(3))}${mark}`;
}
