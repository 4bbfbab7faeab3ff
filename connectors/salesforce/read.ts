import type { CrmRow, ReadPage, ReadRequest } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { writeCursor } from '../kit/cursor.ts';
import { isCode } from '../kit/failure.ts';
import { planRead, type ReadPlan, toRow } from './columns.ts';
import { countWhere } from './count.ts';
import {
  behind,
  type Cursor,
  type KeysCursor,
  orderOf,
  type Position,
  readCursor,
} from './cursor.ts';
import { isQueryTooHeavy, noRoom } from './errors.ts';
import { chunkIds, idCondition } from './id-chunks.ts';
import { fitsUrl, query, valueAt } from './query.ts';
import { type Reader, readBulk, startBulk } from './read-bulk.ts';
import { soqlStatement } from './soql.ts';

/**
 * One page of a read. A read begins by REST, ordered by keys; when its first page is full a COUNT
 * of the rest decides whether Bulk 2.0 takes over.
 * So a small read costs one call, and a large one never pages by REST. Bulk pages come in no order:
 * only the page is a checkpoint.
 */
export async function read(
  reader: Reader,
  request: ReadRequest,
  next: string | null,
): Promise<ReadPage> {
  const plan = await planRead(reader.describer, request);
  const cursor = readCursor(next, request);
  try {
    switch (cursor.by) {
      case 'ids':
        return await readIds(reader, plan, request, cursor.from);
      case 'keys':
        return await readKeys(reader, plan, request, cursor);
      case 'bulk':
        return await readBulk(reader, plan, request, cursor);
    }
  } catch (error) {
    // Fields or access changed under a cached describe: look again next time.
    if (isCode(error, 'INVALID_FIELD', 'INVALID_TYPE')) reader.describer.forget(plan.object.name);
    throw error;
  }
}

async function readKeys(
  reader: Reader,
  plan: ReadPlan,
  request: ReadRequest,
  cursor: KeysCursor,
): Promise<ReadPage> {
  const { client, settings } = reader;
  if (!fitsUrl(keysStatement(plan, request, cursor.after, settings.pageRows)))
    return await wideRead(reader, plan, request, cursor);
  const { answer, limit } = await reader.sizes.fitting(
    { key: `rest ${plan.object.name}`, most: settings.pageRows, setting: 'pageRows' },
    async (size) => ({
      limit: size,
      answer: await query(client, keysStatement(plan, request, cursor.after, size), {
        all: request.includeDeleted,
        what: `reading ${plan.object.name}`,
        pageRows: size,
      }),
    }),
  );
  const rows = answer.records.map((record) => toRow(plan, (name) => valueAt(record, name)));
  // Pages may be smaller than asked for: only `done` with room to spare is the end.
  if (answer.done && rows.length < limit)
    return page(rows, null, cursor.total ?? (cursor.after === null ? rows.length : null), cursor);
  const byStamp = request.range.kind === 'changed';
  // A row whose stamp cannot be read is no place to go on from: it may come twice instead.
  const last = rows.findLast((row) => !byStamp || row.stampMs > 0);
  if (last === undefined)
    throw new HeadwaterError(
      'transient',
      `Salesforce sent a page of ${plan.object.name} that tells no place to go on from.`,
      { code: 'UNREADABLE_ANSWER' },
    );
  const after: Position = {
    id: last.id,
    stampMs: byStamp ? last.stampMs : null,
  };
  if (cursor.after !== null) return page(rows, { ...cursor, after }, cursor.total);
  const rest = await chooseRest(reader, plan, request, after, rows.length);
  return page(rows, rest, rest.total);
}

/** After a full first page: how the rest is read, from its count. */
async function chooseRest(
  reader: Reader,
  plan: ReadPlan,
  request: ReadRequest,
  after: Position,
  sofar: number,
): Promise<Exclude<Cursor, { by: 'ids' }>> {
  let rest: number | null;
  try {
    rest = await countWhere(
      reader.client,
      plan.object.name,
      [...plan.where, ...behind(plan.object, after)],
      request.includeDeleted,
    );
  } catch (error) {
    if (!isQueryTooHeavy(error)) throw error;
    rest = null; // too many to count within Salesforce's time limit
  }
  const total = rest === null ? null : sofar + rest;
  if (rest !== null && rest + sofar <= reader.settings.bulkFromRows)
    return { by: 'keys', after, total, noBulk: false };
  return await startBulk(reader, plan, request, after, total, 0);
}

/**
 * A field list too long for a URL goes by Bulk from the start, whose statement travels in the body.
 */
async function wideRead(
  reader: Reader,
  plan: ReadPlan,
  request: ReadRequest,
  cursor: KeysCursor,
): Promise<ReadPage> {
  const rest =
    cursor.noBulk === true
      ? cursor
      : await startBulk(reader, plan, request, cursor.after, cursor.total, 0);
  if (rest.by === 'keys')
    throw rest.noBulk === 'low'
      ? noRoom(
          plan.object.name,
          'the org has too few Bulk query jobs or too little volume left, and its field list fits no REST call',
          reader.deps.nowMs(),
        )
      : tooWide(plan);
  return { ...page([], rest, rest.total), transport: 'bulk' };
}

async function readIds(
  reader: Reader,
  plan: ReadPlan,
  request: ReadRequest,
  from: number,
): Promise<ReadPage> {
  const chunks = chunkIds(request.range.kind === 'ids' ? request.range.ids : []);
  const chunk = chunks[from];
  if (chunk === undefined) return page([], null, 0);
  const rows: CrmRow[] = [];
  let after: Position | null = null;
  for (;;) {
    const statement = soqlStatement({
      select: plan.select,
      from: plan.object.name,
      where: [...plan.where, idCondition(chunk), ...behind(plan.object, after)],
      orderBy: ['Id'],
    });
    if (!fitsUrl(statement)) throw tooWide(plan);
    const answer = await query(reader.client, statement, {
      all: request.includeDeleted,
      what: `reading ${plan.object.name} by id`,
    });
    rows.push(...answer.records.map((record) => toRow(plan, (name) => valueAt(record, name))));
    const last = rows.at(-1);
    if (answer.done || last === undefined || answer.records.length === 0) break;
    after = { id: last.id, stampMs: null };
  }
  return page(rows, from + 1 < chunks.length ? { by: 'ids', from: from + 1 } : null, null);
}

function keysStatement(
  plan: ReadPlan,
  request: ReadRequest,
  after: Position | null,
  limit: number,
): string {
  return soqlStatement({
    select: plan.select,
    from: plan.object.name,
    where: [...plan.where, ...behind(plan.object, after)],
    orderBy: orderOf(plan.object, request),
    limit,
  });
}

const page = (
  rows: CrmRow[],
  next: Cursor | null,
  totalRows: number | null,
  at: Cursor | null = next,
): ReadPage => ({
  rows,
  next: next === null ? null : writeCursor(next),
  transport: at?.by === 'keys' && at.noBulk === 'low' ? 'rest (Bulk is low)' : 'rest',
  totalRows,
});

const tooWide = (plan: ReadPlan): HeadwaterError =>
  new HeadwaterError('config', `Too many fields of ${plan.object.name} for one query.`, {
    code: 'URI_TOO_LONG',
    cure: 'Map fewer fields of the object.',
  });
