import type { ReadRequest } from '../../src/model/connector.ts';
import type { Client } from './client.ts';
import {
  losersOf,
  mergedProperty,
  needObject,
  needRecords,
  planTerms,
  stampOf,
} from './columns.ts';
import type { SearchCursor } from './cursor.ts';
import { pushed, type SearchFilter, searchFilter } from './filters.ts';
import { read } from './read.ts';
import type { Reader } from './reader.ts';
import { list, type RawRecord, searchTotal } from './records.ts';
import { needStamp, type SearchStep, searchStep } from './search-window.ts';

type CountRequest = Pick<ReadRequest, 'object' | 'where' | 'range' | 'includeDeleted'>;

/**
 * Rows whose stamp lies in the range, by the total of a search, which lags like the search itself;
 * so a window should be counted some minutes after its end.
 * With deletions come the archived records (a pass through the archive) and those merged away (told
 * by their winners). What no search can count is counted by reading it.
 */
export async function count(reader: Reader, request: CountRequest): Promise<number> {
  const object = await needObject(reader.describer, request.object);
  if (object.type === null || request.range.kind === 'ids')
    return await countByReading(reader, request);
  const terms = await planTerms(reader.describer, object, request.where);
  const sent = pushed(terms);
  if (sent.length < terms.length || (request.includeDeleted && terms.length > 0))
    return await countByReading(reader, request);
  const records = await needRecords(reader.describer, request.object);
  const { range } = request;
  const window: SearchFilter[] =
    range.kind !== 'changed'
      ? []
      : [
          { propertyName: needStamp(object), operator: 'GTE', value: String(range.fromMs) },
          { propertyName: needStamp(object), operator: 'LT', value: String(range.untilMs) },
        ];
  const live = await searchTotal(reader.client, records.type, [
    ...window,
    ...sent.map(searchFilter),
  ]);
  // Where nobody lives in the range, nobody in it has taken others in.
  return request.includeDeleted ? live + (await countGone(reader, records, range, live > 0)) : live;
}

async function countByReading(reader: Reader, request: CountRequest): Promise<number> {
  const { range } = request;
  const ids = new Set<string>();
  for (let next: string | null = null, first = true; first || next !== null; first = false) {
    const page = await read(reader, { ...request, fields: [] }, next);
    for (const row of page.rows)
      if (range.kind !== 'changed' || (row.stampMs >= range.fromMs && row.stampMs < range.untilMs))
        ids.add(row.id);
    next = page.next;
  }
  return ids.size;
}

/** Archived and merged-away records whose stamp lies in the range. */
async function countGone(
  reader: Reader,
  object: Awaited<ReturnType<typeof needRecords>>,
  range: ReadRequest['range'],
  winners: boolean,
): Promise<number> {
  const { client } = reader;
  const inside = (ms: number): boolean =>
    range.kind !== 'changed' || (ms >= range.fromMs && ms < range.untilMs);
  const merged = mergedProperty(object);
  const properties = [object.stampField, merged].filter((name) => name !== null);
  const gone = new Set<string>();
  for (let after: string | null = null, first = true; first || after !== null; first = false) {
    const page = await list(client, object.type, { properties, after, archived: true });
    for (const record of page.records) {
      if (!inside(stampOf({ object }, record))) continue;
      gone.add(record.id);
      for (const loser of losersOf({ object }, record)) gone.add(loser.id);
    }
    after = page.after;
  }
  if (!winners || merged === null || object.stampField === null) return gone.size;
  for await (const record of searched(client, object, merged, range))
    for (const loser of losersOf({ object }, record)) gone.add(loser.id);
  return gone.size;
}

/** Records of the range in which others were merged. */
async function* searched(
  client: Client,
  object: Awaited<ReturnType<typeof needRecords>>,
  merged: string,
  range: ReadRequest['range'],
): AsyncGenerator<RawRecord> {
  const [fromMs, untilMs] =
    range.kind === 'changed' ? [range.fromMs, range.untilMs] : ([0, null] as const);
  const window = {
    object,
    properties: [object.stampField, merged].filter((name) => name !== null),
    filters: [{ propertyName: merged, operator: 'HAS_PROPERTY' }],
    untilMs,
  };
  let cursor: SearchCursor | null = { by: 'search', fromMs, afterId: null, total: null };
  while (cursor !== null) {
    const step: SearchStep = await searchStep(client, window, cursor);
    yield* step.records;
    cursor = step.next;
  }
}
