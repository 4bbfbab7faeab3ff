import { expect, it } from 'vitest';
import { cardTexts } from '../../connectors/kit/card/texts.ts';

interface Format {
  money(value: number): string;
  value(raw: unknown, unit: string): string | null;
}
interface View {
  range: string | null;
  bar: { text: string };
  evidence: string | null;
  forecast: { text: string; range: string | null };
}
const { formatter, viewOf } = (await import(
  new URL('../../connectors/kit/card/view.js', import.meta.url).href
)) as {
  formatter(locale: unknown, currency: unknown): Format;
  viewOf(given: object, texts: object, format: Format): View;
};
const viewed = (outputs: Readonly<Record<string, number>>): View => {
  const given = { entity: 'partner', outputs, labels: {}, units: {}, nowMs: 0 };
  return viewOf(given, cardTexts('en'), formatter('en', 'USD'));
};

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

it.each([
  [83.2, 74.6, 83.2, '8 times in 10 it is between 74% and 84%.'],
  [1.1, 0.5, 1.8, '8 times in 10 it is between 0% and 2%.'],
  [0.5, 0.5, 0.5, '8 times in 10 it is between 0% and 1%.'],
])(
  'a band around %d%% has the ends that the sentence about it has',
  (score, scoreLow, scoreHigh, text) => {
    const { range, bar } = viewed({ score, scoreLow, scoreHigh });
    expect([range, bar.text]).toEqual([text, text]);
  },
);

it('says an amount once where both of its ends are the same, and no sentence with two full stops', () => {
  const outputs = { score: 5, evidence: 0, forecast: 0, forecastLow: 0, forecastHigh: 0.2 };
  const { forecast, evidence } = viewed(outputs);
  expect(forecast).toEqual({ text: '$0', range: null });
  expect(evidence).not.toMatch(/[.]$/);
  expect(viewed({ ...outputs, forecastHigh: 12 }).forecast.range).toContain('between $0 and $12');
});
