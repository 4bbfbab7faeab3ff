import type { CrmObject, CrmRow, CrmSession } from '../../model/connector.ts';
import type { StreamSpec } from '../../model/mapping.ts';
import { DAY_MS } from '../../model/time.ts';
import { readCursor, saveCursor, type Cursor } from '../../store/cursors.ts';
import { countAlive, localPage } from '../../store/rows.ts';
import type { Statement } from '../../store/store.ts';
import type { RunContext } from '../run/context.ts';
import { LINK_PAGE } from '../run/limits.ts';
import { readableBeside } from './beside.ts';
import { changeOfPage } from './commit.ts';
import { buryUnmet } from './deletions.ts';
import { beginEnumeration, meet, type Enumeration } from './enumeration.ts';
import { linksUnread, refreshDue, unstampedOf } from './freshness.ts';
import { readByIds } from './read-all.ts';
import { refreshBy } from './refresh.ts';
import type { CountedRows } from './receipts.ts';

/** Of so many pages one has its values read again in a refresh. */
const SHARES = 7;

/** One page of records whose links were read again. */
export interface LinksStep {
  after: string;
  pages: number;
  changed: number;
  unread: boolean;
  /** Of the streams that have rows for each link. */
  met: Record<string, Enumeration>;
  held: { object: string; rows: number }[];
  gone: number;
  done: boolean;
}

const NOTHING: LinksStep = {
  ...{ after: '', pages: 0, changed: 0, unread: false, met: {}, held: [], gone: 0 },
  done: true,
};

/**
 * Links of all records that we hold, which move no stamp, where they are read apart from their
 * records once a day. What was read of the rest then stands for a pass that read everything:
 * `counted` says whether a record is gone that nothing told of.
 */
export async function refreshLinks(
  context: RunContext,
  stream: StreamSpec,
  deferred: boolean,
  previous: LinksStep | null,
  counted: CountedRows | null,
): Promise<LinksStep> {
  const { store, session, connectionId } = context;
  const shape = await session.describe(stream.object);
  const cursor = await readCursor(store, connectionId, stream.object);
  if (deferred || !(await isDue(context, stream, shape, cursor))) return NOTHING;
  const unstamped = unstampedOf(stream, shape);
  const beside = await readableBeside(context, stream, true);
  const links = shape?.perRecord === undefined && (unstamped.associations || beside.length > 0);
  const step: LinksStep =
    previous === null
      ? { ...NOTHING, met: await begun(context, beside), done: !links }
      : { ...previous, done: false };
  if (!step.done) {
    const rows = await localPage(store, connectionId, stream.object, step.after, LINK_PAGE);
    step.done = rows.length < LINK_PAGE;
    step.after = rows.at(-1)?.row.id ?? step.after;
    const alive = rows.map(({ row }) => row).filter((row) => !row.deleted);
    const values = (Math.floor(context.asOfMs / DAY_MS) + step.pages++) % SHARES === 0;
    const fresh = values ? await valuesOf(context, stream, alive) : alive;
    const { statements, changed, read } = await ofPage(context, stream, beside, fresh, step.met);
    await store.batch(statements);
    step.changed += changed;
    step.unread ||= read.some((row) => linksUnread(row, stream, unstamped.linked));
  }
  if (!step.done) return step;
  for (const other of beside) {
    const { gone, held } = await buryUnmet(context, other, step.met[other.object]!);
    step.gone += gone;
    if (held > 0) step.held.push({ object: other.object, rows: held });
    const its = await readCursor(store, connectionId, other.object);
    const { throughMs } = its;
    const deletes = held > 0 ? {} : { deletesMs: throughMs };
    await store.batch(saveCursor(store, connectionId, { ...its, fullMs: throughMs, ...deletes }));
  }
  await store.batch(saveCursor(store, connectionId, await ended(context, cursor, step, counted)));
  return step;
}

