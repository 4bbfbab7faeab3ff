/** Search over what the index of an object sees: filter, order, page. */
import { invalid } from '../model/errors.ts';
import { COMPANY, CONTACT, DEAL } from '../model/object-types.ts';
import type { HubRecord, ObjectType } from '../model/types.ts';
import type { Portal } from '../portal.ts';
import { type Key, keyOf, testOf, tokensOf, type Test } from './match.ts';
import { type SearchBody, type SearchQuery, searchQuery, WALL } from './query.ts';

export interface Found {
  total: number;
  page: HubRecord[];
  next: number | null;
}

/** What a free text looks into. */
const TEXT_PROPERTIES: Record<string, readonly string[]> = {
  [CONTACT]: ['firstname', 'lastname', 'email', 'phone', 'company'],
  [COMPANY]: ['name', 'domain', 'website', 'phone'],
  [DEAL]: ['dealname', 'pipeline', 'dealstage', 'description', 'dealtype'],
};

/**
 * Orders of whole objects, kept until what the index sees changes: a paging client asks for the
 * same order hundreds of times.
 */
interface Orders {
  version: number;
  byProperty: Map<string, HubRecord[]>;
}
/** By index, so that they go when their portal does. */
const orders = new WeakMap<object, Orders>();

/** Runs a search. Throws 400. */
export function runSearch(portal: Portal, type: ObjectType, body: SearchBody): Found {
  const query = searchQuery(body);
  const groups = query.groups.map((filters) =>
    filters.map((filter) => testOf(portal, type, filter)),
  );
  const test = textTest(type, query);
  const matches: Test = (record) =>
    (groups.length === 0 || groups.some((group) => group.every((one) => one(record)))) &&
    (test === null || test(record));
  const matched = ordered(portal, type, query.sort).filter(matches);
  const size = Math.max(1, query.limit - portal.settings.switches.pageShrink);
  const end = query.offset + size;
  return {
    total: matched.length,
    page: matched.slice(query.offset, end),
    next: end < matched.length && end < WALL ? end : null,
  };
}

function textTest(type: ObjectType, query: SearchQuery): Test | null {
  if (query.text === null) return null;
  const wanted = tokensOf(query.text);
  const names = TEXT_PROPERTIES[type.id] ?? type.custom?.searchableProperties ?? [];
  return (record) => {
    const have = names.flatMap((name) => tokensOf(record.values[name] ?? ''));
    return wanted.every((token) => have.some((one) => one.startsWith(token)));
  };
}

function ordered(
  portal: Portal,
  type: ObjectType,
  sort: SearchQuery['sort'],
): readonly HubRecord[] {
  const { view } = portal.table(type);
  const version = view.settle(portal.nowMs());
  let kept = orders.get(view);
  if (kept === undefined || kept.version !== version)
    orders.set(view, (kept = { version, byProperty: new Map() }));
  const property = sort?.property ?? null;
  const name = property === null ? '' : `${sort?.descending ? '-' : '+'}${property}`;
  const known = kept.byProperty.get(name);
  if (known !== undefined) return known;
  const definition = property === null ? null : portal.catalog.find(type, property);
  if (property !== null && definition === null)
    throw invalid(
      `There was a problem with the request: sort property ${property} does not exist.`,
    );
  // Without a sort the oldest come first.
  const key: Key = definition === null ? (record) => record.createdMs : keyOf(definition);
  const list = inOrder([...view.records()], key, sort?.descending ?? false);
  kept.byProperty.set(name, list);
  return list;
}

/**
 * Equal keys in no order that a client may rely on (here by id downwards); records
 * without the value come last.
 */
function inOrder(records: HubRecord[], key: Key, descending: boolean): HubRecord[] {
  const keyed = records.map((record) => ({ record, key: key(record) }));
  const turn = descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.key === b.key) return b.record.number - a.record.number;
    if (a.key === null) return 1;
    if (b.key === null) return -1;
    return (a.key < b.key ? -1 : 1) * turn;
  });
  return keyed.map(({ record }) => record);
}
