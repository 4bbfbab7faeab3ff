import type {
  ActivityFacts,
  DealEventFacts,
  DealFacts,
  Period,
  StageFacts,
  TaskFacts,
} from '../../../model/facts.ts';
import { outcomeIn } from '../../deal/outcome.ts';
import { dayStart } from '../../math/calendar.ts';

export type Ending = 'won' | 'lost';

/** `side` is whose user that was, or `buyer` when the buyer took part. */
type Touch = [
  atMs: number,
  kind: string,
  byId: string | null,
  minutes: number | null,
  side: 'buyer' | 'partner' | 'vendor' | null,
];

/**
 * A deal's past in the form that features are read from: rows ascending in time, plain JSON,
 * nothing later than the moment it was cut at. Kept small, since the past of thousands of deals is
 * held while a model is fitted.
 */
export interface DealHistory {
  id: string;
  createdMs: number;
  /** From when the CRM's own history shows it. */
  knownMs: number;
  /** Stage from then on; null = unknown. Only changes. */
  moves: [atMs: number, stage: string | null][];
  /** Outcome from then on; a deal is open before the first. Only changes. */
  endings: [atMs: number, outcome: Ending | 'open'][];
  amounts: [atMs: number, amount: number][];
  /** Only what counts as progress: an edit or an automatic mail says nothing about the buyer. */
  activities: Touch[];
  quotes: [atMs: number, state: string][];
  tasks: [createdMs: number, kind: string, begunMs: number | null, doneMs: number | null][];
  /**
   * When the asserted close date was moved later, by anybody but the partner; from which day to
   * which.
   */
  pushes: [atMs: number, fromMs: number, toMs: number][];
  partnerId: string | null;
  ownerId: string | null;
  product: string | null;
  origin: string | null;
  industry: string | null;
  competitor: string | null;
}

export interface HistoryView {
  stages: ReadonlyMap<string, StageFacts>;
  timeZone: string;
  /** The fiscal quarter of the moment; absent = the deals know no quarters. */
  period?: Period;
  /** Days of silence after which a deal is stalled; absent = nothing is said of stalls. */
  staleDays?: number;
  /** Whether a date put off beyond its quarter stalls a deal too. */
  stallOnPutOff?: boolean;
}

/**
 * Rows known by `asOfMs`, in time order whatever order they came in; none is older than the deal.
 */
function known<T extends { atMs: number }>(
  rows: readonly T[],
  createdMs: number,
  asOfMs: number,
): T[] {
  const found: T[] = [];
  for (const row of rows) {
    if (!(row.atMs <= asOfMs)) continue;
    found.push(row.atMs < createdMs ? { ...row, atMs: createdMs } : row);
  }
  return found.sort((a, b) => a.atMs - b.atMs);
}

type Walked = Pick<DealHistory, 'moves' | 'endings' | 'amounts' | 'pushes' | 'knownMs'>;

const nothing = (): Omit<Walked, 'knownMs'> => ({
  moves: [],
  endings: [],
  amounts: [],
  pushes: [],
});

/**
 * Asserted days are held against ends of quarters, so both begin in the organisation's own zone.
 */
const dayOf = (day: string | null, timeZone: string): number => dayStart(day, timeZone) ?? 0;

/** What the partner's own user puts off says nothing about the buyer. */
const isPush = ({ closeDate, by }: DealEventFacts, before: string | null): boolean =>
  before !== null && closeDate !== null && closeDate > before && by !== 'partner';

function walk(deal: DealFacts, asOfMs: number, { stages, timeZone }: HistoryView): Walked {
  const rows = known(deal.events, deal.createdMs, asOfMs);
  const walked = { ...nothing(), knownMs: rows[0]?.atMs ?? asOfMs };
  let closes: string | null = null;
  let outcome: Ending | 'open' = 'open';
  let before: string | null | undefined;
  for (const event of rows) {
    const told = outcomeIn(deal, event.stage, stages);
    // A deal went on from it, so what it was in between is no ending.
    const now = told === 'unknown' ? 'open' : told;
    const stage = told === 'unknown' ? null : event.stage;
    if (now !== outcome) walked.endings.push([event.atMs, now]);
    outcome = now;
    if (now === 'open' && before !== stage) walked.moves.push([event.atMs, stage]);
    before = stage;
    if (event.amount !== null && event.amount !== walked.amounts.at(-1)?.[1]) {
      walked.amounts.push([event.atMs, event.amount]);
    }
    if (isPush(event, closes))
      walked.pushes.push([event.atMs, dayOf(closes, timeZone), dayOf(event.closeDate, timeZone)]);
    closes = event.closeDate ?? closes;
  }
  return walked;
}

