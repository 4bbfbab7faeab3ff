import { sparseWriter, type SparseRows } from '../../math/sparse.ts';
import type { Features } from '../features/features.ts';
import type { Panel } from './panel.ts';
import type { Sample } from './sample.ts';

/**
 * Segments of a hinge function end at these quantiles of the training snapshots; beyond the outer
 * ones it is flat.
 */
const KNOT_QUANTILES = [0.01, 0.25, 0.5, 0.75, 0.99];
/**
 * Values beyond this many are not sorted: quantiles of a fixed part of the snapshots are as good.
 */
const MAX_SORTED = 20_000;
/**
 * A word found on a smaller weight of weekly snapshots is left to the rest: a column of its own
 * would only be noise.
 */
const MIN_LEVEL_WEEKS = 10;
/**
 * Columns of a pair are held this many times harder: a broken line within one stage rests on fewer
 * deals than the line of all.
 */
const PAIR_RIDGE = 3;

interface Level {
  feature: number;
  level: string;
}

/** A number as a broken line: one column per segment, and one that says it is not known. */
interface Hinge {
  feature: number;
  knots: number[];
  /** Only snapshots with this word have the columns: a line of its own in each stage. */
  when: Level | null;
  missing: boolean;
}

/** Which columns a model has and what they are made of. Plain JSON; features by their place. */
export interface Design {
  levels: Level[];
  hinges: Hinge[];
  columns: number;
}

/** Features by their place; pairs of a word and a number, such as stage and age. */
export interface DesignChoice {
  numbers: number[];
  words: number[];
  pairs: [word: number, number: number][];
}

const ascending = (found: readonly number[]): Float32Array => Float32Array.from(found).sort();
const at = (values: Float32Array, q: number): number =>
  values[Math.round(q * (values.length - 1))]!;

/**
 * Half way between the quantiles of all snapshots and of those whose deals were won: most snapshots
 * are of deals long forgotten, and the line must bend where something is decided.
 */
function knotsOf({ found, won }: Values): number[] {
  // Single precision as in a panel, so nothing is lost; numbers sort faster there.
  const values = ascending(found);
  const decided = ascending(won);
  const knots: number[] = [];
  for (const q of KNOT_QUANTILES) {
    const all = at(values, q);
    const value =
      decided.length < MIN_DECIDED || q === KNOT_QUANTILES[0] || q === KNOT_QUANTILES.at(-1)
        ? all
        : (all + at(decided, q)) / 2;
    if (knots.length === 0 || Math.fround(value) > knots.at(-1)!) knots.push(Math.fround(value));
  }
  return knots;
}

/** Fewer values of won deals than this do not move the knots. */
const MIN_DECIDED = 20;

interface Values {
  found: number[];
  /** Of snapshots whose deals were won in time. */
  won: number[];
  missing: boolean;
}

function valuesOf(
  column: Float32Array,
  { rows, y }: Pick<Sample, 'rows' | 'y'>,
  keep: (row: number) => boolean,
): Values {
  const every = Math.max(1, Math.ceil(rows.length / MAX_SORTED));
  const values: Values = { found: [], won: [], missing: false };
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (!keep(row)) continue;
    if (Number.isNaN(column[row]!)) values.missing = true;
    else {
      if (i % every === 0) values.found.push(column[row]!);
      if (y[i] === 1) values.won.push(column[row]!);
    }
  }
  return values;
}

/** The columns that these rows of the panel can support. */
export function designOf(sample: Sample, choice: DesignChoice): Design {
  const { panel, rows } = sample;
  const hinges: Hinge[] = [];
  const levels: Level[] = [];
  for (const feature of choice.numbers) {
    const values = valuesOf(panel.numbers[feature]!, sample, () => true);
    const knots = values.found.length > 0 ? knotsOf(values) : [];
    const { missing } = values;
    const says = knots.length > 1 || (missing && knots.length > 0);
    if (says) hinges.push({ feature, knots, when: null, missing });
  }
  for (const feature of choice.words) {
    for (const { level } of supportedLevels(panel, rows, feature)) levels.push({ feature, level });
  }
  for (const [word, number] of choice.pairs) {
    const column = panel.words[word]!;
    for (const { level, index } of supportedLevels(panel, rows, word)) {
      const isLevel = (row: number): boolean => column[row] === index;
      const values = valuesOf(panel.numbers[number]!, sample, isLevel);
      const knots = values.found.length > 0 ? knotsOf(values) : [];
      const when = { feature: word, level };
      if (knots.length > 1) hinges.push({ feature: number, knots, when, missing: false });
    }
  }
  const columns = hinges.reduce((sum, hinge) => sum + widthOf(hinge), levels.length);
  return { levels, hinges, columns };
}

