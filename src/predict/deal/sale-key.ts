import type { DealState } from './deal-at.ts';

/** FNV-1a over UTF-16 units, from a seed. */
function fnv(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * The same for parts of one sale whose history is the same to the millisecond and which differ by
 * amount, name and customer only: a pool learns from each of them once. Direct deals stand alone.
 */
export function saleKey(state: DealState): string {
  const { deal, outcome, createdMs, closedMs, registeredMs, verifiedMs, provenMs } = state;
  const told = JSON.stringify([
    deal.partnerId ?? deal.id,
    deal.partnerId === null,
    [outcome, createdMs, closedMs, registeredMs, verifiedMs, provenMs],
    deal.events.map((event) => [event.atMs, event.stage]),
    deal.activities.map((activity) => [activity.atMs, activity.qualifying]),
    state.proofs.map((proof) => [proof.atMs, proof.kind]),
  ]);
  return `${fnv(told, 0x811c9dc5).toString(36)}${fnv(told, 0x9e3779b9).toString(36)}`;
}
