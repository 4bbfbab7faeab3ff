import type { CloseRate, KpiValue } from '../model/score.ts';
import { heading, points, printable, table, whole } from './format.ts';

const LITTLE = 'little evidence';
const thousandths = (value: number): string => String(Math.round(value * 1000) / 1000);
const bandText = ({ low, high }: Pick<KpiValue, 'low' | 'high'>): string =>
  low === null || high === null ? '' : `${thousandths(low)} to ${thousandths(high)}`;

/** Measures with their bands; those from few deals say so. */
export const measuresText = (kpis: readonly KpiValue[]): string =>
  table(
    ['measure', 'value', '80% band', 'evidence', ''],
    kpis.map((kpi) => [
      kpi.kpi,
      kpi.value === null ? 'not enough evidence' : thousandths(kpi.value),
      bandText(kpi),
      whole(kpi.evidence),
      [kpi.littleEvidence === true ? LITTLE : '', kpi.note ?? ''].filter(Boolean).join('; '),
    ]),
    ['left', 'right', 'right', 'right'],
  );

/** Expected close rates by product; scores of an earlier version have none. */
export function closeRatesText(rates: readonly CloseRate[]): string {
  if (rates.length === 0) return '';
  const percent = (share: number): string => `${points(100 * share)}%`;
  return [
    heading('Expected close rate by product'),
    table(
      ['product', 'rate', '80% band', 'deals', ''],
      rates.map(({ product, rate, low, high, n, littleEvidence }) => [
        printable(product),
        percent(rate),
        `${percent(low)} to ${percent(high)}`,
        whole(n),
        littleEvidence ? LITTLE : '',
      ]),
      ['left', 'right', 'right', 'right'],
    ),
  ].join('');
}
