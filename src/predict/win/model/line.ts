import { fitRidgeLogistic, type LogisticFit } from '../../math/ridge-logistic.ts';
import type { Features } from '../features/features.ts';
import {
  designOf,
  encodeOne,
  encodePanel,
  namesOfColumns,
  ownersOf,
  ridgeOf,
  type Design,
  type DesignChoice,
  type Ridge,
} from './design.ts';
import type { Sample } from './sample.ts';

/** Log odds as a sum over columns. Plain JSON. */
export interface Line extends LogisticFit {
  design: Design;
}

/** A line as the start of a fit of another design: what the two have in common. */
function startFrom(line: Line, design: Design): LogisticFit {
  const known = new Map(namesOfColumns(line.design).map((name, column) => [name, column]));
  const from = namesOfColumns(design).map((name) => known.get(name));
  const pick = (values: readonly number[]): number[] =>
    from.map((column) => (column === undefined ? 0 : values[column]!));
  return { intercept: line.intercept, coefficient: pick(line.coefficient), mean: pick(line.mean) };
}

/** Fits the columns that the sample supports; `near` = a line that is thought to lie near. */
export function fitLine(sample: Sample, choice: DesignChoice, ridge: Ridge, near?: Line): Line {
  const { panel, rows, y, weight } = sample;
  const design = designOf(sample, choice);
  const x = encodePanel(panel, rows, design);
  const start = near && startFrom(near, design);
  const penalty = ridgeOf(design, ridge, panel.names.words.indexOf('stage'));
  const fit = fitRidgeLogistic({ x, y, weight, ridge: penalty, start });
  return { design, ...fit };
}

/** Log odds of the sample's rows. */
export function lineOdds(line: Line, sample: Pick<Sample, 'panel' | 'rows'>): Float64Array {
  const x = encodePanel(sample.panel, sample.rows, line.design);
  const start = line.coefficient.reduce((sum, b, c) => sum - b * line.mean[c]!, line.intercept);
  const odds = new Float64Array(x.rows);
  for (let r = 0; r < x.rows; r++) {
    let sum = start;
    for (let i = x.start[r]!; i < x.start[r + 1]!; i++) {
      sum += line.coefficient[x.column[i]!]! * x.value[i]!;
    }
    odds[r] = sum;
  }
  return odds;
}

/**
 * What each feature adds to the log odds of one deal, beside `line.intercept`, which is the average
 * deal's: numbers by their place, words behind all numbers. A pair's part is split evenly between
 * its two features. The sum is exact.
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
