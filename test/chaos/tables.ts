import { eq, getTableColumns, sql } from 'drizzle-orm';
import { given, preparedRead } from '../../src/store/prepared.ts';
import { crmRows, cursors, runs, writeIntents } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';

export {
  crmRows,
  cursors,
  deals,
  dealScores,
  ENTITY_TABLES,
  issues,
  leases,
  partnerScores,
  runs,
} from '../../src/store/schema.ts';

/** Writes whose outcome the engine still owes. */
export const intentsOpen = async (store: Store) =>
  await store.db.select().from(writeIntents).where(sql`${writeIntents.state} = 'sent'`);

const owed = preparedRead(getTableColumns(writeIntents), (select) =>
  select
    .from(writeIntents)
    .where(
      sql`${writeIntents.runId} = ${given('runId')} and ${writeIntents.state} in ('sent', 'planned')`,
    ),
);
const stateOf = preparedRead({ state: runs.state }, (select) =>
  select.from(runs).where(eq(runs.id, given('runId'))),
);
const stamps = preparedRead(
  { object: crmRows.object, id: crmRows.id, stampMs: crmRows.stampMs },
  (select) => select.from(crmRows),
);
const places = preparedRead(
  { object: cursors.object, throughMs: cursors.throughMs, verifiedMs: cursors.verifiedMs },
  (select) => select.from(cursors),
);

/** What each stream says it holds. */
export const cursorsOf = async (store: Store) => await places(store, {});

/** `Object/Id` -> the stamp of the version that the local copy holds. */
export const heldStamps = async (store: Store): Promise<Map<string, number>> =>
  new Map((await stamps(store, {})).map((row) => [`${row.object}/${row.id}`, row.stampMs]));

/** What the row of a run says of it; undefined = there is none. */
export const runState = async (store: Store, runId: string): Promise<string | undefined> =>
  (await stateOf(store, { runId }))[0]?.state;

/** Intents of a run that are neither done nor given up nor held with a reason. */
export const intentsOwed = async (store: Store, runId: string) => await owed(store, { runId });

/** Writes that a run held back because the CRM had refused them. */
export const refusalsOf = async (store: Store, runId: string): Promise<number> =>
  (
    await store.db
      .select()
      .from(writeIntents)
      .where(
        sql`${writeIntents.runId} = ${runId} and ${writeIntents.state} = 'held' and ${writeIntents.reason} like 'refused by the CRM%'`,
      )
  ).length;
