import { and, eq, sql, type SQL } from 'drizzle-orm';
import { ENTITY_NAMES, personalFields, type EntityName } from '../model/entities.ts';
import { eraseNames, erasePlanWords, type ErasedName } from './erase-texts.ts';
import { eraseWords } from './erase-words.ts';
import { inJson } from './json-batch.ts';
import {
  crmRows,
  dealScores,
  deals,
  ENTITY_TABLES,
  issues,
  ledger,
  partners,
  partnerScores,
  plans,
  writeIntents,
} from './schema.ts';
import type { Statement, Store } from './store.ts';
import { whatIfOf } from './what-if.ts';

/**
 * Erasing: a record's row, ids, numbers and dates stay, since scores, credit and the track record
 * rest on them; what a person typed goes, from the row, from the local copy and from every text.
 */

/** What the local copy holds of a row that was erased. */
export const ERASED_FIELDS = '{"fields":{}}';

/** Entities whose rows hold something personal. */
export const PERSONAL_ENTITIES = ENTITY_NAMES.filter((name) => personalFields(name).length > 0);

const columnsOf = (entity: EntityName): Record<string, { name: string }> =>
  ENTITY_TABLES[entity] as unknown as Record<string, { name: string }>;

/** Rows that still hold what a person typed: a text that is not the id, which stands for it. */
export const stillPersonal = (entity: EntityName): SQL =>
  sql.join(
    personalFields(entity).map(({ name, required }) => {
      const column = sql.identifier(columnsOf(entity)[name]!.name);
      return required ? sql`${column} <> id` : sql`${column} is not null`;
    }),
    sql` or `,
  );

/** Takes what is personal out of the rows of an entity that a condition picks. */
function eraseEntity(
  store: Store,
  entity: EntityName,
  connectionId: string,
  which: SQL,
): Statement {
  const table = ENTITY_TABLES[entity];
  return store.db
    .update(table)
    .set(
      Object.fromEntries(
        personalFields(entity).map(({ name, required }) => [name, required ? sql`id` : null]),
      ),
    )
    .where(and(eq(table.connectionId, connectionId), which, sql`(${stillPersonal(entity)})`));
}

/** Records of one object, by what texts call them and whose texts those are. */
interface Named {
  names: ErasedName[];
  partnerIds: string[];
  planIds: string[];
}

/** A deal, a plan and a partner are named in the texts of their partner; nobody else is. */
async function namedOf(
  store: Store,
  connectionId: string,
  object: string,
  ids: string[],
): Promise<Named> {
  const own = (table: typeof deals | typeof plans | typeof partners) =>
    and(
      eq(table.connectionId, connectionId),
      eq(table.object, object),
      sql`${table.id} in ${inJson(ids)}`,
    );
  const ofDeals = await store.db
    .select({ id: deals.id, name: deals.name, partnerId: deals.resolvedPartnerId })
    .from(deals)
    .where(own(deals));
  const ofPlans = await store.db
    .select({ id: plans.id, name: plans.name, partnerId: plans.partnerId })
    .from(plans)
    .where(own(plans));
  const ofPartners = await store.db
    .select({ id: partners.id, name: partners.name, partnerId: partners.id })
    .from(partners)
    .where(own(partners));
  const all = [...ofDeals, ...ofPlans, ...ofPartners];
  const accounts = all.flatMap(({ partnerId }) => (partnerId === null ? [] : [partnerId]));
  const rows = await store.db
    .select({ id: partners.id })
    .from(partners)
    .where(
      and(
        eq(partners.connectionId, connectionId),
        sql`coalesce(${partners.accountId}, ${partners.id}) in ${inJson(accounts)}`,
      ),
    );
  return {
    names: all.filter(({ id, name }) => name !== '' && name !== id),
    partnerIds: [...new Set([...accounts, ...rows.map(({ id }) => id)])],
    planIds: ofPlans.map(({ id }) => id),
  };
}

