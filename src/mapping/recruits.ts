import { numberOf } from '../model/number-text.ts';
import { LEADING_METRICS, type LeadingMetric } from '../model/proof.ts';
import { readCompanyRows, type CompanyRows } from './company-rows.ts';
import { columnFinder } from './table.ts';

const named = {
  name: { required: true, words: ['name', 'company', 'account name', 'recruit', 'partner'] },
  type: { required: false, words: ['type', 'partner type', 'kind'] },
  region: { required: false, words: ['region', 'country', 'territory'] },
  industry: { required: false, words: ['industry', 'vertical', 'sector'] },
  product: { required: false, words: ['product', 'product line', 'solution'] },
  signedOn: { required: false, words: ['signed on', 'signed', 'contract date'] },
  sellers: { required: false, words: ['sellers', 'active sellers', 'sales people', 'sales team'] },
} as const;
const measured = Object.fromEntries(
  LEADING_METRICS.map((kpi) => [kpi, { required: false, words: [kpi.replaceAll('_', ' ')] }]),
) as unknown as Record<LeadingMetric, { required: boolean; words: string[] }>;

type Column = keyof typeof named | LeadingMetric;
const find = columnFinder<Column>({ ...named, ...measured });

interface RecruitRow {
  name: string;
  type: string | null;
  region: string | null;
  signedOn: string | null;
  sellers: number | null;
  products: { of: string; n: number; won: number }[];
  industries: { of: string; n: number; won: number }[];
  now: Partial<Record<LeadingMetric, number | null>>;
}

/** Recruits from a spreadsheet, a row a company; columns are found by their headers. */
export const readRecruits = (text: string): CompanyRows<RecruitRow> =>
  readCompanyRows(text, find, (line): RecruitRow | null => {
    const { cell } = line;
    const number = (column: Column): number | null => {
      const typed = cell(column);
      if (typed === null) return null;
      const found = numberOf(typed, undefined);
      if (found === null) line.find(`"${typed}" is no number (${column})`);
      return found;
    };
    const words = (column: Column) => {
      const of = cell(column);
      return of === null ? [] : [{ of, n: 0, won: 0 }];
    };
    const name = cell('name');
    if (name === null) {
      line.find('the row has no name');
      return null;
    }
    return {
      ...{ name, type: cell('type'), region: cell('region'), signedOn: cell('signedOn') },
      ...{ products: words('product'), industries: words('industry') },
      sellers: number('sellers'),
      now: Object.fromEntries(
        LEADING_METRICS.flatMap((kpi) => (line.has(kpi) ? [[kpi, number(kpi)]] : [])),
      ),
    };
  });
