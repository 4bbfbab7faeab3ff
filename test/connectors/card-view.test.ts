import { expect, it } from 'vitest';

interface Format {
  money(value: number): string;
  value(raw: unknown, unit: string): string | null;
}
const { formatter } = (await import(
  new URL('../../connectors/kit/card/view.js', import.meta.url).href
)) as { formatter(locale: unknown, currency: unknown): Format };

it.each([
  ['en-US', 'EUR', '€1,235'],
  ['en_US', 'EUR', '€1,235'],
  ['no locale at all', 'EUR', '€1,235'],
  [undefined, 'EUR', '€1,235'],
  ['de_DE', 'EURO', '1.235 EURO'],
  ['en', undefined, '1,235'],
])('a card writes amounts for a reader in %s, in %s', (locale, currency, text) => {
  const format = formatter(locale, currency);
  expect(format.money(1234.6)).toBe(text);
  expect(format.value('1234.6', 'money')).toBe(text);
});