/** Of these ids, those that the CRM has no more, as far as we know. */
async function gone(
  store: Store,
  connectionId: string,
  object: string,
  ids: string[],
): Promise<string[]> {
  const there = await store.db
    .select({ id: crmRows.id })
    .from(crmRows)
    .where(
      and(
        eq(crmRows.connectionId, connectionId),
        eq(crmRows.object, object),
        sql`${crmRows.id} in ${inJson(ids)}`,
        eq(crmRows.deleted, 0),
      ),
    );
  const alive = new Set(there.map(({ id }) => id));
  return ids.filter((id) => !alive.has(id));
}

/**
 * Erases what these records of one object were, where they are no more: a record that the CRM still
 * has keeps its row, and loses only what it is no longer (an account that is no partner any more).
 * What a dry run left beside the connection loses the same. Gives back the ids of those that are
 * gone.
 */
export async function eraseRecords(
  store: Store,
  connectionId: string,
  object: string,
  asked: string[],
): Promise<string[]> {
  if (asked.length === 0) return [];
  const ids = await gone(store, connectionId, object, asked);
  const named = await namedOf(store, connectionId, object, ids);
  const dead = sql`object = ${object} and id in ${inJson(asked)} and deleted = 1`;
  await eraseAt(store, connectionId, { object, ids, named, dead });
  // The copy of a dry run is as old as that run: there, what is gone still seems to be alive.
  const beside = whatIfOf(connectionId);
  if (await holdsAnything(store, beside)) {
    const copied = sql`object = ${object} and (id in ${inJson(ids)} or (id in ${inJson(asked)} and deleted = 1))`;
    await eraseAt(store, beside, { object, ids, named, dead: copied });
  }
  return ids;
}

/** A dry run leaves scores whatever it reads, and rows while it is at work. */
const holdsAnything = async (store: Store, connectionId: string): Promise<boolean> =>
  (
    await store.db.all(
      sql`select 1 from ${partnerScores} where connection_id = ${connectionId} union all select 1 from ${crmRows} where connection_id = ${connectionId} limit 1`,
    )
  ).length > 0;

/** Records to be erased in one place, and the rows of it that are theirs. */
interface Erased {
  object: string;
  ids: string[];
  named: Named;
  dead: SQL;
}

async function eraseAt(
  store: Store,
  connectionId: string,
  { object, ids, named, dead }: Erased,
): Promise<void> {
  await eraseNames(store, connectionId, named.partnerIds, named.names);
  await erasePlanWords(store, connectionId, named.planIds);
  const those = sql`object = ${object} and id in ${inJson(ids)}`;
  const records = sql`object = ${object} and record_id in ${inJson(ids)}`;
  await store.batch([
    ...PERSONAL_ENTITIES.map((entity) => eraseEntity(store, entity, connectionId, dead)),
    store.db
      .update(crmRows)
      .set({ fields: ERASED_FIELDS })
      .where(and(eq(crmRows.connectionId, connectionId), dead)),
    // A refusal quotes the value that was refused.
    store.db.delete(issues).where(and(eq(issues.connectionId, connectionId), those)),
    store.db
      .delete(dealScores)
      .where(
        and(
          eq(dealScores.connectionId, connectionId),
          sql`object = ${object} and deal_id in ${inJson(ids)}`,
        ),
      ),
    ...eraseWords(store, connectionId, ids),
    // Texts that were written into the record itself; numbers stay.
    store.db
      .delete(ledger)
      .where(and(eq(ledger.connectionId, connectionId), records, sql`value like '"%'`)),
    store.db
      .update(writeIntents)
      .set({
        oldValue: sql`case when old_value like '"%' then 'null' else old_value end`,
        newValue: sql`case when new_value like '"%' then 'null' else new_value end`,
      })
      .where(
        and(
          eq(writeIntents.connectionId, connectionId),
          records,
          sql`state not in ('planned', 'sent')`,
        ),
      ),
  ]);
}
