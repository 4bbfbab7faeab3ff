import { HeadwaterError } from '../../src/model/error.ts';
import { needStamp as stampOf } from '../kit/rows.ts';
import type { Client } from './client.ts';
import type { SearchCursor } from './cursor.ts';
import type { Described } from './describe.ts';
import type { SearchFilter } from './filters.ts';
import { byNumber } from './ids.ts';
import type { ObjectType } from './objects.ts';
import { type RawRecord, SEARCH_PAGE, search, sizeOf } from './records.ts';

export interface SearchWindow {
  object: Described & { type: ObjectType };
  properties: string[];
  filters: SearchFilter[] /** null = open */;
  untilMs: number | null;
  limit?: number;
}
export interface SearchStep {
  records: RawRecord[];
  next: SearchCursor | null;
  total: number;
}

/**
 * The property windows are cut by. Throws `config` where the object has none, since a filter on a
 * wrong name finds nothing and says nothing.
 */
export const needStamp = (object: Described): string =>
  stampOf(object, 'property that tells when a record');

/**
 * One call of a window read. HubSpot pages a search by an offset that ends at 10,000 and that
 * shifts when records leave the result; so every step is a search of its own,
 * over the whole window and in the order of record numbers, from the number up to which all has
 * been read. Numbers neither move nor repeat, however many records share a stamp,
 * and the stamps that records show are never trusted: one that changed since it was indexed shows a
 * later stamp than the search went by.
 */
export async function searchStep(
  client: Client,
  window: SearchWindow,
  cursor: SearchCursor,
): Promise<SearchStep> {
  const { object, properties, filters } = window;
  const limit = Math.min(SEARCH_PAGE, window.limit ?? SEARCH_PAGE);
  const stamp = needStamp(object);
  const after = cursor.afterId ?? '0';
  const bounds: SearchFilter[] = [
    { propertyName: stamp, operator: 'GTE', value: String(cursor.fromMs) },
    ...(window.untilMs === null
      ? []
      : [{ propertyName: stamp, operator: 'LT', value: String(window.untilMs) }]),
    ...(cursor.afterId === null
      ? []
      : [{ propertyName: 'hs_object_id', operator: 'GT', value: after }]),
  ];
  const ask = async (wanted: string[], rows: number) =>
    await search(client, object.type, wanted, [...bounds, ...filters], 'hs_object_id', rows);
  const found = await client.sizes.fitting(
    sizeOf('search', object.type, [], limit),
    async (rows) => await ask(properties, rows),
    async (error) => {
      const bare = await ask([stamp], 1);
      return { ...bare, records: bare.records.map((each) => ({ ...each, unread: error.message })) };
    },
  );
  const total = cursor.total ?? found.total;
  if (!found.more) return { records: found.records, next: null, total };
  const last =
    found.records
      .map(({ id }) => id)
      .sort(byNumber)
      .at(-1) ?? after;
  if (byNumber(last, after) <= 0)
    throw new HeadwaterError(
      'transient',
      `HubSpot's search of ${object.name} does not get on: it gave record ${last} again.`,
      { code: 'NO_PROGRESS' },
    );
  return { records: found.records, next: { ...cursor, afterId: last, total }, total };
}