/** A refresh is due that the pass of this run did not bring; that of links comes with the records. */
const isDue = async (
  context: RunContext,
  stream: StreamSpec,
  shape: CrmObject | null,
  cursor: Cursor,
): Promise<boolean> =>
  shape?.stampField != null &&
  cursor.fullMs !== null &&
  cursor.throughMs !== null &&
  shape.perRecord?.links !== true &&
  (await refreshBy(context, stream, shape, cursor)) === 'links' &&
  refreshDue(unstampedOf(stream, shape), context.features, cursor.throughMs - cursor.fullMs, false);

async function begun(
  context: RunContext,
  beside: StreamSpec[],
): Promise<Record<string, Enumeration>> {
  const met: Record<string, Enumeration> = {};
  for (const stream of beside) met[stream.object] = await beginEnumeration(context, stream);
  return met;
}

async function ofPage(
  context: RunContext,
  stream: StreamSpec,
  beside: StreamSpec[],
  rows: CrmRow[],
  met: Record<string, Enumeration>,
): Promise<{ statements: Statement[]; changed: number; read: CrmRow[] }> {
  const { store, session, connectionId, mapping, runId } = context;
  if (rows.length === 0) return { statements: [], changed: 0, read: [] };
  const own = await ownFields(session, stream);
  const page = (await session.readLinks?.({
    ...{ object: stream.object, associations: stream.associations, includeDeleted: false, beside },
    fields: stream.fields.filter((field) => !own.has(field)),
    records: rows.map(({ id, stampMs }) => ({ id, stampMs })),
  })) ?? { rows: [] };
  const read = new Map(page.rows.map((row) => [row.id, row]));
  const whole = rows.map((row) => withLinks(row, read.get(row.id)));
  const save = async (object: string, some: CrmRow[]) =>
    await changeOfPage(store, connectionId, mapping, object, some, runId, context);
  const { statements, changed } = await save(stream.object, whole);
  for (const other of beside) {
    const found = page.beside?.find(({ object }) => object === other.object)?.rows ?? [];
    statements.push(...(await save(other.object, found)).statements);
    statements.push(...meet(context, other, met[other.object]!, found));
  }
  return { statements, changed, read: [...read.values()] };
}

/**
 * Values of a rolling share of the rows: what moves neither stamp nor set-up, and is not calculated,
 * is unheard of; it is found within a week all the same.
 */
async function valuesOf(
  { session }: RunContext,
  stream: StreamSpec,
  rows: CrmRow[],
): Promise<CrmRow[]> {
  const own = await ownFields(session, stream);
  const what = { ...stream, fields: stream.fields.filter((field) => own.has(field)) };
  const ids = rows.map(({ id }) => id);
  const found = await readByIds(session, { ...what, associations: [], history: [] }, ids);
  return rows.map((row) => {
    const now = found.get(row.id);
    // The pass brings what was deleted or merged meanwhile, with all that follows from it.
    return now === undefined || now.deleted || now.mergedIntoId !== null
      ? row
      : { ...row, stampMs: now.stampMs, fields: { ...row.fields, ...now.fields } };
  });
}

const ownFields = async (session: CrmSession, { object }: StreamSpec): Promise<Set<string>> =>
  new Set((await session.describe(object))?.fields.map(({ name }) => name));

/** What could not be read stays as it was. */
const withLinks = (row: CrmRow, read: CrmRow | undefined): CrmRow => ({
  ...row,
  fields: { ...row.fields, ...read?.fields },
  ...(row.links === undefined
    ? {}
    : {
        links: Object.fromEntries(
          Object.entries(row.links).map(([type, old]) => [type, read?.links?.[type] ?? old]),
        ),
      }),
});

async function ended(
  { store, connectionId }: RunContext,
  cursor: Cursor,
  { unread }: LinksStep,
  counted: CountedRows | null,
): Promise<Cursor> {
  const alive =
    counted === null ? null : await countAlive(store, connectionId, cursor.object, counted.untilMs);
  return {
    ...cursor,
    fullMs: cursor.throughMs,
    ...(cursor.associationsMs !== null && !unread ? { associationsMs: cursor.throughMs } : {}),
    // As many live as we hold: nobody has to look for what is gone.
    ...(alive !== null && alive === counted?.rows ? { deletesMs: cursor.throughMs } : {}),
  };
}
