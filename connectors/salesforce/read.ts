import type { CrmRow, ReadPage, ReadRequest } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { writeCursor } from '../kit/cursor.ts';
import { isCode } from '../kit/failure.ts';
import { planRead, type ReadPlan } from './columns.ts';
import { countWhere } from './count.ts';
import {
  behind,
  type Cursor,
  type KeysCursor,
  orderOf,
  type Position,
  readCursor,
} from './cursor.ts';
import { isQueryTooHeavy, isTooComplicated } from './errors.ts';
import { chunkIds, idCondition } from './id-chunks.ts';
import { queryRows, rowsOf } from './parts.ts';
import { fitsUrl, query, type QueryAnswer } from './query.ts';
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
  const { settings } = reader;
  const { after: from } = cursor;
  // A statement too long for an address goes by Bulk, whose statement travels in the body, if it
  // can.
  if (
    cursor.noBulk === false &&
    !fitsUrl(keysStatement(plan, request, plan.select, from, settings.pageRows))
  ) {
    const rest = await startBulk(reader, plan, request, from, cursor.total, 0);
    return { ...page([], rest, rest.total), transport: 'bulk' };
  }
  const ask = async (select: string[], rows: number): Promise<QueryAnswer> =>
    await query(reader.client, keysStatement(plan, request, select, from, rows), {
      all: request.includeDeleted,
      what: `reading ${plan.object.name}`,
      pageRows: rows,
    });
  const { rows, done, limit, total } = await reader.sizes.fitting(
    {
      key: `rest ${plan.object.name}`,
      most: settings.pageRows,
      setting: 'pageRows',
      bySize: (error) => !isTooComplicated(error),
    },
    async (size) => ({
      limit: size,
      ...(await queryRows(reader, plan, request.includeDeleted, (select) => ask(select, size))),
    }),
    async (error) => {
      const bare = await ask(plan.own, 1);
      return {
        limit: 1,
        done: bare.done,
        total: bare.totalSize,
        rows: rowsOf(plan, bare.records, error.message),
      };
    },
  );
  // Pages may be smaller than asked for: only `done` with room to spare is the end.
  if (done && rows.length < limit)
    return {
      ...page(rows, null, cursor.total ?? (cursor.after === null ? rows.length : null), cursor),
      confirmed: cursor.after === null && rows.length === total,
    };
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
    const part: Position | null = after;
    const answer = await queryRows(reader, plan, request.includeDeleted, async (select) => {
      const where = [...plan.where, idCondition(chunk), ...behind(plan.object, part)];
      return await query(
        reader.client,
        soqlStatement({ select, from: plan.object.name, where, orderBy: ['Id'] }),
        { all: request.includeDeleted, what: `reading ${plan.object.name} by id` },
      );
    });
    rows.push(...answer.rows);
    const last = rows.at(-1);
    if (answer.done || last === undefined || answer.rows.length === 0) break;
    after = { id: last.id, stampMs: null };
  }
  return page(rows, from + 1 < chunks.length ? { by: 'ids', from: from + 1 } : null, null);
}

function keysStatement(
  plan: ReadPlan,
  request: ReadRequest,
  select: string[],
  after: Position | null,
  limit: number,
): string {
  return soqlStatement({
    select,
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
  ...(at?.by === 'keys' && at.noBulk === 'low' ? WITHOUT_BULK : { transport: 'rest' }),
  totalRows,
});

/** A large read that would have gone by Bulk, had the org enough of it left. */
const WITHOUT_BULK: Pick<ReadPage, 'transport' | 'slower'> = {
  transport: 'rest (Bulk is low)',
  slower:
    'was read by REST pages: the org has too few Bulk query jobs, or too little of their volume, left above the floor',
};
