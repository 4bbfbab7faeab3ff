import type { CrmRow, ReadPage, ReadRequest } from '../../src/model/connector.ts';
import { writeCursor } from '../kit/cursor.ts';
import { isCode } from '../kit/failure.ts';
import { type Links, readLinks } from './associations.ts';
import { losersOf, passes, planRead, type ReadPlan, stampOf, toRow } from './columns.ts';
import { type Cursor, readCursor, type SearchCursor } from './cursor.ts';
import { pushed, searchFilter } from './filters.ts';
import { bareId } from './ids.ts';
import type { Reader } from './reader.ts';
import { asLinkRows, linkRowsNamed, recordsOf } from './link-rows.ts';
import { batchRead, LIST_PAGE, list, type RawRecord, SEARCH_PAGE } from './records.ts';
import { searchStep } from './search-window.ts';
import { instantMs } from './values.ts';
import { readVirtual } from './virtual-read.ts';

/** What was gathered for one page, still as HubSpot sent it. */
interface Gathered {
  records: RawRecord[];
  next: Cursor | null;
  total: number | null;
  confirmed: boolean;
}

/**
 * One page of a read. `all` goes by the list, which costs one call for 100 records and is always up
 * to date; `changed` by search, one call for 200, whose index lags by seconds
 * to minutes: the engine's overlap of windows and its counted, lagged closing of them are what
 * makes that complete. `ids` are read straight from the store.
 * Archived records come last, by a pass through the archive, which HubSpot keeps for 90 days;
 * merged-away ones come with their winners.
 */
export async function read(
  reader: Reader,
  request: ReadRequest,
  next: string | null,
): Promise<ReadPage> {
  const links = linkRowsNamed(request.object);
  if (links !== null)
    return asLinkRows(links, request, await read(reader, recordsOf(links, request), next));
  const virtual = await readVirtual(reader, request, next);
  if (virtual !== null) return virtual;
  const plan = await planRead(reader.describer, request);
  const cursor = readCursor(next, request.range);
  try {
    const gathered = await gather(reader, plan, request, cursor);
    await assertProperties(reader, plan, request, gathered.records);
    return {
      rows: await rowsOf(reader, plan, request, gathered.records),
      next: gathered.next === null ? null : writeCursor(gathered.next),
      transport: 'rest',
      totalRows: gathered.total,
      confirmed: gathered.confirmed,
    };
  } catch (error) {
    // Properties changed under a cached describe: look again next time.
    if (isCode(error, 'PROPERTY_DOESNT_EXIST', 'OBJECT_TYPE_NOT_FOUND'))
      reader.describer.forget(plan.object.name);
    throw error;
  }
}

/**
 * HubSpot passes over properties that it does not know, without a word. One that no record of a
 * page speaks of, not even as empty, is looked up again,
 * so that a property removed meanwhile is an error and never a column of empty values. Throws
 * `config`.
 */
async function assertProperties(
  reader: Reader,
  plan: ReadPlan,
  request: ReadRequest,
  records: RawRecord[],
): Promise<void> {
  if (
    records.length === 0 ||
    plan.properties.every((name) => records.some((each) => name in each.properties))
  )
    return;
  reader.describer.forget(plan.object.name);
  await planRead(reader.describer, request);
}

async function gather(
  reader: Reader,
  plan: ReadPlan,
  request: ReadRequest,
  cursor: Cursor,
): Promise<Gathered> {
  switch (cursor.by) {
    case 'search':
      return await gatherChanged(reader, plan, request, cursor);
    case 'list':
      return await gatherList(reader, plan, request, cursor.after);
    case 'archived':
      return await gatherArchived(reader, plan, request, cursor.after);
    case 'ids':
      return await gatherIds(reader, plan, request, cursor.from);
  }
}

const archive = (request: ReadRequest): Cursor | null =>
  request.includeDeleted ? { by: 'archived', after: null } : null;

async function gatherChanged(
  reader: Reader,
  plan: ReadPlan,
  request: ReadRequest,
  start: SearchCursor,
): Promise<Gathered> {
  const untilMs = request.range.kind === 'changed' ? request.range.untilMs : 0;
  const window = {
    object: plan.object,
    properties: plan.properties,
    filters: pushed(plan.terms).map(searchFilter),
    untilMs,
    limit: reader.settings.pageRows,
  };
  const records: RawRecord[] = [];
  for (let at: SearchCursor | null = start; ; ) {
    if (at.fromMs >= untilMs)
      return { records, next: archive(request), total: at.total ?? 0, confirmed: true };
    const step = await searchStep(reader.client, window, at);
    records.push(...step.records);
    if (step.next === null)
      return {
        records,
        next: archive(request),
        total: step.total,
        confirmed: start.afterId === null && records.length === step.total,
      };
    at = step.next;
    if (records.length + SEARCH_PAGE > reader.settings.pageRows && records.length > 0)
      return { records, next: at, total: step.total, confirmed: false };
  }
}

