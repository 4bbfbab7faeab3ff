import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { inJson, upsertRows } from './json-batch.ts';
import { partnerScores, planRevisions, runs, writeIntents } from './schema.ts';
import type { Statement, Store } from './store.ts';

/**
 * Names of erased records inside the texts of results: a score's next action names a deal, its
 * event a plan. What is left instead is the record's id.
 */

/** A name as it stood in texts, and what stands there from now on. */
export interface ErasedName {
  name: string;
  id: string;
}

/** Rows that one go takes; each holds a few kilobytes. */
const ROWS_PER_GO = 200;
/** A shorter one is part of other words; it is erased where it is the whole value. */
const SHORTEST_IN_TEXT = 3;

/** Keys under which a result holds a name by itself; under others the same word is a code. */
const NAME_KEYS = new Set(['name', 'label', 'deal', 'plan', 'text', 'partnerOwner']);

/** Names to be found in texts. */
interface NameWords {
  idOf: ReadonlyMap<string, string>;
  /** Whole words only: a deal called "Plan" is no part of "Planned". */
  inText: RegExp;
}

/** Scripts that put no space between words: there every place is the edge of one. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function patternOf(name: string): string {
  const text = name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const [first, last] = [[...name].at(0)!, [...name].at(-1)!];
  const before = UNSPACED.test(first) ? '' : '(?<![\\p{L}\\p{N}])';
  const behind = UNSPACED.test(last) ? '' : '(?![\\p{L}\\p{N}])';
  return `${before}${text}${behind}`;
}

function wordsOf(names: readonly ErasedName[]): NameWords {
  const idOf = new Map(names.map(({ name, id }) => [name, id]));
  // The longest first: of "Ann Lee" and "Ann" the whole name is meant.
  const found = [...idOf.keys()]
    .filter((name) => name.length >= SHORTEST_IN_TEXT || UNSPACED.test(name))
    .sort((a, b) => b.length - a.length)
    .map(patternOf);
  return { idOf, inText: new RegExp(found.length === 0 ? '(?!)' : found.join('|'), 'gu') };
}

function withoutNames(value: unknown, words: NameWords, key: string | null): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutNames(item, words, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, withoutNames(item, words, name)]),
    );
  if (typeof value !== 'string') return value;
  const whole = words.idOf.get(value);
  if (whole !== undefined) return key === null || NAME_KEYS.has(key) ? whole : value;
  // A code has no space in it; a sentence that names somebody has, where its script has any.
  if (!/\s/.test(value) && !UNSPACED.test(value)) return value;
  return value.replace(words.inText, (name) => words.idOf.get(name) ?? name);
}

const rewritten = (json: string, words: NameWords): string =>
  JSON.stringify(withoutNames(JSON.parse(json), words, null));

/** Whether a JSON text holds one of the names. */
const holds = (column: AnySQLiteColumn, json: string): SQL =>
  sql`exists (select 1 from json_each(${json}) n where instr(${column}, n.value) > 0)`;

/** Where names are looked for. */
interface Place {
  store: Store;
  connectionId: string;
  /** A JSON list of whose texts they are. */
  ids: SQL;
  words: NameWords;
  /** The names as JSON holds them. */
  asWritten: string;
}

/** Takes the names out of the results of these partners, and out of what was written to them. */
export async function eraseNames(
  store: Store,
  connectionId: string,
  partnerIds: readonly string[],
  names: readonly ErasedName[],
): Promise<void> {
  if (names.length === 0 || partnerIds.length === 0) return;
  const place: Place = {
    store,
    connectionId,
    ids: inJson([...partnerIds]),
    words: wordsOf(names),
    asWritten: JSON.stringify(names.map(({ name }) => JSON.stringify(name).slice(1, -1))),
  };
  await eraseFromScores(place);
  await eraseFromWrites(place);
}

const at = sql<number>`rowid`;

