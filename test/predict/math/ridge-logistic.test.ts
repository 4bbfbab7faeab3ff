import { describe, expect, it } from 'vitest';
import { fitRidgeLogistic } from '../../../src/predict/math/ridge-logistic.ts';
import { columnMoments, sparseWriter } from '../../../src/predict/math/sparse.ts';
import { random } from '../../properties/world.ts';

const ROWS = 400;
const r = random(7);
const dense = Array.from({ length: ROWS }, () => [
  r() < 0.3 ? 1 : 0,
  4 * r(),
  r() < 0.5 ? 0 : r(),
  2,
]);
const happened = Uint8Array.from(dense, ([a, b]) =>
  r() < 1 / (1 + Math.exp(1 - a! - 0.5 * b!)) ? 1 : 0,
);
const weight = Float64Array.from(dense, () => 0.5 + r());

function sparse(rows: readonly number[][]) {
  const writer = sparseWriter(rows.length, 4);
  for (const row of rows) {
    row.forEach((value, column) => writer.entry(column, value));
    writer.endRow();
  }
  return writer.done();
}
const x = sparse(dense);
const ridge = Float64Array.from([2, 5, 1, 3]);

describe('ridge logistic regression', () => {
  it('leaves no slope: the penalty balances the residuals in every standardised column', () => {
    const { intercept, coefficient, mean } = fitRidgeLogistic({ x, y: happened, weight, ridge });
    const { sd } = columnMoments(x, weight);
    const at = (row: number, column: number): number => Math.fround(dense[row]![column]!);
    const residual = dense.map((_, i) => {
      const z = coefficient.reduce((sum, b, c) => sum + b * (at(i, c) - mean[c]!), intercept);
      return weight[i]! * (happened[i]! - 1 / (1 + Math.exp(-z)));
    });
    expect(Math.abs(residual.reduce((a, b) => a + b, 0))).toBeLessThan(1e-3);
    for (let c = 0; c < 3; c++) {
      const pull = residual.reduce((sum, e, i) => sum + (e * (at(i, c) - mean[c]!)) / sd[c]!, 0);
      expect(Math.abs(pull - ridge[c]! * coefficient[c]! * sd[c]!)).toBeLessThan(1e-2);
    }
    // A column that never varies has no say.
    expect(coefficient[3]).toBe(0);
  });
  it('keeps a known part of the log odds out of the columns', () => {
    const offset = Float64Array.from(dense, ([a]) => a!);
    const free = fitRidgeLogistic({ x, y: happened, weight, ridge });
    const held = fitRidgeLogistic({ x, y: happened, weight, ridge, offset });
    expect(held.coefficient[0]).toBeLessThan(free.coefficient[0]! - 0.5);
  });
  it('comes to the same end from any start', () => {
    const alone = fitRidgeLogistic({ x, y: happened, weight, ridge });
    const start = { intercept: 2, coefficient: [-1, 3, 0.5, 1], mean: [0, 1, 0, 1] };
    const led = fitRidgeLogistic({ x, y: happened, weight, ridge, start });
    for (const i of [0, 1, 2, 3])
      expect(Math.abs(led.coefficient[i]! - alone.coefficient[i]!)).toBeLessThan(1e-4);
    expect(Math.abs(led.intercept - alone.intercept)).toBeLessThan(1e-4);
  });
  it('stays finite where the classes are separable or only one was seen', () => {
    const one = new Uint8Array(ROWS).fill(1);
    const apart = Uint8Array.from(dense, ([a]) => a!);
    for (const y of [one, apart]) {
      const { intercept, coefficient } = fitRidgeLogistic({ x, y, weight, ridge });
      for (const value of [intercept, ...coefficient]) expect(Number.isFinite(value)).toBe(true);
    }
  });
});
