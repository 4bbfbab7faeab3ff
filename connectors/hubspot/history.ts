import type { CrmRow, ReadPage, ReadRequest } from '../../src/model/connector.ts';
import { writeCursor } from '../kit/cursor.ts';
import { readOnlyField } from '../kit/fields.ts';
import { needRecords } from './columns.ts';
import { type Cursor, readCursor, type SearchCursor } from './cursor.ts';
import { bareId, recordId } from './ids.ts';
import type { Reader } from './reader.ts';
import { batchRead, HISTORY_BATCH, list, type RawRecord, SEARCH_PAGE } from './records.ts';
import { searchStep } from './search-window.ts';
import { canonical, instantMs } from './values.ts';
import {
  DEAL_HISTORY,
  type ListedRow,
  STATES_OF_A_DEAL,
  virtualObject,
  virtualRows,
} from './virtual.ts';

/** What the state of a deal consists of. */
const FOLLOWED = { stage: 'dealstage', amount: 'amount', closeDate: 'closedate' } as const;
const FIELDS = {
  amount: readOnlyField('amount', 'money'),
  closeDate: readOnlyField('closeDate', 'datetime'),
};
/** A deal's own stamp may be a moment older than a change it carries. */
export const STAMP_SLACK_MS = 60_000;

/**
 * The history of deals as rows: for each moment at which stage, amount or close date changed, the
 * state after it; id `<deal>/<epoch ms>`, stamp = the moment.
 * HubSpot keeps about twenty versions of a property; what was before them is empty. A window gives
 * the moments in it, found through the deals that changed since it began; `older` ones too, if the
 * request says so.
 * 50 deals a call. History of archived deals is not read; that of merged-away deals is the
 * winner's. A history that HubSpot will not give is one row without values, `<deal>/unread`.
 */
export async function readHistory(
  reader: Reader,
  request: ReadRequest,
  next: string | null,
): Promise<ReadPage> {
  const deals = await needRecords(reader.describer, 'deals');
  const { typeId } = deals.type;
  const cursor = readCursor(next, request.range);
  const { records, after } = await gather(reader, request, cursor);
  const owners = records.length === 0 ? new Map<string, string>() : await reader.ownersByUser();
  return {
    rows: historyRows(records, request, { typeId, owners }),
    next: after === null ? null : writeCursor(after),
    transport: 'rest',
    totalRows: null,
    confirmed: true,
  };
}

/** What a deal is asked for its history. */
export const HISTORY_PROPERTIES: string[] = Object.values(FOLLOWED);

/** The rows of these deals' histories that a request is for. */
export function historyRows(
  deals: RawRecord[],
  request: Pick<ReadRequest, 'object' | 'fields' | 'where' | 'range'>,
  { typeId, owners }: { typeId: string; owners: ReadonlyMap<string, string> },
): CrmRow[] {
  const { range } = request;
  // A deal that comes back from the archive has moved, and its states are as old as they were.
  const inside = (row: ListedRow): boolean =>
    range.kind !== 'changed' ||
    ((range.older === true || row.stampMs >= range.fromMs) && row.stampMs < range.untilMs);
  const states = deals
    .filter((deal) => deal.unread === undefined)
    .flatMap((deal) => statesOf(deal, typeId, owners))
    .filter(inside);
  return [
    ...virtualRows(virtualObject(DEAL_HISTORY), request, states),
    ...deals.flatMap((deal) => unreadRow(deal, typeId)),
  ];
}

/**
 * Some versions without the others would make states that never were, so one row stands for all.
 */
const unreadRow = (deal: RawRecord, typeId: string): CrmRow[] =>
  deal.unread === undefined
    ? []
    : [
        {
          object: DEAL_HISTORY,
          id: `${recordId(typeId, deal.id)}/unread`,
          fields: {},
          stampMs: instantMs(deal.updatedAt ?? '') || 0,
          deleted: false,
          mergedIntoId: null,
          unread: deal.unread,
        },
      ];

