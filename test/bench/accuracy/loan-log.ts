/** The loan log's rows as deals. */
import type { DealFacts, QuoteFacts, StageFacts, TaskFacts } from '../../../src/model/facts.ts';
import type { MappedRow } from '../../../src/model/entities.ts';
import { number, readFolder, text, UserError } from './folder.ts';

export interface Deals {
  deals: DealFacts[];
  stages: ReadonlyMap<string, StageFacts>;
  timeZone: string;
  /** The last moment of which the folder tells. */
  lastMs: number;
}

const OBJECTS = ['cases', 'events_stage', 'activities'];
const FILES = {
  cases: { id: 'case_id', types: { case_id: 'text' } },
  events_stage: { id: ['case_id', 'seq'], types: { case_id: 'text', resource: 'text' } },
  activities: { id: ['case_id', 'seq'], types: { case_id: 'text', resource: 'text' } },
};

function blank(row: MappedRow): DealFacts {
  return {
    id: row.id,
    object: row.object,
    name: text(row, 'name') ?? row.id,
    partnerId: null,
    accountId: null,
    ownerId: null,
    product: null,
    createdMs: number(row, 'createdAt')!,
    registeredMs: null,
    stage: text(row, 'stage')!,
    amount: number(row, 'amount'),
    closeDate: null,
    closedMs: null,
    crmProbability: null,
    events: [],
    activities: [],
    quotes: [],
    tasks: [],
  };
}

/**
 * The log's stage is the furthest reached, so what leads back or stays says nothing, and after the
 * outcome nothing counts. A row of the history holds the whole state, so the amount stands on all
 * that follow.
 */
function furthestOnly(deal: DealFacts, stages: Deals['stages']): DealFacts {
  let reached = -Infinity;
  let amount: number | null = null;
  let stage: string | null = null;
  const events: DealFacts['events'] = [];
  for (const event of deal.events) {
    const { order, closed } = stages.get(event.stage ?? '')!;
    const isMove = order > reached;
    if (!isMove && event.amount === null) continue;
    amount = event.amount ?? amount;
    if (isMove) {
      stage = event.stage;
      reached = closed ? Infinity : order;
    }
    events.push({ ...event, stage, amount });
  }
  return { ...deal, events };
}

/**
 * Work items come as one row for each change: what is planned, begun and done is put together by
 * kind.
 */
function workOn(deal: DealFacts, rows: readonly MappedRow[]): void {
  const tasks: TaskFacts[] = [];
  for (const row of rows) {
    const kind = text(row, 'kind')!;
    const atMs = number(row, 'at')!;
    const open = tasks.findLast((task) => task.kind === kind && task.doneMs === null);
    if (row.values['qualifying'] === true) {
      const begunMs = open?.begunMs ?? null;
      const minutes = begunMs === null ? null : (atMs - begunMs) / 60_000;
      if (open) open.doneMs = atMs;
      deal.activities.push({ atMs, kind, qualifying: true, byId: text(row, 'ownerId'), minutes });
    } else if (number(row, 'durationMinutes') === 0 || !open) {
      const begunMs = number(row, 'durationMinutes') === 0 ? null : atMs;
      tasks.push({ id: row.id, kind, createdMs: atMs, dueMs: null, begunMs, doneMs: null });
    } else open.begunMs = atMs;
  }
  deal.tasks = tasks;
}

/** Order of the log: by time, then by its own number. */
const inOrder = (rows: MappedRow[]): MappedRow[] => {
  const place = new Map(rows.map((row) => [row, Number(/(\d+)\D*$/.exec(row.id)?.[1] ?? 0)]));
  return rows.sort((a, b) => number(a, 'at')! - number(b, 'at')! || place.get(a)! - place.get(b)!);
};

export async function readLoanLog(dir: string): Promise<Deals> {
  const { rows, stages, timeZone } = await readFolder(dir, './loan-log.yaml', OBJECTS, FILES);
  const deals = new Map((rows.get('deal') ?? []).map((row) => [row.id, blank(row)]));
  let lastMs = -Infinity;
  for (const row of inOrder(rows.get('dealEvent') ?? [])) {
    const deal = deals.get(text(row, 'dealId')!);
    const atMs = number(row, 'at')!;
    lastMs = Math.max(lastMs, atMs);
    deal?.events.push({
      atMs,
      stage: text(row, 'stage'),
      amount: number(row, 'amount'),
      closeDate: null,
    });
    // The first event may lie a moment before the registration's own time.
    if (deal) deal.createdMs = Math.min(deal.createdMs, atMs);
  }
  const work = Map.groupBy(inOrder(rows.get('activity') ?? []), (row) => text(row, 'dealId')!);
  for (const [id, list] of work) {
    const deal = deals.get(id);
    if (deal) workOn(deal, list);
    lastMs = Math.max(lastMs, number(list.at(-1)!, 'at')!);
  }
  for (const row of inOrder(rows.get('quote') ?? [])) {
    const state = text(row, 'state') as QuoteFacts['state'];
    const quote = { id: row.id, atMs: number(row, 'at')!, state, amount: null, by: null };
    deals.get(text(row, 'dealId')!)?.quotes?.push(quote);
  }
  if (deals.size === 0) throw new UserError(`--data ${dir}: cases.csv has no case.`);
  const found = [...deals.values()].map((deal) => furthestOnly(deal, stages));
  return { deals: found, stages, timeZone, lastMs };
}
