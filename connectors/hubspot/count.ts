import type { ReadRequest } from '../../src/model/connector.ts';
import {
  losersOf,
  needObject,
  needRecords,
  planTerms,
  stampOf,
  mergedProperty,
} from './columns.ts';
import { pushed, searchFilter, type SearchFilter } from './filters.ts';
import { read, type Reader } from './read.ts';
import { list, searchTotal } from './records.ts';
import { needStamp, searchStep } from './search-window.ts';
import type { SearchCursor } from './cursor.ts';

type CountRequest = Pick<ReadRequest, 'object' | 'where' | 'range' | 'includeDeleted'>;

/**
 * Rows whose stamp lies in the range, by the total of a search, which lags like the search itself; so a window should be counted some minutes after its end.
 * With deletions come the archived records (a pass through the archive) and those merged away (told by their winners). What no search can count is counted by reading it.
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
  return request.includeDeleted ? live + (await countGone(reader, records, range)) : live;
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
  if (merged === null || object.stampField === null) return gone.size;
  const window = {
    object,
    properties,
    filters: [{ propertyName: merged, operator: 'HAS_PROPERTY' }],
    untilMs: range.kind === 'changed' ? range.untilMs : null,
  };
  for (
    let cursor: SearchCursor | null = {
      by: 'search',
      fromMs: range.kind === 'changed' ? range.fromMs : 0,
      afterId: null,
      total: null,
    };
    cursor !== null;
  ) {
    const step: Awaited<ReturnType<typeof searchStep>> = await searchStep(client, window, cursor);
    for (const record of step.records)
      for (const loser of losersOf({ object }, record)) gone.add(loser.id);
    cursor = step.next;
  }
  return gone.size;
}
