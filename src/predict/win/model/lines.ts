import type { FeatureNames } from '../features/features.ts';
import { encodePanel, type DesignChoice } from './design.ts';
import { encodedFor, fitLine, lineOdds, type Encoded, type Line } from './line.ts';
import type { Panel } from './panel.ts';
import type { Sample } from './sample.ts';

export type LineName = 'lean' | 'rich';

/** Penalty of standardised columns: weak where each column is known to matter, strong where many may be noise. */
const RIDGES: Record<LineName, number> = { lean: 100, rich: 300 };

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

const places = (names: string[], keep: (name: string) => boolean): number[] =>
  names.flatMap((name, place) => (keep(name) ? [place] : []));

/** Lean: a dozen features that nearly every CRM has and that said most wherever they were tried. Rich: all of them. */
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

/** The columns of both lines for the snapshots of a panel, each made when it is first wanted. */
export interface Columns {
  panel: Panel;
  of(name: LineName): Encoded;
}

/** `rows`: the snapshots whose values decide on the columns; left out = all. */
export function columnsOf(panel: Panel, rows?: Int32Array): Columns {
  const made = new Map<LineName, Encoded>();
  const every = rows ?? Int32Array.from({ length: panel.rows }, (_, row) => row);
  return {
    panel,
    of(name) {
      let found = made.get(name);
      if (!found) {
        found = encodedFor(panel, every, choiceOf(name, panel.names), RIDGES[name]);
        made.set(name, found);
      }
      return found;
    },
  };
}

/** Lines of one interval on one panel. */
export interface Lines {
  /** The line fitted to the sample: once, however often it is asked for. */
  fit(name: LineName, sample: Sample): Line;
  odds(name: LineName, line: Line, sample: Sample): Float64Array;
}

/** Each fit begins from the one before, so the samples come from the oldest to the newest. */
export function linesOn(columns: Columns): Lines {
  const last = new Map<LineName, Line>();
  const made = new Map<LineName, Map<Sample, Line>>();
  return {
    fit(name, sample) {
      let own = made.get(name);
      if (!own) made.set(name, (own = new Map()));
      let line = own.get(sample);
      if (!line) {
        line = fitLine(columns.of(name), sample, last.get(name));
        own.set(sample, line);
        last.set(name, line);
      }
      return line;
    },
    odds(name, line, { panel, rows }) {
      if (panel === columns.panel) return lineOdds(line, columns.of(name).x, rows);
      const x = encodePanel(panel, rows, line.design);
      return lineOdds(line, x, Int32Array.from(rows.keys()));
    },
  };
}