/** The states of one deal, oldest first. Versions of one moment make one state. */
export function statesOf(
  deal: RawRecord,
  typeId: string,
  owners: ReadonlyMap<string, string>,
): ListedRow[] {
  const moments = new Map<
    number,
    { changes: Record<string, string | null>; byId: string | null }
  >();
  for (const [name, property] of Object.entries(FOLLOWED)) {
    for (const version of deal.propertiesWithHistory?.[property] ?? []) {
      const atMs = instantMs(version.timestamp);
      const moment = moments.get(atMs) ?? { changes: {}, byId: null };
      // The newest version comes first; of two in one millisecond it is the one that holds.
      if (!(name in moment.changes))
        moment.changes[name] =
          version.value === null || version.value === undefined || version.value === ''
            ? null
            : String(version.value);
      moment.byId ??= owners.get(version.updatedByUserId ?? '') ?? null;
      moments.set(atMs, moment);
    }
  }
  const dealId = recordId(typeId, deal.id);
  let state: Record<string, string | null> = {};
  return [...moments]
    .sort(([a], [b]) => a - b)
    .map(([atMs, { changes, byId }]) => {
      state = { ...state, ...changes };
      return {
        id: `${dealId}/${atMs}`,
        stampMs: atMs,
        values: {
          id: `${dealId}/${atMs}`,
          dealId,
          at: new Date(atMs).toISOString(),
          stage: state['stage'] ?? null,
          amount: canonical(FIELDS.amount, state['amount']),
          closeDate: canonical(FIELDS.closeDate, state['closeDate']),
          byId,
        },
      };
    });
}

async function gather(
  reader: Reader,
  request: ReadRequest,
  cursor: Cursor,
): Promise<{ records: RawRecord[]; after: Cursor | null }> {
  const { client } = reader;
  const { type, ...object } = await needRecords(reader.describer, 'deals');
  const history = HISTORY_PROPERTIES;
  if (cursor.by === 'list') {
    const records: RawRecord[] = [];
    for (let after = cursor.after; ; ) {
      const page = await list(client, type, {
        properties: ['hs_object_id'],
        history,
        after,
        archived: false,
        limit: reader.settings.pageRows,
      });
      records.push(...page.records);
      if (page.after === null) return { records, after: null };
      after = page.after;
      if (records.length + HISTORY_BATCH > reader.settings.pageRows / STATES_OF_A_DEAL)
        return { records, after: { by: 'list', after } };
    }
  }
  if (cursor.by === 'search') {
    const from = { ...cursor, fromMs: firstFrom(cursor, request) };
    const step = await searchStep(
      client,
      {
        object: { ...object, type },
        properties: [object.stampField ?? 'hs_object_id'],
        filters: [],
        untilMs: null,
        limit: reader.settings.pageRows,
      },
      from,
    );
    return {
      records: await batchRead(client, type, {
        ids: step.records.map(({ id }) => id),
        properties: [],
        history,
      }),
      after: step.next,
    };
  }
  const ids = [
    ...new Set(
      (request.range.kind === 'ids' ? request.range.ids : []).map((id) =>
        bareId(type.typeId, id.split('/')[0] ?? ''),
      ),
    ),
  ];
  const from = cursor.by === 'ids' ? cursor.from : 0;
  const chunk = ids.slice(from, from + SEARCH_PAGE);
  const end = from + chunk.length;
  return {
    records: await batchRead(client, type, { ids: chunk, properties: [], history }),
    after: end < ids.length ? { by: 'ids', from: end } : null,
  };
}

/** The first step begins a little early. */
const firstFrom = (cursor: SearchCursor, request: ReadRequest): number =>
  request.range.kind === 'changed' && cursor.fromMs === request.range.fromMs
    ? cursor.fromMs - STAMP_SLACK_MS
    : cursor.fromMs;
