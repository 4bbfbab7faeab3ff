import { log, log1p } from '../../model/real-math.ts';

/** Probabilities said, and whether it happened; by the same index. */
export interface Said {
  p: readonly number[];
  happened: readonly boolean[];
}

export interface Judged {
  logLoss: number;
  brier: number;
  /**
   * Chance that of one that happened and one that did not the first was said more likely; ties
   * count half.
   */
  auc: number;
  /** Expected calibration error: mean gap between said and happened over tenths of equal size. */
  ece: number;
}

/** Tenths of the calibration. */
const BINS = 10;

export const logLossOf = (p: number, happened: boolean): number =>
  happened ? -log(p) : -log1p(-p);

/** Ranks from 1, ties sharing their average. */
function averageRanks(values: readonly number[]): Float64Array {
  const order = Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/** Area under the ROC curve by ranks; a half where only one outcome was seen. */
function aucOf({ happened }: Said, ranks: Float64Array): number {
  let sum = 0;
  let wins = 0;
  happened.forEach((yes, i) => {
    if (!yes) return;
    sum += ranks[i]!;
    wins++;
  });
  const losses = happened.length - wins;
  return wins === 0 || losses === 0 ? 0.5 : (sum - (wins * (wins + 1)) / 2) / (wins * losses);
}

/** Tenths of equal size by average rank, so that equal probabilities stay together. */
const binsOf = (p: readonly number[]): Int32Array => tenths(averageRanks(p));
const tenths = (ranks: Float64Array): Int32Array =>
  Int32Array.from(ranks, (rank) =>
    Math.min(BINS - 1, Math.floor((BINS * (rank - 0.5)) / ranks.length)),
  );

/** Mean over all of |happened - said| of its tenth. */
function eceOf({ p, happened }: Said, bins: Int32Array): number {
  const gap = new Float64Array(BINS);
  for (let i = 0; i < p.length; i++) gap[bins[i]!]! += (happened[i] ? 1 : 0) - p[i]!;
  return gap.reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(1, p.length);
}

export function judge(said: Said): Judged {
  const { p, happened } = said;
  const ranks = averageRanks(p);
  const n = Math.max(1, p.length);
  let logLoss = 0;
  let brier = 0;
  for (let i = 0; i < p.length; i++) {
    logLoss += logLossOf(p[i]!, happened[i]!);
    brier += (p[i]! - (happened[i] ? 1 : 0)) ** 2;
  }
  return {
    logLoss: logLoss / n,
    brier: brier / n,
    auc: aucOf(said, ranks),
    ece: eceOf(said, tenths(ranks)),
  };
}

/**
 * Calibration error that a perfectly calibrated model of these probabilities shows at most in 95 of
 * 100 samples of this size: below it, a gap is chance. `random` gives 0 <= x < 1.
 */
export function eceNoise95(p: readonly number[], random: () => number, samples = 1000): number {
  const bins = binsOf(p);
  const found = Array.from({ length: samples }, () =>
    eceOf({ p, happened: p.map((value) => random() < value) }, bins),
  );
  found.sort((a, b) => a - b);
  return found[Math.ceil(0.95 * samples) - 1]!;
}
