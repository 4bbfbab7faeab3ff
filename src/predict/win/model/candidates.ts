import { exp, log, log1p } from '../../../model/real-math.ts';
import { inner } from '../../math/numeric.ts';
import type { FeatureNames } from '../features/features.ts';
import type { DesignChoice } from './design.ts';
import { fitLine, lineOdds, type Line } from './line.ts';
import type { Interval, Sample } from './sample.ts';
import { curveOf, tableOf, winWithin, type WinTable } from './table.ts';

/** From the simplest to the least simple. */
export const CANDIDATES = ['base', 'stageAge', 'lean', 'rich', 'mean'] as const;
export type CandidateName = (typeof CANDIDATES)[number];

/** Penalty of standardised columns: weak where each column is known to matter, strong where many may be noise. */
const LEAN_RIDGE = 100;
const RICH_RIDGE = 300;
/** The base rate leans on one half by this many weekly snapshots, so that it is never 0 or 1. */
const BASE_PSEUDO = 1;

const LEAN_NUMBERS = [
  ...['age', 'stageDays', 'touchDays', 'amount', 'activities', 'activities7d'],
  ...['quoteDays', 'lastMinutes', 'reachedDays'],
];
const LEAN_NUMBER_KINDS = ['activities:', 'quotes:'];
const LEAN_WORDS = ['stage', 'lastActivity', 'nextTask', 'lastQuote', 'product', 'origin'];
/** Stage by stage, time works differently. */
const PAIRS: [string, string][] = [
  ['stage', 'age'],
  ['stage', 'stageDays'],
];

const pairsOf = (names: FeatureNames): DesignChoice['pairs'] =>
  PAIRS.map(([word, number]) => [names.words.indexOf(word), names.numbers.indexOf(number)]);

const places = (names: string[], keep: (name: string) => boolean): number[] =>
  names.flatMap((name, place) => (keep(name) ? [place] : []));

/** A dozen features that nearly every CRM has and that said most wherever they were tried. */
const leanChoice = (names: FeatureNames): DesignChoice => ({
  numbers: places(
    names.numbers,
    (name) =>
      LEAN_NUMBERS.includes(name) || LEAN_NUMBER_KINDS.some((kind) => name.startsWith(kind)),
  ),
  words: places(names.words, (name) => LEAN_WORDS.includes(name)),
  pairs: pairsOf(names),
});

const richChoice = (names: FeatureNames): DesignChoice => ({
  numbers: places(names.numbers, () => true),
  words: places(names.words, () => true),
  pairs: pairsOf(names),
});

export const fitLean = (sample: Sample): Line =>
  fitLine(sample, leanChoice(sample.panel.names), LEAN_RIDGE);
export const fitRich = (sample: Sample): Line =>
  fitLine(sample, richChoice(sample.panel.names), RICH_RIDGE);

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

/** Log odds of the test rows under every candidate asked for, each fitted on the training rows only. */
export function oddsOfCandidates(
  train: Sample,
  test: Sample,
  interval: Interval,
  cutDays: number,
  names: readonly CandidateName[],
): Map<CandidateName, Float64Array> {
  const found = new Map<CandidateName, Float64Array>();
  found.set('base', new Float64Array(test.rows.length).fill(baseOdds(train)));
  if (names.includes('stageAge'))
    found.set('stageAge', tableOdds(tableOf(train.panel, cutDays), test, interval));
  if (names.includes('lean')) found.set('lean', lineOdds(fitLean(train), test));
  if (names.includes('rich')) found.set('rich', lineOdds(fitRich(train), test));
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
  const stageDays = panel.names.numbers.indexOf('stageDays');
  return Float64Array.from(rows, (row) => {
    const stage = panel.levels[stageWord]![panel.words[stageWord]![row]!]!;
    const p = inner(winWithin(curveOf(table, stage, panel.numbers[stageDays]![row]!), interval));
    return log(p / (1 - p));
  });
}

/** Loss of stating these log odds for what happened. */
export const logLoss = (odds: number, y: number): number => {
  const wrong = y === 1 ? -odds : odds;
  return wrong > 0 ? wrong + log1p(exp(-wrong)) : log1p(exp(wrong));
};
