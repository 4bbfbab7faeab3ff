import { eq, inArray, sql, type SQL } from 'drizzle-orm';
import { inJson } from './json-batch.ts';
import { placesOf, recordsOfPartners } from './run-changes.ts';
import { deals, partners, writeIntents } from './schema.ts';
import type { Store } from './store.ts';

/** Which of a run's writes are meant, whoever asks: to see, to apply, to turn down or take back. */
export interface IntentFilter {
  object: string | null;
  recordIds: string[] | null;
  fields: string[] | null;
  ownerId: string | null;
  /** A number that moves by less is left out, and so is everything that is no number. */
  minMove: number | null;
  /** The field was empty. */
  firstWrite: boolean;
  /** From above nought to below it, or the other way. */
  signChange: boolean;
  /** Part of a record's name. */
  name: string | null;
}

export const EVERY_INTENT: IntentFilter = {
  ...{ object: null, recordIds: null, fields: null, ownerId: null, name: null, minMove: null },
  ...{ firstWrite: false, signChange: false },
};

/** The same with partners by their CRM ids, as it travels to whatever makes the run. */
export interface RunPart extends Omit<IntentFilter, 'recordIds'> {
  partners: string[] | null;
}

/** The partners' records and deals are looked up where they are needed. */
export async function filterOfPart(
  store: Store,
  connectionId: string,
  { partners: ids, ...part }: RunPart,
): Promise<IntentFilter> {
  const recordIds = ids === null ? null : await recordsOfPartners(store, connectionId, ids);
  return { ...EVERY_INTENT, ...part, recordIds };
}

/** Of all JSON only a number begins so, which is quicker to see than by parsing it. */
const numberIn = (value: typeof writeIntents.oldValue | typeof writeIntents.newValue): SQL =>
  sql`(case when ${value} glob '[-0-9]*' then cast(${value} as real) end)`;
const oldNumber = numberIn(writeIntents.oldValue);
const newNumber = numberIn(writeIntents.newValue);
/** How far a number moves; what was empty moves from nought; null = it is no number. */
export const move = sql`case when ${newNumber} is null and ${oldNumber} is null then null else abs(coalesce(${newNumber}, 0) - coalesce(${oldNumber}, 0)) end`;

type Named = typeof deals | typeof partners;

/** Writes on partners and deals of which something holds, where a dry run found them too. */
const recordsOf = (connectionId: string, holds: (table: Named) => SQL): SQL => {
  const places = inJson(placesOf(connectionId));
  const of = (table: Named): SQL =>
    sql`select ${table.id} from ${table} where ${table.connectionId} in ${places} and ${holds(table)}`;
  return sql`${writeIntents.recordId} in (${of(deals)} union ${of(partners)})`;
};
const ownedBy = (connectionId: string, ownerId: string): SQL =>
  recordsOf(connectionId, (table) => sql`${table.ownerId} = ${ownerId}`);
const named = (connectionId: string, name: string): SQL =>
  recordsOf(connectionId, (table) => sql`instr(lower(${table.name}), ${name.toLowerCase()}) > 0`);

/** What must hold of an intent that is wanted. */
export const wantedOf = (connectionId: string, filter: IntentFilter): SQL[] =>
  [
    filter.object === null
      ? undefined
      : sql`lower(${writeIntents.object}) = ${filter.object.toLowerCase()}`,
    filter.recordIds === null
      ? undefined
      : sql`${writeIntents.recordId} in ${inJson(filter.recordIds)}`,
    filter.fields === null ? undefined : inArray(writeIntents.field, filter.fields),
    filter.ownerId === null ? undefined : ownedBy(connectionId, filter.ownerId),
    filter.name === null ? undefined : named(connectionId, filter.name),
    filter.minMove === null ? undefined : sql`${move} >= ${filter.minMove}`,
    filter.firstWrite ? eq(writeIntents.oldValue, 'null') : undefined,
    filter.signChange ? sql`${oldNumber} * ${newNumber} < 0` : undefined,
  ].filter((one) => one !== undefined);
