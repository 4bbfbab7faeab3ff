import { columnFinder, rowsOfCsv } from './table.ts';

const COLUMNS = {
  company: { required: true, words: ['company', 'account', 'customer', 'name', 'account name'] },
  region: { required: false, words: ['country', 'region', 'territory', 'billing country'] },
  industry: { required: false, words: ['industry', 'vertical', 'sector'] },
  product: { required: false, words: ['product', 'product line', 'solution', 'interest'] },
  domain: { required: false, words: ['domain', 'website', 'web site', 'email', 'e mail'] },
} as const;
type Column = keyof typeof COLUMNS;
const find = columnFinder<Column>(COLUMNS);

type Lead = Record<Exclude<Column, 'company'>, string | null> & { company: string };

export interface ReadLeads {
  leads: Lead[];
  /** Columns that mean nothing to us. */
  ignored: string[];
  /** Why nothing was read, or which lines were left out. */
  findings: { line: number | null; message: string }[];
}

/** Leads from a spreadsheet, a row a customer; columns are found by their headers. */
export function readLeads(text: string): ReadLeads {
  const table = rowsOfCsv(text);
  const nothing = (message: string, line: number | null): ReadLeads => ({
    ...{ leads: [], ignored: [] },
    findings: [{ line, message }],
  });
  if ('fault' in table) return nothing(table.fault.message, table.fault.line);
  const [header, ...rows] = table.rows;
  if (header === undefined) return nothing('the file is empty', 1);
  const { at, ignored, missing } = find(header.cells);
  if (missing.length > 0) return nothing(`no column holds the ${missing.join(', ')}`, 1);
  const findings: ReadLeads['findings'] = [];
  const leads = rows.flatMap(({ cells, line }): Lead[] => {
    const cell = (column: Column): string | null => {
      const index = at[column];
      return (index === undefined ? '' : (cells[index] ?? '')).trim() || null;
    };
    const company = cell('company');
    if (company === null) {
      findings.push({ line, message: 'the row names no company' });
      return [];
    }
    const rest = { region: cell('region'), industry: cell('industry'), product: cell('product') };
    return [{ company, ...rest, domain: cell('domain') }];
  });
  return { leads, ignored, findings };
}
