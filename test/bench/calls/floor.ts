/** The fewest calls by which rows can be read, from the vendors' own page sizes. */
import type { CrmName } from './crms.ts';

interface Read {
  object: string;
  mode: string;
  read: number;
}

/** Salesforce: `query` gives 2,000 rows a call, and a result page of Bulk 2.0 up to 50,000. */
const SALESFORCE_PAGE = 2000;
/** HubSpot: a list gives 100 records, half of that with property history; a search gives 200. */
const HUBSPOT_LIST = 100;
const HUBSPOT_HISTORY = 50;
const HUBSPOT_SEARCH = 200;

const pages = (rows: number, page: number): number => Math.max(1, Math.ceil(rows / page));

/**
 * One describe and the pages of each object. Deals of HubSpot and their history can come in one
 * pass; what is an association there comes with its records.
 */
export function fewestCalls(crm: CrmName, pulled: readonly Read[]): number {
  const rowsOf = (object: string): number =>
    pulled.find((pull) => pull.object === object)?.read ?? 0;
  return pulled.reduce((sum, { object, mode, read }) => {
    if (crm === 'salesforce') return sum + 1 + pages(read, SALESFORCE_PAGE);
    if (mode === 'changes') return sum + 1 + pages(read, HUBSPOT_SEARCH);
    if (object === 'deals.history') return sum + pages(rowsOf('deals'), HUBSPOT_HISTORY);
    return object === 'deals' || object.includes('.')
      ? sum + 1
      : sum + 1 + pages(read, HUBSPOT_LIST);
  }, 0);
}
