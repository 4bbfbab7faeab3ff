import { fitRidgeLogistic, type LogisticFit } from '../../math/ridge-logistic.ts';
import type { Features } from '../features/features.ts';
import {
  designOf,
  encodeOne,
  encodePanel,
  ownersOf,
  ridgeOf,
  type Design,
  type DesignChoice,
} from './design.ts';
import type { SparseRows } from '../../math/sparse.ts';
import type { Panel } from './panel.ts';
import type { Sample } from './sample.ts';

/** Log odds as a sum over columns. Plain JSON. */
export interface Line extends LogisticFit {
  design: Design;
}

/** Snapshots as rows of a regression, by the design that they support; indexed as in the panel. */
export interface Encoded {
  design: Design;
  x: SparseRows;
  ridge: Float64Array;
}

/** The design is that of `rows`; all snapshots of the panel get its columns. */
export function encodedFor(
  panel: Panel,
  rows: Int32Array,
  choice: DesignChoice,
  ridge: number,
): Encoded {
  const design = designOf(panel, rows, choice);
  const all = Int32Array.from({ length: panel.rows }, (_, row) => row);
  return { design, x: encodePanel(panel, all, design), ridge: ridgeOf(design, ridge) };
}

/** Fits the columns to the sample; `start` = a line of the same columns that is near. */
export function fitLine({ design, x, ridge }: Encoded, sample: Sample, start?: Line): Line {
  const { rows, y, weight } = sample;
  return { design, ...fitRidgeLogistic({ x, rows, y, weight, ridge, start }) };
}

/** Log odds of some of the rows. */
export function lineOdds(line: Line, x: SparseRows, rows: Int32Array): Float64Array {
  const start = line.coefficient.reduce((sum, b, c) => sum - b * line.mean[c]!, line.intercept);
  return Float64Array.from(rows, (r) => {
    let sum = start;
    for (let i = x.start[r]!; i < x.start[r + 1]!; i++)
      sum += line.coefficient[x.column[i]!]! * x.value[i]!;
    return sum;
  });
}

/**
 * What each feature adds to the log odds of one deal, beside `line.intercept`, which is the average deal's: numbers by
 * their place, words behind all numbers. A pair's part is split evenly between its two features. The sum is exact.
 */
export function lineParts(line: Line, features: Features): Float64Array {
  const numbers = features.numbers.length;
  const parts = new Float64Array(numbers + features.words.length);
  const owners = ownersOf(line.design, numbers);
  const give = (column: number, amount: number): void => {
    const own = owners[column]!;
    for (const feature of own) parts[feature]! += amount / own.length;
  };
  line.coefficient.forEach((b, column) => give(column, -b * line.mean[column]!));
  encodeOne(line.design, features, (column, value) =>
    give(column, line.coefficient[column]! * value),
  );
  return parts;
}
