import { readCompanyRows, type CompanyRows } from './company-rows.ts';
import { columnFinder } from './table.ts';

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

/** Leads from a spreadsheet, a row a customer; columns are found by their headers. */
export const readLeads = (text: string): CompanyRows<Lead> =>
  readCompanyRows(text, find, (line): Lead | null => {
    const { cell } = line;
    const company = cell('company');
    if (company === null) {
      line.find('the row names no company');
      return null;
    }
    const rest = { region: cell('region'), industry: cell('industry'), product: cell('product') };
    return { company, ...rest, domain: cell('domain') };
  });
