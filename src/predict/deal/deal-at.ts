import type { DealEventFacts, DealFacts, MeasureContext } from '../../model/facts.ts';
import { dayStart } from '../math/calendar.ts';
import { DAY_MS, daysBetween } from '../math/time.ts';
import { REWIN_STOOD_DAYS } from '../tuning.ts';
import { Depths, type Arrival } from './depths.ts';
import type { Proof } from '../../model/score.ts';
import { attested } from './attest.ts';
import { outcomeIn, type Outcome } from './outcome.ts';

/** A deal as it was known at a moment. Days are counted to that moment, or to the closing. */
export interface DealState {
  id: string;
  /** As far as it is believed; see `attested`. Everything of this state is read from it. */
  deal: DealFacts;
  outcome: Outcome;
  /** Stage key; null = not known at that moment. */
  stage: string | null;
  amount: number | null;
  /** What the CRM's fields say at that moment, whoever wrote them. */
  stated: { stage: string | null; amount: number | null };
  closeDate: string | null;
  createdMs: number;
  registeredMs: number | null;
  /** The first arrival at this depth: clicking back and forth makes no stay younger. */
  stageSinceMs: number;
  arrival: Arrival;
  closedMs: number | null;
  ageDays: number;
  stageDays: number;
  /** How often the asserted close date moved later, and how often since the last stage move. */
  pushes: number;
  pushesInStage: number;
  lastQualifyingMs: number | null;
  /** When anything was last done or changed on it, whoever did it and whether it is believed. */
  touchedMs: number;
  /** What shows it to be real, in the order of time. */
  proofs: readonly Proof[];
  /** The first proof of any kind, and the first that the vendor's side gave. */
  verifiedMs: number | null;
  provenMs: number | null;
  /** The partner was put on it too late to have brought it: as evidence it is a direct deal. */
  borrowed: boolean;
  /** How often a win of it was taken back. */
  reopened: number;
  /**
   * Won, but the partner's wins were taken back too often to count before they have stood a while.
   */
  waiting: boolean;
}

export type DealView = Pick<MeasureContext, 'stages' | 'timeZone' | 'proofs'>;

interface Walk {
  last: DealEventFacts | null;
  stageSinceMs: number;
  arrival: Arrival;
  closedMs: number | null;
  pushes: number;
  pushesInStage: number;
  reopened: number;
}

/** When a deal was won and lost again, so that an old win cannot be had twice. */
class Wins {
  reopened = 0;
  private wonMs: number | null = null;
  private stoodMs: number | null = null;

  closedMs(atMs: number, won: boolean): number {
    if (!won) return atMs;
    this.wonMs = this.stoodMs ?? atMs;
    return this.wonMs;
  }

  opened(atMs: number): void {
    if (this.wonMs === null) return;
    this.reopened++;
    if (daysBetween(this.wonMs, atMs) >= REWIN_STOOD_DAYS) this.stoodMs = this.wonMs;
    this.wonMs = null;
  }
}

/**
 * Another stage than before: since when the deal is there, how it came there, whether it is closed.
 */
function move(
  state: Walk,
  deal: DealFacts,
  event: DealEventFacts,
  stages: DealView['stages'],
  { depths, wins }: { depths: Depths; wins: Wins },
): void {
  const atMs = Math.max(event.atMs, deal.createdMs);
  const before = state.last === null ? 'open' : outcomeIn(deal, state.last.stage, stages);
  const now = outcomeIn(deal, event.stage, stages);
  if (now !== 'won' && before === 'won') wins.opened(atMs);
  if (now !== 'won' && now !== 'lost') state.closedMs = null;
  else if (state.closedMs === null || now !== before)
    state.closedMs = wins.closedMs(atMs, now === 'won');
  state.pushesInStage = 0;
  state.stageSinceMs = atMs;
  const listed = event.stage === null ? undefined : stages.get(event.stage);
  if (!listed || listed.closed) return;
  const first = depths.reach(listed, atMs, state.last === null);
  state.stageSinceMs = first.atMs;
  state.arrival = first.arrival;
}

/** Reads the believed events once, in their order. */
function walk(deal: DealFacts, stages: DealView['stages']): Walk {
  const state: Walk = {
    last: null,
    stageSinceMs: deal.createdMs,
    arrival: 'walked',
    closedMs: null,
    pushes: 0,
    pushesInStage: 0,
    reopened: 0,
  };
  const memory = { depths: new Depths(stages), wins: new Wins() };
  for (const event of deal.events) {
    if (state.last === null || event.stage !== state.last.stage)
      move(state, deal, event, stages, memory);
    if (isPush(state.last, event)) {
      state.pushes++;
      state.pushesInStage++;
    }
    state.last = event;
  }
  state.reopened = memory.wins.reopened;
  return state;
}

const isPush = (last: DealEventFacts | null, event: DealEventFacts): boolean =>
  Boolean(last?.closeDate && event.closeDate && event.closeDate > last.closeDate);

