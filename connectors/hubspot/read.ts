import type { LinksRequest, ReadPage, ReadRequest } from '../../src/model/connector.ts';
import { writeCursor } from '../kit/cursor.ts';
import { isCode } from '../kit/failure.ts';
import { type Links, readLinks } from './associations.ts';
import { type Beside, besideRows, planBeside } from './beside.ts';
import { losersOf, passes, planRead, type ReadPlan, stampOf, toRow } from './columns.ts';
import { type Cursor, readCursor, type SearchCursor } from './cursor.ts';
import { pushed, searchFilter } from './filters.ts';
import { bareId } from './ids.ts';
import { STAMP_SLACK_MS } from './history.ts';
import type { Reader } from './reader.ts';
import { asLinkRows, linkRowsNamed, recordsOf } from './link-rows.ts';
import {
  batchRead,
  HISTORY_BATCH,
  LIST_PAGE,
  list,
  type RawRecord,
  SEARCH_PAGE,
} from './records.ts';
import { searchStep } from './search-window.ts';
import { instantMs } from './values.ts';
import { readVirtual } from './virtual-read.ts';

/** What was gathered for one page, still as HubSpot sent it. */
interface Gathered {
  records: RawRecord[];
  next: Cursor | null;
  total: number | null;
  confirmed: boolean | 'gone';
}

interface Plan extends ReadPlan {
  beside: Beside;
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
  const own = await planRead(reader.describer, request);
  const beside = await planBeside(reader, request);
  const plan: Plan = { ...own, beside };
  const cursor = readCursor(next, request.range);
  try {
    const gathered = await gather(reader, plan, request, cursor);
    await assertProperties(reader, plan, request, gathered.records);
    return {
      ...(await rowsOf(reader, plan, request, gathered.records)),
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

/** What the links of known records lead to; the records themselves are not looked at. */
export async function readLinksOf(
  reader: Reader,
  { records, ...wanted }: LinksRequest,
): Promise<Pick<ReadPage, 'rows' | 'beside'>> {
  const request: ReadRequest = { ...wanted, where: [], range: { kind: 'all' } };
  const plan = await planRead(reader.describer, request);
  const beside = await planBeside(reader, request);
  return await rowsOf(reader, { ...plan, beside }, request, barely(plan, records));
}

/** Records that are not looked at, as if they had come with nothing but their stamps. */
const barely = (
  { object: { type, stampField } }: ReadPlan,
  records: { id: string; stampMs: number }[],
): RawRecord[] =>
  records.map(({ id, stampMs }) => ({
    id: bareId(type.typeId, id),
    properties: stampField === null ? {} : { [stampField]: new Date(stampMs).toISOString() },
    propertiesWithHistory: {},
  }));

/**
 * HubSpot passes over properties that it does not know, without a word. One that no record of a
 * page speaks of, not even as empty, is looked up again,
 * so that a property removed meanwhile is an error and never a column of empty values. Throws
 * `config`.
 */
async function assertProperties(
  reader: Reader,
  plan: Plan,
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
  plan: Plan,
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
  plan: Plan,
  request: ReadRequest,
  begin: SearchCursor,
): Promise<Gathered> {
  const untilMs = request.range.kind === 'changed' ? request.range.untilMs : Infinity;
  // A record that changed once more while the window is read still carries what happened in it.
  const early = plan.beside.history.length > 0 && request.range.kind === 'changed';
  const open = early || request.range.kind !== 'changed';
  const window = {
    object: plan.object,
    properties: plan.properties,
    filters: pushed(plan.terms).map(searchFilter),
    untilMs: open ? null : untilMs,
    limit: reader.settings.pageRows,
  };
  const start =
    early && begin.afterId === null && begin.total === null
      ? { ...begin, fromMs: begin.fromMs - STAMP_SLACK_MS }
      : begin;
  const most = reader.settings.pageRows;
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
        confirmed: start.afterId === null && records.length === step.total ? true : 'gone',
      };
    at = step.next;
    if (records.length + SEARCH_PAGE > most && records.length > 0)
      return { records, next: at, total: step.total, confirmed: 'gone' };
  }
}

async function gatherList(
  reader: Reader,
  plan: Plan,
  request: ReadRequest,
  start: string | null,
): Promise<Gathered> {
  const history = historyOf(plan);
  const most = reader.settings.pageRows;
  const records: RawRecord[] = [];
  for (let after = start; ; ) {
    const page = await list(reader.client, plan.object.type, {
      properties: plan.properties,
      history,
      after,
      archived: false,
      limit: reader.settings.pageRows,
    });
    records.push(...page.records);
    // Of merged-away records there is no count; all that live came in the one call, or are counted.
    if (page.after === null) {
      const confirmed = after === null ? true : 'gone';
      return { records, next: archive(request), total: null, confirmed };
    }
    after = page.after;
    if (records.length + (history.length > 0 ? HISTORY_BATCH : LIST_PAGE) > most)
      return { records, next: { by: 'list', after }, total: null, confirmed: 'gone' };
  }
}

const historyOf = (plan: Plan): string[] => [
  ...new Set([...plan.history.map((field) => field.name), ...plan.beside.history]),
];

/**
 * Archived records of the range: in a window, those archived in it or last changed in it, whichever
 * the local copy may have missed.
 */
async function gatherArchived(
  reader: Reader,
  plan: Plan,
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
  plan: Plan,
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
  plan: Plan,
  request: ReadRequest,
  gathered: RawRecord[],
): Promise<Pick<ReadPage, 'rows' | 'beside'>> {
  const kept = gathered.filter((each) => passes(plan, each));
  const live = kept.filter((each) => each.archived !== true);
  const histories = await readHistories(reader, plan, live);
  const links = new Map<string, Links>();
  const wanted = [...plan.links, ...(plan.beside.links === null ? [] : [plan.beside.links])];
  for (const to of new Map(wanted.map((type) => [type.typeId, type])).values())
    links.set(
      to.typeId,
      await readLinks(
        reader.client,
        plan.object.type,
        to,
        live.map(({ id }) => id),
      ),
    );
  const rows = kept.flatMap((each) => [
    toRow(plan, { ...each, ...histories.get(each.id) }, links),
    ...(request.includeDeleted ? losersOf(plan, each) : []),
  ]);
  if (request.beside === undefined || request.range.kind === 'ids') return { rows };
  const whole = live.map((each) => ({ ...each, ...histories.get(each.id) }));
  return { rows, beside: await besideRows(reader, plan, request, whole, links) };
}

/** Property history of records that came without it: search has none. */
async function readHistories(
  reader: Reader,
  plan: Plan,
  records: RawRecord[],
): Promise<Map<string, Pick<RawRecord, 'propertiesWithHistory' | 'unread'>>> {
  const without = records.filter((each) => each.propertiesWithHistory == null);
  const history = historyOf(plan);
  if (history.length === 0 || without.length === 0) return new Map();
  const read = await batchRead(reader.client, plan.object.type, {
    ids: without.map(({ id }) => id),
    properties: [],
    history,
  });
  return new Map(
    read.map(({ id, propertiesWithHistory, unread }) => [
      id,
      { propertiesWithHistory, ...(unread === undefined ? {} : { unread }) },
    ]),
  );
}
