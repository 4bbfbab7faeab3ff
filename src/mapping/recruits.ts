import { numberOf } from '../model/number-text.ts';
import { LEADING_METRICS, type LeadingMetric } from '../model/proof.ts';
import { columnFinder, rowsOfCsv } from './table.ts';

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

export interface ReadRecruits {
  recruits: {
    name: string;
    type: string | null;
    region: string | null;
    signedOn: string | null;
    sellers: number | null;
    products: { of: string; n: number; won: number }[];
    industries: { of: string; n: number; won: number }[];
    now: Partial<Record<LeadingMetric, number | null>>;
  }[];
  /** Columns that mean nothing to us. */
  ignored: string[];
  /** Why nothing was read, or which lines were left out. */
  findings: { line: number | null; message: string }[];
}

/** Recruits from a spreadsheet, a row a company; columns are found by their headers. */
export function readRecruits(text: string): ReadRecruits {
  const table = rowsOfCsv(text);
  const nothing = (message: string, line: number | null): ReadRecruits => ({
    ...{ recruits: [], ignored: [] },
    findings: [{ line, message }],
  });
  if ('fault' in table) return nothing(table.fault.message, table.fault.line);
  const [header, ...rows] = table.rows;
  if (header === undefined) return nothing('the file is empty', 1);
  const { at, ignored, missing } = find(header.cells);
  if (missing.length > 0) return nothing(`no column holds the ${missing.join(', ')}`, 1);
  const findings: ReadRecruits['findings'] = [];
  const recruits = rows.flatMap(({ cells, line }) => {
    const cell = (column: Column): string | null => {
      const index = at[column];
      return (index === undefined ? '' : (cells[index] ?? '')).trim() || null;
    };
    const number = (column: Column): number | null => {
      const typed = cell(column);
      if (typed === null) return null;
      const found = numberOf(typed, undefined);
      if (found === null) findings.push({ line, message: `"${typed}" is no number (${column})` });
      return found;
    };
    const words = (column: Column) => {
      const of = cell(column);
      return of === null ? [] : [{ of, n: 0, won: 0 }];
    };
    const name = cell('name');
    if (name === null) {
      findings.push({ line, message: 'the row has no name' });
      return [];
    }
    return [
      {
        ...{ name, type: cell('type'), region: cell('region'), signedOn: cell('signedOn') },
        ...{ products: words('product'), industries: words('industry') },
        sellers: number('sellers'),
        now: Object.fromEntries(
          LEADING_METRICS.flatMap((kpi) => (at[kpi] === undefined ? [] : [[kpi, number(kpi)]])),
        ),
      },
    ];
  });
  return { recruits, ignored, findings };
}
