/** The fewest calls by which rows can be read and written, from the vendors' own page sizes. */
import type { CrmName } from './crms.ts';

interface Read {
  object: string;
  mode: string;
  read: number;
}

/** Salesforce: `query` gives 2,000 rows a call; a collection takes 200 records. */
const SALESFORCE_PAGE = 2000;
/** HubSpot: a list gives 100 records, half of that with property history; a search gives 200. */
const HUBSPOT_LIST = 100;
const HUBSPOT_HISTORY = 50;
const HUBSPOT_SEARCH = 200;
/** Inputs of one batch of associations. */
const HUBSPOT_LINKS = 1000;
const WRITE_BATCH = { salesforce: 200, hubspot: 100 };

const pages = (rows: number, page: number): number => Math.max(1, Math.ceil(rows / page));

/** Lists without records of their own: the active and the deactivated owners come apart. */
const LISTS: Record<string, number> = { owners: 2, deal_stages: 1, exchange_rates: 1 };

/**
 * One describe and the pages of each object. On HubSpot deals come with their history in one pass,
 * the archive is a page of its own, and what is an association there takes a batch of each kind
 * that the mapping reads (`links`, by the name of the object).
 */
export function fewestCalls(
  crm: CrmName,
  pulled: readonly Read[],
  links: Readonly<Record<string, number>> = {},
): number {
  const history = pulled.some(({ object }) => object === 'deals.history');
  return pulled.reduce((sum, { object, mode, read }) => {
    if (crm === 'salesforce') return sum + 1 + pages(read, SALESFORCE_PAGE);
    if (object.includes('.')) return sum;
    if (LISTS[object] !== undefined) return sum + LISTS[object];
    const full = object === 'deals' && history ? HUBSPOT_HISTORY : HUBSPOT_LIST;
    const kinds = (links[object] ?? 0) * (read === 0 ? 0 : pages(read, HUBSPOT_LINKS));
    const moved = mode === 'changes' && object === 'deals' ? Math.ceil(read / HUBSPOT_HISTORY) : 0;
    return sum + 2 + pages(read, mode === 'changes' ? HUBSPOT_SEARCH : full) + kinds + moved;
  }, 0);
}

/** Full batches of each object's records. */
export const fewestWrites = (crm: CrmName, records: readonly number[]): number =>
  records.reduce((sum, n) => sum + Math.ceil(n / WRITE_BATCH[crm]), 0);
