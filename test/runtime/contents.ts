import { getTableColumns, getTableName } from 'drizzle-orm';
import { canonicalJson } from '../../src/model/canonical.ts';
import {
  crmRows,
  cursors,
  dealScores,
  ENTITY_TABLES,
  fits,
  forecasts,
  issues,
  kpiValues,
  ledger,
  models,
  partnerScores,
  redirects,
  statementOutcomes,
  statements,
  trackRecords,
  writeIntents,
} from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';

/**
 * Everything a run leaves behind: the local copy, the model, KPIs, scores, forecast,
 * fitted pool, write plan, ledger.
 */
const TABLES = [
  crmRows,
  cursors,
  redirects,
  issues,
  ...Object.values(ENTITY_TABLES),
  kpiValues,
  partnerScores,
  dealScores,
  forecasts,
  models,
  fits,
  statements,
  statementOutcomes,
  trackRecords,
  writeIntents,
  ledger,
];
/** The machine's own clock and the name of a run differ from host to host; nothing else may. */
const OF_THE_HOST = new Set(['seenMs', 'runId', 'atMs', 'writtenMs', 'firstMs', 'lastMs']);

/**
 * Rows by table as text, in an order of their own content: two databases with the
 * same text hold the same bytes.
 */
export async function contentsOf(store: Store): Promise<Record<string, string[]>> {
  const contents: Record<string, string[]> = {};
  for (const table of TABLES) {
    const own = Object.keys(getTableColumns(table)).filter((name) => !OF_THE_HOST.has(name));
    const rows = (await store.db.select().from(table)) as Record<string, unknown>[];
    contents[getTableName(table)] = rows
      .map((row) => canonicalJson(Object.fromEntries(own.map((name) => [name, row[name]]))))
      .sort();
  }
  return contents;
}