/**
 * A deal without any history row: where it stood while it was open is not known, and its columns
 * are as of now.
 */
function fromColumns(deal: DealFacts, asOfMs: number, view: HistoryView): Walked {
  const outcome = outcomeIn(deal, deal.stage, view.stages);
  const none: Walked = { ...nothing(), knownMs: deal.createdMs };
  if (outcome !== 'won' && outcome !== 'lost') {
    return { ...none, amounts: deal.amount === null ? [] : [[deal.createdMs, deal.amount]] };
  }
  const asserted = deal.closedMs ?? dayStart(deal.closeDate, view.timeZone) ?? deal.createdMs;
  const closedMs = Math.max(deal.createdMs, asserted);
  return closedMs > asOfMs ? none : { ...none, endings: [[closedMs, outcome]] };
}

const touchOf = (row: ActivityFacts): Touch => [
  row.atMs,
  row.kind,
  row.byId ?? null,
  row.minutes ?? null,
  row.buyer ? 'buyer' : (row.by ?? null),
];

/**
 * What happened to a task after `asOfMs` is not known yet; its due date may have been moved since,
 * so it is not read.
 */
function tasksOf(
  tasks: readonly TaskFacts[],
  createdMs: number,
  asOfMs: number,
): DealHistory['tasks'] {
  const by = (ms: number | null | undefined): number | null =>
    ms === null || ms === undefined || !(ms <= asOfMs) ? null : ms;
  return known(
    tasks.map((task) => ({ ...task, atMs: task.createdMs })),
    createdMs,
    asOfMs,
  ).map((task) => [task.atMs, task.kind ?? 'task', by(task.begunMs), by(task.doneMs)]);
}

/** The stage that a deal was last known to be in by `asOfMs`. */
function lastStage(deal: DealFacts, asOfMs: number): string | null {
  const last = known(deal.events, deal.createdMs, asOfMs).at(-1);
  return deal.events.length === 0 ? deal.stage : (last?.stage ?? null);
}

/**
 * The deal's past as known at `asOfMs`; null when it did not exist yet, or when nothing says
 * whether it was open.
 */
export function historyOf(deal: DealFacts, asOfMs: number, view: HistoryView): DealHistory | null {
  if (!(deal.createdMs <= asOfMs)) return null;
  if (outcomeIn(deal, lastStage(deal, asOfMs), view.stages) === 'unknown') return null;
  const hasEvents = deal.events.length > 0;
  const walked = hasEvents ? walk(deal, asOfMs, view) : fromColumns(deal, asOfMs, view);
  if (hasEvents && walked.moves.length + walked.endings.length === 0) return null;
  const rows = <T extends { atMs: number }>(list: readonly T[] | undefined): T[] =>
    known(list ?? [], deal.createdMs, asOfMs);
  return {
    id: deal.id,
    createdMs: deal.createdMs,
    ...walked,
    activities: rows(deal.activities.filter((row) => row.qualifying)).map(touchOf),
    quotes: rows(deal.quotes).map((row) => [row.atMs, row.state]),
    tasks: tasksOf(deal.tasks ?? [], deal.createdMs, asOfMs),
    partnerId: deal.partnerId,
    ownerId: deal.ownerId,
    product: deal.product,
    origin: deal.origin ?? null,
    industry: deal.industry ?? null,
    competitor: deal.competitor ?? null,
  };
}

/** Outcome at a moment. */
export function outcomeAt(history: DealHistory, atMs: number): Ending | 'open' {
  let outcome: Ending | 'open' = 'open';
  for (const [at, now] of history.endings) {
    if (at > atMs) break;
    outcome = now;
  }
  return outcome;
}

/** The first ending after a moment; null = none known. */
export function endingAfter(history: DealHistory, atMs: number): [number, Ending] | null {
  for (const [at, now] of history.endings) if (at > atMs && now !== 'open') return [at, now];
  return null;
}

/** Open stretches [from, to), `to` = Infinity while it is open. */
export function openStretches(history: DealHistory): [number, number][] {
  const found: [number, number][] = [];
  let from: number | null = history.knownMs;
  for (const [at, now] of history.endings) {
    if (now === 'open') from ??= at;
    else if (from !== null) {
      found.push([from, at]);
      from = null;
    }
  }
  if (from !== null) found.push([from, Infinity]);
  return found;
}
