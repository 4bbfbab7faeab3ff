import { normalCdf } from './numeric.ts';

/**
 * Two-sided p-value that two groups come from one distribution, by the rank sum (Mann and Whitney
 * 1947) with its normal approximation, ties and continuity corrected. 1 where all values are equal.
 * For groups of eight and more.
 */
export function rankSumP(left: readonly number[], right: readonly number[]): number {
  const all = [
    ...left.map((value) => ({ value, mine: true })),
    ...right.map((value) => ({ value, mine: false })),
  ].sort((a, b) => a.value - b.value);
  let rankSum = 0;
  let ties = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]!.value === all[from]!.value) to++;
    const rank = (from + 1 + to) / 2;
    for (let i = from; i < to; i++) if (all[i]!.mine) rankSum += rank;
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  const [n, m, total] = [left.length, right.length, all.length];
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)));
  if (!(variance > 0)) return 1;
  const off = Math.abs(rankSum - (n * (total + 1)) / 2);
  return Math.min(1, 2 * normalCdf(-Math.max(0, off - 0.5) / Math.sqrt(variance)));
}
