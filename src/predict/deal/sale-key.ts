import type { DealState } from './deal-at.ts';

/** FNV-1a over UTF-16 units, from a seed. */
function fnv(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Fewer moves than this many deals share by chance, or because they were updated together. */
const MIN_SHARED_MOVES = 2;

/**
 * What came between entry and closing, with the closing where it was a single move, if that is
 * enough to know a sale by; null = it is not.
 */
function movesOf({ deal, closedMs }: DealState): [number, string | null][] | null {
  const moves = deal.events
    .filter((e, i) => i > 0 && e.stage !== deal.events[i - 1]!.stage)
    .map(({ atMs, stage }): [number, string | null] => [atMs, stage]);
  const between = moves.filter(([atMs]) => atMs !== closedMs);
  const shared = between.length < MIN_SHARED_MOVES ? moves : between;
  return shared.length < MIN_SHARED_MOVES ? null : shared;
}

/**
 * The same for parts of one sale, which differ by amount, name and customer, and perhaps by when
 * they were entered and closed: those whose moves came at the same moments, or of which all is the
 * same. A pool learns from each sale once. Direct deals stand alone.
 */
export function saleKey(state: DealState): string {
  const { deal, outcome, createdMs, closedMs, registeredMs, verifiedMs, provenMs } = state;
  const named = deal.partnerId ?? deal.links?.at(-1)?.partnerId ?? null;
  const moves = movesOf(state);
  const told = JSON.stringify([
    named ?? deal.id,
    deal.partnerId === null,
    ...(moves === null
      ? [
          [outcome, createdMs, closedMs, registeredMs, verifiedMs, provenMs],
          deal.events.map((event) => [event.atMs, event.stage]),
          deal.activities.map((activity) => [activity.atMs, activity.qualifying]),
          state.proofs.map((proof) => [proof.atMs, proof.kind]),
        ]
      : [outcome, moves]),
  ]);
  return `${fnv(told, 0x811c9dc5).toString(36)}${fnv(told, 0x9e3779b9).toString(36)}`;
}
