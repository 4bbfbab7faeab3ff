import { HeadwaterError } from '../../src/model/error.ts';
import type { Client } from './client.ts';
import { stampOf } from './columns.ts';
import type { SearchCursor } from './cursor.ts';
import type { Described } from './describe.ts';
import type { SearchFilter } from './filters.ts';
import { byNumber } from './ids.ts';
import type { ObjectType } from './objects.ts';
import { search, SEARCH_PAGE, type RawRecord } from './records.ts';

export interface SearchWindow { object: Described & { type: ObjectType }; properties: string[]; filters: SearchFilter[]; /** null = open */ untilMs: number | null; limit?: number }
export interface SearchStep { records: RawRecord[]; next: SearchCursor | null; total: number }

/** The property windows are cut by. Throws `config` where the object has none, since a filter on a wrong name finds nothing and says nothing. */
export function needStamp(object: Described): string {
  if (object.stampField === null) throw new HeadwaterError('config', `${object.name} has no property that tells when a record changed, so it can only be read whole.`, { code: 'NO_STAMP', cure: 'Read it with range `all`.' });
  return object.stampField;
}

/**
 * One call of a window read. HubSpot pages a search by an offset that ends at 10,000 and that shifts when records leave the result; so every step is a search of its own,
 * from the stamp up to which all has been read, in the order of stamps. The last stamp of a page may go on behind it: its records are left to the next step.
 * When one instant fills a whole page, that instant is read in the order of record numbers, and then the window goes on a millisecond later.
 */
export async function searchStep(client: Client, window: SearchWindow, cursor: SearchCursor): Promise<SearchStep> {
  const { object, properties, filters } = window;
  const limit = Math.min(SEARCH_PAGE, window.limit ?? SEARCH_PAGE);
  const stamp = needStamp(object);
  if (cursor.drainedTo !== null) return await drainStep(client, window, cursor, stamp, limit);
  const bounds: SearchFilter[] = [{ propertyName: stamp, operator: 'GTE', value: String(cursor.fromMs) }, ...(window.untilMs === null ? [] : [{ propertyName: stamp, operator: 'LT', value: String(window.untilMs) }])];
  const found = await search(client, object.type, properties, [...bounds, ...filters], stamp, limit);
  const total = cursor.total ?? found.total;
  if (!found.more) return { records: found.records, next: null, total };
  const stamps = found.records.map((each) => stampOf({ object }, each));
  const last = Math.max(...stamps);
  // A record that changed since it was indexed may show a later stamp than the search went by; it comes again at that stamp.
  const whole = found.records.filter((_, at) => (stamps[at] ?? last) < last);
  if (whole.length > 0) return { records: whole, next: { ...cursor, fromMs: last, total }, total };
  return { records: [], next: { by: 'search', fromMs: last, drainedTo: '0', total }, total };
}

async function drainStep(client: Client, { object, properties, filters }: SearchWindow, cursor: SearchCursor, stamp: string, limit: number): Promise<SearchStep> {
  const at = String(cursor.fromMs);
  const bounds: SearchFilter[] = [{ propertyName: stamp, operator: 'GTE', value: at }, { propertyName: stamp, operator: 'LTE', value: at }, { propertyName: 'hs_object_id', operator: 'GT', value: cursor.drainedTo ?? '0' }];
  const found = await search(client, object.type, properties, [...bounds, ...filters], 'hs_object_id', limit);
  const total = cursor.total ?? found.total;
  if (!found.more) return { records: found.records, next: { ...cursor, fromMs: cursor.fromMs + 1, drainedTo: null, total }, total };
  const last = found.records.map(({ id }) => id).sort(byNumber).at(-1) ?? cursor.drainedTo ?? '0';
  if (byNumber(last, cursor.drainedTo ?? '0') <= 0) throw new HeadwaterError('transient', `HubSpot's search of ${object.name} does not get on: it gave record ${last} again.`, { code: 'NO_PROGRESS' });
  return { records: found.records, next: { ...cursor, drainedTo: last, total }, total };
}