/** A deal without history: its columns count only as far as they were known by then. */
function fromColumns(
  deal: DealFacts,
  asOfMs: number,
  view: DealView,
): { last: DealEventFacts; closedMs: number | null } {
  const outcome = outcomeIn(deal, deal.stage, view.stages);
  if (outcome === 'open' || outcome === 'unknown')
    return {
      last: {
        atMs: deal.createdMs,
        stage: deal.stage,
        amount: deal.amount,
        closeDate: deal.closeDate,
      },
      closedMs: null,
    };
  const asserted = deal.closedMs ?? dayStart(deal.closeDate, view.timeZone);
  const closedMs = Math.max(deal.createdMs, asserted ?? deal.createdMs);
  if (closedMs > asOfMs)
    return {
      last: { atMs: deal.createdMs, stage: null, amount: null, closeDate: null },
      closedMs: null,
    };
  return {
    last: { atMs: closedMs, stage: deal.stage, amount: deal.amount, closeDate: deal.closeDate },
    closedMs,
  };
}

/** What the fields said at a moment, whoever wrote them. */
function statedAt(
  deal: DealFacts,
  asOfMs: number,
  columns: DealEventFacts,
): { stage: string | null; amount: number | null } {
  let last: DealEventFacts | null = null;
  for (const event of deal.events) {
    if (event.atMs > asOfMs) break;
    last = event;
  }
  const { stage, amount } = last ?? columns;
  return { stage, amount };
}

function lastQualifying(deal: DealFacts): number | null {
  return deal.activities.findLast((activity) => activity.qualifying)?.atMs ?? null;
}

function touched(raw: DealFacts, asOfMs: number): number {
  const last = (rows: readonly { atMs: number }[]): number =>
    rows.reduce((ms, { atMs }) => (atMs <= asOfMs ? Math.max(ms, atMs) : ms), raw.createdMs);
  return Math.max(last(raw.events), last(raw.activities), last(raw.quotes ?? []));
}

/**
 * The deal as it was known and believed at `asOfMs`; null when it did not exist yet, or when
 * nothing says whether it was open. Events decide; the current columns are used only for a deal
 * without any event, and a closing later than `asOfMs` hides them. Nothing stamped after `asOfMs`
 * is read.
 */
export function dealAt(raw: DealFacts, asOfMs: number, view: DealView): DealState | null {
  if (raw.createdMs > asOfMs) return null;
  const { facts: deal, proofs } = attested(raw, asOfMs, view);
  const walked = walk(deal, view.stages);
  if (raw.events.length > 0 && walked.last === null) return null;
  const { last, closedMs } = walked.last
    ? { last: walked.last, closedMs: walked.closedMs }
    : fromColumns(deal, asOfMs, view);
  const outcome = outcomeIn(deal, last.stage, view.stages);
  if (outcome === 'unknown') return null;
  const until = closedMs ?? asOfMs;
  return {
    id: deal.id,
    deal,
    outcome,
    stage: last.stage,
    amount: last.amount,
    stated: statedAt(raw, asOfMs, last),
    closeDate: last.closeDate,
    createdMs: deal.createdMs,
    registeredMs:
      deal.registeredMs !== null && deal.registeredMs <= asOfMs ? deal.registeredMs : null,
    stageSinceMs: walked.stageSinceMs,
    arrival: walked.arrival,
    closedMs,
    ageDays: daysBetween(deal.createdMs, until),
    stageDays: Math.max(0, (until - walked.stageSinceMs) / DAY_MS),
    pushes: walked.pushes,
    pushesInStage: walked.pushesInStage,
    lastQualifyingMs: lastQualifying(deal),
    touchedMs: touched(raw, asOfMs),
    proofs,
    verifiedMs: proofs[0]?.atMs ?? null,
    provenMs: proofs.find((proof) => proof.certain)?.atMs ?? null,
    borrowed: raw.partnerId !== null && deal.partnerId === null,
    reopened: walked.reopened,
    waiting: false,
  };
}

/** A win that counts: of one partner's deals, not one that waits. */
export const isWin = (state: DealState): boolean => state.outcome === 'won' && !state.waiting;

/** Days from registration (or creation) to the win; null while not won. */
export const lifespanDays = (state: DealState): number | null =>
  isWin(state) && state.closedMs !== null
    ? daysBetween(state.registeredMs ?? state.createdMs, state.closedMs)
    : null;

/** Days since anything qualifying happened: an activity, a stage move, a proof, or the creation. */
export const silentDays = (state: DealState, asOfMs: number): number =>
  daysBetween(
    Math.max(
      state.createdMs,
      state.stageSinceMs,
      state.lastQualifyingMs ?? 0,
      state.proofs.at(-1)?.atMs ?? 0,
    ),
    asOfMs,
  );

/**
 * Signs of a won deal in the order of time: creation, moves, qualifying activities, proofs, the
 * win.
 */
export function signsOf(state: DealState, closedMs: number): number[] {
  const { deal, proofs } = state;
  return [
    deal.createdMs,
    ...deal.events
      .filter((e, i) => i > 0 && e.stage !== deal.events[i - 1]!.stage)
      .map((e) => e.atMs),
    ...deal.activities.filter((a) => a.qualifying).map((a) => a.atMs),
    ...proofs.map((proof) => proof.atMs),
    closedMs,
  ]
    .filter((atMs) => atMs >= deal.createdMs && atMs <= closedMs)
    .sort((a, b) => a - b);
}

/** Days between one sign of a won deal and the next. */
export const quietSpells = (signs: readonly number[]): number[] =>
  signs.slice(1).map((atMs, i) => daysBetween(signs[i]!, atMs));
