import { sql } from 'drizzle-orm';
import { writeIntents } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';

export { accounts, activities, crmRows, cursors, dealEvents, dealPartners, deals, dealScores, ENTITY_TABLES, issues, leases, partners, partnerScores, redirects, runs, stages, windows, writeIntents } from '../../src/store/schema.ts';

/** Writes whose outcome the engine still owes. */
export const intentsOpen = async (store: Store) => await store.db.select().from(writeIntents).where(sql`${writeIntents.state} in ('sent', 'unknown')`);

/** Intents of a run that are neither done nor given up nor held with a reason. */
export const intentsOwed = async (store: Store, runId: string) => await store.db.select().from(writeIntents).where(sql`${writeIntents.runId} = ${runId} and ${writeIntents.state} in ('sent', 'unknown', 'planned')`);

/** Writes that a run held back because the CRM had refused them. */
export const refusalsOf = async (store: Store, runId: string): Promise<number> =>
  (await store.db.select().from(writeIntents).where(sql`${writeIntents.runId} = ${runId} and ${writeIntents.state} = 'held' and ${writeIntents.reason} like 'refused by the CRM%'`)).length;