/** Page by page behind the last row: what still holds a name after it was met is a code. */
async function eachRow<T>(
  store: Store,
  page: (after: number) => Promise<(T & { at: number })[]>,
  statement: (row: T) => Statement,
): Promise<void> {
  for (let rows = await page(0); rows.length > 0; rows = await page(rows.at(-1)!.at))
    await store.batch(rows.map(statement));
}

async function eraseFromScores({
  store,
  connectionId,
  ids,
  words,
  asWritten,
}: Place): Promise<void> {
  const own = eq(partnerScores.connectionId, connectionId);
  await eachRow(
    store,
    async (after) =>
      await store.db
        .select({
          at,
          runId: partnerScores.runId,
          object: partnerScores.object,
          partnerId: partnerScores.partnerId,
          detail: partnerScores.detail,
        })
        .from(partnerScores)
        .where(
          and(
            own,
            sql`${partnerScores.partnerId} in ${ids}`,
            sql`rowid > ${after}`,
            holds(partnerScores.detail, asWritten),
          ),
        )
        .orderBy(at)
        .limit(ROWS_PER_GO),
    ({ runId, object, partnerId, detail }) =>
      store.db
        .update(partnerScores)
        .set({ detail: rewritten(detail, words) })
        .where(
          and(
            own,
            eq(partnerScores.runId, runId),
            eq(partnerScores.object, object),
            eq(partnerScores.partnerId, partnerId),
          ),
        ),
  );
}

async function eraseFromWrites({
  store,
  connectionId,
  ids,
  words,
  asWritten,
}: Place): Promise<void> {
  const { runId, object, recordId, field, oldValue, newValue, state } = writeIntents;
  await eachRow(
    store,
    async (after) =>
      await store.db
        .select({ at, runId, object, recordId, field, oldValue, newValue })
        .from(writeIntents)
        .where(
          and(
            eq(writeIntents.connectionId, connectionId),
            sql`${recordId} in ${ids}`,
            // What is on its way must stay what the CRM was asked for. A plan that a dry run left is
            // on no way yet: applied after all, it finds another value there and leaves it.
            sql`(${state} not in ('planned', 'sent') or (${state} = 'planned' and exists (select 1 from ${runs} where ${runs.id} = ${runId} and ${runs.state} = 'done')))`,
            sql`rowid > ${after}`,
            sql`(${holds(newValue, asWritten)} or ${holds(oldValue, asWritten)})`,
          ),
        )
        .orderBy(at)
        .limit(ROWS_PER_GO),
    (row) =>
      store.db
        .update(writeIntents)
        .set({
          oldValue: rewritten(row.oldValue, words),
          newValue: rewritten(row.newValue, words),
        })
        .where(
          and(
            eq(runId, row.runId),
            eq(object, row.object),
            eq(recordId, row.recordId),
            eq(field, row.field),
          ),
        ),
  );
}

/** The terms of erased plans keep their numbers and days; their words go. */
export async function erasePlanWords(
  store: Store,
  connectionId: string,
  planIds: readonly string[],
): Promise<void> {
  if (planIds.length === 0) return;
  const found = await store.db
    .select()
    .from(planRevisions)
    .where(
      and(
        eq(planRevisions.connectionId, connectionId),
        sql`${planRevisions.planId} in ${inJson([...planIds])}`,
      ),
    );
  await store.batch(
    upsertRows(
      store,
      planRevisions,
      found.map((row) => ({
        ...row,
        // Null would say that it was seen in the CRM.
        byWho: row.byWho === null ? null : '',
        why: null,
        approvedBy: null,
        terms: JSON.stringify(withoutWords(JSON.parse(row.terms), row.planId)),
      })),
      { update: ['byWho', 'why', 'approvedBy', 'terms'] },
    ),
  );
}

function withoutWords(value: unknown, id: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutWords(item, id));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      typeof item !== 'string'
        ? withoutWords(item, id)
        : name === 'name'
          ? id
          : name === 'partnerOwner' || name === 'label'
            ? ''
            : item,
    ]),
  );
}
