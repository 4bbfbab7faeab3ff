import type { DealEventFacts, DealFacts, MeasureContext } from '../../model/facts.ts';
import { dayStart } from '../math/calendar.ts';
import { DAY_MS, daysBetween } from '../math/time.ts';

type Outcome = 'open' | 'won' | 'lost';

/** A deal as it was known at a moment. Days are counted to that moment, or to the closing. */
export interface DealState {
  id: string;
  deal: DealFacts;
  outcome: Outcome;
  /** Stage key; null = not known at that moment. */
  stage: string | null;
  amount: number | null;
  closeDate: string | null;
  createdMs: number;
  registeredMs: number | null;
  stageSinceMs: number;
  closedMs: number | null;
  ageDays: number;
  stageDays: number;
  /** How often the asserted close date moved later, and how often since the last stage move. */
  pushes: number;
  pushesInStage: number;
  lastQualifyingMs: number | null;
  /** Stage advanced, or a qualifying activity: somebody beside the registrant has moved it. */
  verifiedMs: number | null;
}

export type DealView = Pick<MeasureContext, 'stages' | 'timeZone'>;

const outcomeOf = (closed: boolean, won: boolean): Outcome =>
  closed ? (won ? 'won' : 'lost') : 'open';

/**
 * What a deal was while it stood in `stage`. The list of stages decides; of a stage that is in no
 * list, what the CRM says of the record itself, which it says of the stage that the record is in
 * now. Where nothing says it the outcome is unknown, which is neither open nor lost. A stage that
 * was not known yet is open.
 */
export function outcomeIn(
  deal: DealFacts,
  stage: string | null,
  stages: DealView['stages'],
): Outcome | 'unknown' {
  if (stage === null) return 'open';
  const listed = stages.get(stage);
  if (listed !== undefined) return outcomeOf(listed.closed, listed.won);
  const { closed, won } = deal.told ?? { closed: null, won: null };
  if (stage !== deal.stage) return 'unknown';
  if (won === true) return 'won';
  if (closed === null || (closed && won === null)) return 'unknown';
  return outcomeOf(closed, false);
}

interface Walk {
  last: DealEventFacts | null;
  stageSinceMs: number;
  closedMs: number | null;
  pushes: number;
  pushesInStage: number;
  advancedMs: number | null;
}

/** Reads the events up to `asOfMs` once, in their order. */
function walk(deal: DealFacts, asOfMs: number, stages: DealView['stages']): Walk {
  const state: Walk = {
    last: null,
    stageSinceMs: deal.createdMs,
    closedMs: null,
    pushes: 0,
    pushesInStage: 0,
    advancedMs: null,
  };
  let lowest = Infinity;
  for (const event of deal.events) {
    if (event.atMs > asOfMs) break;
    if (state.last === null || event.stage !== state.last.stage) {
      state.stageSinceMs = Math.max(event.atMs, deal.createdMs);
      state.pushesInStage = 0;
    }
    state.closedMs = closedAfter(state, deal, event, stages);
    const listed = event.stage === null ? undefined : stages.get(event.stage);
    if (listed && !listed.closed) {
      if (listed.order > lowest && state.advancedMs === null) state.advancedMs = event.atMs;
      lowest = Math.min(lowest, listed.order);
    }
    if (isPush(state.last, event)) {
      state.pushes++;
      state.pushesInStage++;
    }
    state.last = event;
  }
  return state;
}

/** Since when the deal is closed, once `event` has happened; another outcome closes it anew. */
function closedAfter(
  { closedMs, last }: Walk,
  deal: DealFacts,
  event: DealEventFacts,
  stages: DealView['stages'],
): number | null {
  const now = outcomeIn(deal, event.stage, stages);
  if (now !== 'won' && now !== 'lost') return null;
  const same = now === outcomeIn(deal, last?.stage ?? null, stages);
  return closedMs !== null && same ? closedMs : Math.max(event.atMs, deal.createdMs);
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

/**
 * The deal as the CRM knew it at `asOfMs`; null when it did not exist yet, or when nothing says
 * whether it was open. Events decide; the current columns are used only for a deal without any
 * event, and a closing later than `asOfMs` hides them. Nothing stamped after `asOfMs` is read.
 */
export function dealAt(deal: DealFacts, asOfMs: number, view: DealView): DealState | null {
  if (deal.createdMs > asOfMs) return null;
  const walked = walk(deal, asOfMs, view.stages);
  if (deal.events.length > 0 && walked.last === null) return null;
  const { last, closedMs } = walked.last
    ? { last: walked.last, closedMs: walked.closedMs }
    : fromColumns(deal, asOfMs, view);
  const outcome = outcomeIn(deal, last.stage, view.stages);
  if (outcome === 'unknown') return null;
  let lastQualifyingMs: number | null = null;
  let firstQualifyingMs: number | null = null;
  for (const activity of deal.activities) {
    if (activity.atMs > asOfMs) break;
    if (!activity.qualifying) continue;
    firstQualifyingMs ??= activity.atMs;
    lastQualifyingMs = activity.atMs;
  }
  const verified = Math.min(walked.advancedMs ?? Infinity, firstQualifyingMs ?? Infinity);
  const until = closedMs ?? asOfMs;
  return {
    id: deal.id,
    deal,
    outcome,
    stage: last.stage,
    amount: last.amount,
    closeDate: last.closeDate,
    createdMs: deal.createdMs,
    registeredMs:
      deal.registeredMs !== null && deal.registeredMs <= asOfMs ? deal.registeredMs : null,
    stageSinceMs: walked.stageSinceMs,
    closedMs,
    ageDays: daysBetween(deal.createdMs, until),
    stageDays: Math.max(0, (until - walked.stageSinceMs) / DAY_MS),
    pushes: walked.pushes,
    pushesInStage: walked.pushesInStage,
    lastQualifyingMs,
    verifiedMs: Number.isFinite(verified) ? verified : null,
  };
}

/**
 * States of all deals known at the context's moment, in the order given; those of unknown
 * outcome are left out.
 */
export function dealsAt(deals: readonly DealFacts[], context: MeasureContext): DealState[] {
  const found: DealState[] = [];
  for (const deal of deals) {
    const state = dealAt(deal, context.asOfMs, context);
    if (state) found.push(state);
  }
  return found;
}

/** Days from registration (or creation) to the win; null while not won. */
export const lifespanDays = (state: DealState): number | null =>
  state.outcome === 'won' && state.closedMs !== null
    ? daysBetween(state.registeredMs ?? state.createdMs, state.closedMs)
    : null;

/** Days since anything qualifying happened: an activity, a stage move, or the creation. */
export const silentDays = (state: DealState, asOfMs: number): number =>
  daysBetween(Math.max(state.createdMs, state.stageSinceMs, state.lastQualifyingMs ?? 0), asOfMs);
