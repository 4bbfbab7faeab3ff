import { exactSum } from '../../math/exact-sum.ts';

/** Standard deviations of effects, by the columns' order, beside the effects themselves. */
export interface RidgeFit {
  effects: number[];
  errors: number[];
  /** Degrees of freedom that are left. */
  freedom: number;
}

/** Inverse of a symmetric positive definite matrix, by Gauss and Jordan; small ones only. */
function inverse(matrix: readonly number[][]): number[][] {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let k = 0; k < n; k++) {
    const pivot = rows[k]![k]!;
    rows[k] = rows[k]!.map((value) => value / pivot);
    for (let i = 0; i < n; i++) {
      const factor = rows[i]![k]!;
      if (i !== k) rows[i] = rows[i]!.map((value, j) => value - factor * rows[k]![j]!);
    }
  }
  return rows.map((row) => row.slice(n));
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  exactSum(a.map((value, i) => value * b[i]!));

/**
 * Least squares that lean on no effect at all by `lean` observations, of columns of mean 0 and
 * standard deviation 1; what each goes with while the others stand.
 */
export function ridge(columns: readonly number[][], ys: readonly number[], lean: number): RidgeFit {
  const moments = columns.map((a) => columns.map((b) => dot(a, b)));
  const inv = inverse(moments.map((row, i) => row.map((m, j) => (i === j ? m + lean : m))));
  const with0 = columns.map((column) => dot(column, ys));
  const effects = inv.map((row) => dot(row, with0));
  const left = ys.map((y, i) => y - exactSum(columns.map((column, k) => effects[k]! * column[i]!)));
  const spent = inv.map((row, k) => dot(row, moments[k]!));
  const freedom = ys.length - 1 - exactSum(spent);
  const variance = dot(left, left) / freedom;
  const errors = inv.map((row) =>
    Math.sqrt(
      variance *
        dot(
          row.map((_, j) => dot(row, moments[j]!)),
          row,
        ),
    ),
  );
  return { effects, errors, freedom };
}