/** Words of a feature in order, each with its index in the panel. */
function supportedLevels(
  panel: Panel,
  rows: Int32Array,
  feature: number,
): { level: string; index: number }[] {
  const counts = new Map<number, number>();
  const column = panel.words[feature]!;
  for (const row of rows) counts.set(column[row]!, (counts.get(column[row]!) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count * panel.everyDays >= MIN_LEVEL_WEEKS * 7)
    .map(([index]) => ({ level: panel.levels[feature]![index]!, index }))
    .sort((a, b) => (a.level < b.level ? -1 : 1));
}

const widthOf = (hinge: Hinge): number => hinge.knots.length - 1 + (hinge.missing ? 1 : 0);

/** Penalties of columns, and of those of the word that everything hangs on first: the stage. */
export interface Ridge {
  all: number;
  stage: number;
}

/** Penalty of every column; `stage` = the feature's place among the words. */
export function ridgeOf(design: Design, ridge: Ridge, stage: number): Float64Array {
  const found = new Float64Array(design.columns).fill(ridge.all);
  design.levels.forEach(({ feature }, column) => {
    if (feature === stage) found[column] = ridge.stage;
  });
  let column = design.levels.length;
  for (const hinge of design.hinges) {
    const until = column + widthOf(hinge);
    if (hinge.when !== null) found.fill(ridge.all * PAIR_RIDGE, column, until);
    column = until;
  }
  return found;
}

/**
 * The features that each column is of: one, or the two of a pair. Numbers by their place, words
 * behind all numbers.
 */
export function ownersOf(design: Design, numbers: number): number[][] {
  const owners = design.levels.map(({ feature }) => [numbers + feature]);
  for (const hinge of design.hinges) {
    const own = hinge.when ? [hinge.feature, numbers + hinge.when.feature] : [hinge.feature];
    for (let i = 0; i < widthOf(hinge); i++) owners.push(own);
  }
  return owners;
}

/** Takes the columns of one snapshot that are not zero, in their order. */
type Take = (column: number, value: number) => void;

interface Source {
  number(feature: number): number;
  is(level: Level): boolean;
}

function hingeColumns(value: number, { knots, missing }: Hinge, first: number, take: Take): void {
  const segments = knots.length - 1;
  if (Number.isNaN(value)) {
    if (missing) take(first + segments, 1);
    return;
  }
  for (let i = 0; i < segments; i++) {
    const along = (value - knots[i]!) / (knots[i + 1]! - knots[i]!);
    if (along <= 0) break;
    take(first + i, along < 1 ? along : 1);
  }
}

function encode({ levels, hinges }: Design, source: Source, take: Take): void {
  let column = 0;
  for (const level of levels) {
    if (source.is(level)) take(column, 1);
    column++;
  }
  for (const hinge of hinges) {
    if (hinge.when === null || source.is(hinge.when)) {
      hingeColumns(source.number(hinge.feature), hinge, column, take);
    }
    column += widthOf(hinge);
  }
}

/** Columns of one feature's words by their index in the panel; -1 = left to the rest. */
function wordColumns(panel: Panel, { levels }: Design): { of: Uint16Array; column: Int32Array }[] {
  const found = new Map<number, Int32Array>();
  levels.forEach(({ feature, level }, column) => {
    const words = panel.levels[feature]!;
    let own = found.get(feature);
    if (!own) found.set(feature, (own = new Int32Array(words.length).fill(-1)));
    const index = words.indexOf(level);
    if (index >= 0) own[index] = column;
  });
  return [...found].map(([feature, column]) => ({ of: panel.words[feature]!, column }));
}

/** Rows of a panel as rows of a regression. */
export function encodePanel(panel: Panel, rows: Int32Array, design: Design): SparseRows {
  const writer = sparseWriter(rows.length, design.columns);
  const words = wordColumns(panel, design);
  let column = design.levels.length;
  const hinges = design.hinges.map((hinge) => {
    const first = column;
    column += widthOf(hinge);
    const { when } = hinge;
    return {
      hinge,
      first,
      numbers: panel.numbers[hinge.feature]!,
      words: when && panel.words[when.feature]!,
      index: when === null ? 0 : panel.levels[when.feature]!.indexOf(when.level),
    };
  });
  for (const row of rows) {
    for (const one of words) {
      const at = one.column[one.of[row]!]!;
      if (at >= 0) writer.entry(at, 1);
    }
    for (const one of hinges)
      if (one.words === null || one.words[row] === one.index)
        hingeColumns(one.numbers[row]!, one.hinge, one.first, writer.entry);
    writer.endRow();
  }
  return writer.done();
}

/** The name of every column, whatever its knots: two designs of one panel share most of them. */
export function namesOfColumns({ levels, hinges }: Design): string[] {
  const names = levels.map(({ feature, level }) => `${feature} ${level}`);
  for (const hinge of hinges) {
    const when = hinge.when === null ? '' : `${hinge.when.feature} ${hinge.when.level}`;
    for (let i = 1; i < hinge.knots.length; i++) names.push(`${hinge.feature} ${i} ${when}`);
    if (hinge.missing) names.push(`${hinge.feature} missing`);
  }
  return names;
}

/**
 * The columns of one deal; single precision as in a panel, so that a replay gives the same bytes.
 */
export function encodeOne(design: Design, features: Features, take: Take): void {
  const source: Source = {
    number: (feature) => Math.fround(features.numbers[feature]!),
    is: (level) => features.words[level.feature] === level.level,
  };
  encode(design, source, (column, value) => take(column, Math.fround(value)));
}
