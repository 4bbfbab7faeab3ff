import { clamp, expit, logit } from '../../math/numeric.ts';
import { CELL_PSEUDO_DEALS } from '../../tuning.ts';
import { baseOdds } from '../model/candidates.ts';
import { fitLine, lineOdds, type Line } from '../model/line.ts';
import type { Sample } from '../model/sample.ts';
import type { StallRule } from './signs.ts';

/**
 * From the simplest on: one chance for all, the chance by days of silence, a line over features.
 */
export const STALL_CANDIDATES = ['base', 'silence', 'features'] as const;
export type StallCandidate = (typeof STALL_CANDIDATES)[number];

/** Chance of a stall by days of silence: from so many on. */
export interface SilenceCell {
  fromDays: number;
  chance: number;
}

/** What a candidate has learned. Plain JSON. */
export interface StallFit {
  baseOdds: number;
  silence: SilenceCell[];
  line: Line | null;
}

/** Edges of the cells, as shares of the days that make a stall: finer where it comes near. */
const EDGE_SHARES = [0, 1 / 3, 0.5, 0.65, 0.8, 0.9];
/** Weak: some fifty columns, each known to matter. */
const RIDGE = 100;

const quietOf = ({ panel, rows }: Pick<Sample, 'panel' | 'rows'>, i: number): number =>
  panel.numbers[0]![rows[i]!]!;

export const cellOf = (cells: readonly SilenceCell[], quietDays: number): SilenceCell =>
  cells.findLast(({ fromDays }) => quietDays >= fromDays) ?? cells[0]!;

/** Shares by cell, each leaning on the share of all by the worth of a few weekly snapshots. */
function silenceOf(sample: Sample, base: number, { days }: StallRule): SilenceCell[] {
  const cells = EDGE_SHARES.map((share) => ({ fromDays: share * days, happened: 0, whole: 0 }));
  for (let i = 0; i < sample.rows.length; i++) {
    const cell = cells.findLast(({ fromDays }) => quietOf(sample, i) >= fromDays)!;
    cell.whole += sample.weight[i]!;
    if (sample.y[i] === 1) cell.happened += sample.weight[i]!;
  }
  return cells.map(({ fromDays, happened, whole }) => ({
    fromDays,
    chance: (happened + CELL_PSEUDO_DEALS * base) / (whole + CELL_PSEUDO_DEALS),
  }));
}

/** `features`: whether enough is known for a line. */
export function fitStall(sample: Sample, rule: StallRule, features: boolean): StallFit {
  const base = baseOdds(sample);
  const names = sample.panel.names;
  const choice = { numbers: names.numbers.map((_, i) => i), words: [0], pairs: [] };
  return {
    baseOdds: base,
    silence: silenceOf(sample, expit(base), rule),
    line: features ? fitLine(sample, choice, { all: RIDGE, stage: RIDGE }) : null,
  };
}

const ODDS_LIMIT = 9;

/** Log odds of the rows under a candidate. */
export function stallOdds(
  fit: StallFit,
  chosen: StallCandidate,
  sample: Pick<Sample, 'panel' | 'rows'>,
): Float64Array {
  if (chosen === 'features' && fit.line !== null) return lineOdds(fit.line, sample);
  return Float64Array.from(sample.rows, (_, i) =>
    chosen === 'base'
      ? fit.baseOdds
      : clamp(logit(cellOf(fit.silence, quietOf(sample, i)).chance), -ODDS_LIMIT, ODDS_LIMIT),
  );
}
