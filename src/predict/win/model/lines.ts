import type { FeatureNames } from '../features/features.ts';
import type { DesignChoice } from './design.ts';
import { fitLine, type Line } from './line.ts';
import type { Sample } from './sample.ts';

export type LineName = 'lean' | 'rich';

/**
 * Penalty of standardised columns: weak where each column is known to matter, strong where many may
 * be noise.
 */
const RIDGES: Record<LineName, number> = { lean: 100, rich: 300 };

const LEAN_NUMBERS = [
  ...['age', 'stageDays', 'touchDays', 'amount', 'activities', 'activities7d'],
  ...['quoteDays', 'lastMinutes', 'reachedDays', 'pushes', 'quarterLeft'],
];
const LEAN_NUMBER_KINDS = ['activities:', 'quotes:'];
const LEAN_WORDS = ['stage', 'lastActivity', 'nextTask', 'lastQuote', 'product', 'origin'];
/** Stage by stage, time works differently. */
const PAIRS: [string, string][] = [
  ['stage', 'age'],
  ['stage', 'stageDays'],
];

const places = (names: string[], keep: (name: string) => boolean): number[] =>
  names.flatMap((name, place) => (keep(name) ? [place] : []));

/**
 * Lean: a dozen features that nearly every CRM has and that said most wherever they were tried.
 * Rich: all of them.
 */
function choiceOf(name: LineName, names: FeatureNames): DesignChoice {
  const isLean = (number: string): boolean =>
    LEAN_NUMBERS.includes(number) || LEAN_NUMBER_KINDS.some((kind) => number.startsWith(kind));
  return {
    numbers: places(names.numbers, (number) => name === 'rich' || isLean(number)),
    words: places(names.words, (word) => name === 'rich' || LEAN_WORDS.includes(word)),
    pairs: PAIRS.map(([word, number]) => [
      names.words.indexOf(word),
      names.numbers.indexOf(number),
    ]),
  };
}

/**
 * Weekly snapshots for each deal of the sample. They tell one story, so that a penalty that suits a
 * snapshot for each deal is as many times too weak.
 */
function snapshotsPerDeal({ panel, rows, weight }: Sample): number {
  const deals = new Set<number>();
  for (const row of rows) deals.add(panel.deal[row]!);
  return weight.reduce((sum, one) => sum + one, 0) / Math.max(1, deals.size);
}

/** Lines of one interval, each fitted once however often it is asked for. */
export type Lines = (name: LineName, sample: Sample) => Line;

/** Each fit begins from the one before, so the samples come from the oldest to the newest. */
export function newLines(): Lines {
  const last = new Map<LineName, Line>();
  const made = { lean: new Map<Sample, Line>(), rich: new Map<Sample, Line>() };
  return (name, sample) => {
    let line = made[name].get(sample);
    if (!line) {
      const all = RIDGES[name] * Math.max(1, snapshotsPerDeal(sample));
      const ridge = { all, stage: RIDGES[name] };
      line = fitLine(sample, choiceOf(name, sample.panel.names), ridge, last.get(name));
      made[name].set(sample, line);
      last.set(name, line);
    }
    return line;
  };
}