async function gatherList(
  reader: Reader,
  plan: ReadPlan,
  request: ReadRequest,
  start: string | null,
): Promise<Gathered> {
  const records: RawRecord[] = [];
  for (let after = start; ; ) {
    const page = await list(reader.client, plan.object.type, {
      properties: plan.properties,
      history: plan.history.map((field) => field.name),
      after,
      archived: false,
      limit: reader.settings.pageRows,
    });
    records.push(...page.records);
    if (page.after === null)
      return { records, next: archive(request), total: null, confirmed: false };
    after = page.after;
    if (records.length + LIST_PAGE > reader.settings.pageRows)
      return { records, next: { by: 'list', after }, total: null, confirmed: false };
  }
}

/**
 * Archived records of the range: in a window, those archived in it or last changed in it, whichever
 * the local copy may have missed.
 */
async function gatherArchived(
  reader: Reader,
  plan: ReadPlan,
  request: ReadRequest,
  start: string | null,
): Promise<Gathered> {
  const { range } = request;
  const inside = (ms: number): boolean =>
    range.kind !== 'changed' || (ms >= range.fromMs && ms < range.untilMs);
  const records: RawRecord[] = [];
  for (let after = start; ; ) {
    const page = await list(reader.client, plan.object.type, {
      properties: plan.properties,
      after,
      archived: true,
      limit: reader.settings.pageRows,
    });
    records.push(
      ...page.records
        .filter((each) => inside(stampOf(plan, each)) || inside(instantMs(each.archivedAt ?? '')))
        .map((each) => ({ ...each, archived: true })),
    );
    // Of the archive there is no count: it would be listed again.
    if (page.after === null) return { records, next: null, total: null, confirmed: true };
    after = page.after;
    if (records.length + LIST_PAGE > reader.settings.pageRows)
      return { records, next: { by: 'archived', after }, total: null, confirmed: true };
  }
}

async function gatherIds(
  reader: Reader,
  plan: ReadPlan,
  request: ReadRequest,
  from: number,
): Promise<Gathered> {
  const { type } = plan.object;
  const ids = [
    ...new Set(
      (request.range.kind === 'ids' ? request.range.ids : []).map((id) => bareId(type.typeId, id)),
    ),
  ];
  const chunk = ids.slice(from, from + reader.settings.pageRows);
  const read = async (wanted: string[], archived: boolean) =>
    await batchRead(reader.client, type, { ids: wanted, properties: plan.properties, archived });
  const found = await read(chunk, false);
  const seen = new Set(found.map(({ id }) => id));
  const gone = request.includeDeleted
    ? (
        await read(
          chunk.filter((id) => !seen.has(id)),
          true,
        )
      ).map((each) => ({ ...each, archived: true }))
    : [];
  const end = from + chunk.length;
  // A merged-away number may answer with its winner, which may stand in the same list.
  const records = [...new Map([...found, ...gone].map((each) => [each.id, each])).values()];
  const next: Cursor | null = end < ids.length ? { by: 'ids', from: end } : null;
  return { records, next, total: null, confirmed: false };
}

async function rowsOf(
  reader: Reader,
  plan: ReadPlan,
  request: ReadRequest,
  gathered: RawRecord[],
): Promise<CrmRow[]> {
  const kept = gathered.filter((each) => passes(plan, each));
  const live = kept.filter((each) => each.archived !== true);
  const histories = await readHistories(reader, plan, live);
  const links = new Map<string, Links>();
  for (const to of plan.links)
    links.set(
      to.typeId,
      await readLinks(
        reader.client,
        plan.object.type,
        to,
        live.map(({ id }) => id),
      ),
    );
  return kept.flatMap((each) => [
    toRow(plan, { ...each, ...histories.get(each.id) }, links),
    ...(request.includeDeleted ? losersOf(plan, each) : []),
  ]);
}

/** Property history of records that came without it: search has none. */
async function readHistories(
  reader: Reader,
  plan: ReadPlan,
  records: RawRecord[],
): Promise<Map<string, Pick<RawRecord, 'propertiesWithHistory' | 'unread'>>> {
  const without = records.filter((each) => each.propertiesWithHistory == null);
  if (plan.history.length === 0 || without.length === 0) return new Map();
  const read = await batchRead(reader.client, plan.object.type, {
    ids: without.map(({ id }) => id),
    properties: [],
    history: plan.history.map((field) => field.name),
  });
  return new Map(
    read.map(({ id, propertiesWithHistory, unread }) => [
      id,
      { propertiesWithHistory, ...(unread === undefined ? {} : { unread }) },
    ]),
  );
}
