import { addHash, contentHash, emptyHash, type HashSum } from '../../model/canonical.ts';
import type { DealFacts, MeasureContext } from '../../model/facts.ts';
import { quartersBefore } from '../math/calendar.ts';
import { REPLAY_PERIODS } from '../tuning.ts';

/**
 * What replayed forecasts read, as one hash for each finished period, so that the same rows need
 * never be replayed twice. Plain JSON; deals may be added in any order and page.
 */
export interface PastInputs {
  /** Ends of the periods, oldest first. */
  endMs: number[];
  /** Of what became known in each; the first holds everything before. */
  sums: HashSum[];
}

export function startPastInputs({ period, timeZone }: MeasureContext): PastInputs {
  const endMs = quartersBefore(period, REPLAY_PERIODS, timeZone).map((quarter) => quarter.endMs);
  return { endMs: endMs.reverse(), sums: endMs.map(emptyHash) };
}

/** When a row came to be known, and what of it was known then. */
type Piece = [atMs: number, what: unknown];

/** Where no history says how a deal came to be what it is, its columns are what is known of it. */
function columnsOf(deal: DealFacts, stages: MeasureContext['stages']): unknown[] {
  const { stage, told, amount, closeDate, closedMs } = deal;
  if (deal.events.length === 0) return [stage, told, amount, closeDate, closedMs];
  return stages.has(stage) ? [] : [stage, told];
}

/** A deal in pieces, each with its own moment: what ends later is a piece of its own. */
function piecesOf(deal: DealFacts, stages: MeasureContext['stages']): Piece[] {
  const { partnerId, accountId, ownerId, product, createdMs, registeredMs } = deal;
  const { currency, rivalMs, competitor, origin, industry, region } = deal;
  const own = [partnerId, accountId, ownerId, product, createdMs];
  const more = [currency, rivalMs, competitor, origin, industry, region];
  const pieces: Piece[] = [[createdMs, [...own, ...more, ...columnsOf(deal, stages)]]];
  if (registeredMs !== null) pieces.push([registeredMs, ['registered', registeredMs]]);
  for (const row of [...deal.events, ...deal.activities, ...(deal.quotes ?? [])])
    pieces.push([row.atMs, row]);
  for (const { begunMs, doneMs, dueMs: _, ...task } of deal.tasks ?? []) {
    pieces.push([task.createdMs, task]);
    for (const ms of [begunMs, doneMs]) if (ms != null) pieces.push([ms, [task.id, ms]]);
  }
  for (const { endedMs, ...link } of deal.links ?? []) {
    pieces.push([link.knownMs, link]);
    if (endedMs !== null) pieces.push([endedMs, [link, endedMs]]);
  }
  return pieces;
}

export function addPastInputs(
  inputs: PastInputs,
  deal: DealFacts,
  stages: MeasureContext['stages'],
): void {
  const texts = inputs.endMs.map(() => '');
  for (const [atMs, what] of piecesOf(deal, stages)) {
    const period = inputs.endMs.findIndex((endMs) => atMs < endMs);
    if (period >= 0) texts[period] += JSON.stringify(what);
  }
  texts.forEach((text, i) => {
    if (text !== '') addHash(inputs.sums[i]!, `${deal.id} ${text}`);
  });
}

/**
 * Key of everything that a replay of the period may read. `beside` is what it reads beside deals.
 */
export function pastKey(inputs: PastInputs, endMs: number, beside: unknown): string {
  const known = inputs.sums.slice(0, inputs.endMs.indexOf(endMs) + 1);
  return contentHash(JSON.stringify([endMs, known, beside]));
}
