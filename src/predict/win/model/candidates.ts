import { exp, log, log1p } from '../../../model/real-math.ts';
import { inner } from '../../math/numeric.ts';
import { lineOdds } from './line.ts';
import { newLines, type Lines } from './lines.ts';
import type { Interval, Sample } from './sample.ts';
import { curveOf, tableOf, winWithin, type WinTable } from './table.ts';

/** From the simplest to the least simple. */
export const CANDIDATES = ['base', 'stageAge', 'lean', 'rich', 'mean'] as const;
export type CandidateName = (typeof CANDIDATES)[number];

/** The base rate leans on one half by this many weekly snapshots, so that it is never 0 or 1. */
const BASE_PSEUDO = 1;

/** Log odds of the event over all. */
export function baseOdds({ y, weight }: Sample): number {
  let happened = BASE_PSEUDO / 2;
  let not = BASE_PSEUDO / 2;
  for (let i = 0; i < y.length; i++) {
    if (y[i] === 1) happened += weight[i]!;
    else not += weight[i]!;
  }
  return log(happened / not);
}

/**
 * Log odds of the test rows under every candidate asked for, each fitted on the training rows only.
 * `lines` serves where the same rows are asked about again.
 */
export function oddsOfCandidates(
  train: Sample,
  test: Sample,
  interval: Interval,
  cutDays: number,
  names: readonly CandidateName[],
  lines: Lines = newLines(),
): Map<CandidateName, Float64Array> {
  const found = new Map<CandidateName, Float64Array>();
  found.set('base', new Float64Array(test.rows.length).fill(baseOdds(train)));
  if (names.includes('stageAge'))
    found.set('stageAge', tableOdds(tableOf(train.panel, cutDays), test, interval));
  for (const name of ['lean', 'rich'] as const)
    if (names.includes(name)) found.set(name, lineOdds(lines(name, train), test));
  const [lean, rich] = [found.get('lean'), found.get('rich')];
  if (lean && rich && names.includes('mean'))
    found.set(
      'mean',
      lean.map((odds, i) => (odds + rich[i]!) / 2),
    );
  return found;
}

/** Log odds of the rows by stage and days in stage. */
export function tableOdds(
  table: WinTable,
  { panel, rows }: Sample,
  interval: Interval,
): Float64Array {
  const stageWord = panel.names.words.indexOf('stage');
  const [days, silent] = ['stageDays', 'silentDays'].map(
    (name) => panel.numbers[panel.names.numbers.indexOf(name)]!,
  );
  return Float64Array.from(rows, (row) => {
    const stage = panel.levels[stageWord]![panel.words[stageWord]![row]!]!;
    const place = { stage, stageDays: days![row]!, silentDays: silent![row]! };
    const p = inner(winWithin(curveOf(table, place), interval));
    return log(p / (1 - p));
  });
}

/** Loss of stating these log odds for what happened. */
export const logLoss = (odds: number, y: number): number => {
  const wrong = y === 1 ? -odds : odds;
  return wrong > 0 ? wrong + log1p(exp(-wrong)) : log1p(exp(wrong));
};
