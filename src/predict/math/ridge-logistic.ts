import { exp, log1p } from '../../model/real-math.ts';
import { columnMoments, type SparseRows } from './sparse.ts';

/**
 * A fitted line on the log odds: `intercept + sum of coefficient x (value - mean)`, so that a mean
 * row has no contributions.
 */
export interface LogisticFit {
  intercept: number;
  coefficient: number[];
  mean: number[];
}

export interface LogisticProblem {
  x: SparseRows;
  /**
   * A fit of the same columns to begin from: where it is near, fewer steps lead to the same end.
   */
  start?: LogisticFit | undefined;
  /** 1 = happened. */
  y: Uint8Array;
  weight: Float64Array;
  /** Known part of the log odds, such as a partner's effect; left out = none. */
  offset?: Float64Array;
  /** Penalty on half the square of a coefficient of a standardised column, by column. */
  ridge: Float64Array;
}

/**
 * Newton steps: a logistic likelihood is as good as solved after eight, so twice as many mean that
 * something is wrong with the data.
 */
const MAX_NEWTON = 16;
const MAX_CG = 60;
/**
 * Newton stops where the slope has fallen to this share of the first: far below what a probability
 * shows.
 */
const SLOPE_SHARE = 1e-5;
/**
 * Each Newton step is solved to this share of its slope; more exactness is lost in the next step.
 */
const CG_SHARE = 0.05;
const MAX_HALVINGS = 12;
/**
 * Log odds kept this far from certainty, so that separable classes give large numbers and not
 * infinities.
 */
const START_BOUND = 8;

const sigmoid = (z: number): number => (z >= 0 ? 1 / (1 + exp(-z)) : exp(z) / (1 + exp(z)));
const softplus = (z: number): number => (z > 0 ? z + log1p(exp(-z)) : log1p(exp(z)));

/**
 * Columns as standardised ones without forming them: z = (x - mean) / sd; index `columns` is the
 * intercept.
 */
class Standardised {
  readonly mean: number[];
  readonly scale: Float64Array;
  readonly x: SparseRows;
  constructor(x: SparseRows, weight: Float64Array) {
    const { mean, sd } = columnMoments(x, weight);
    this.x = x;
    this.mean = mean;
    this.scale = Float64Array.from(sd, (s) => (s > 0 ? 1 / s : 0));
  }
  /** `v` for columns as they are; what it adds to every row stands behind them. */
  unscaled(v: Float64Array): Float64Array {
    const { x, mean, scale } = this;
    const scaled = new Float64Array(x.columns + 1);
    let shift = v[x.columns]!;
    for (let c = 0; c < x.columns; c++) {
      scaled[c] = v[c]! * scale[c]!;
      shift -= scaled[c]! * mean[c]!;
    }
    scaled[x.columns] = shift;
    return scaled;
  }
  /** Takes sums over columns as they are for those over standardised ones, in place. */
  private rescale(out: Float64Array, total: number): void {
    const { x, mean, scale } = this;
    for (let c = 0; c < x.columns; c++) out[c] = (out[c]! - total * mean[c]!) * scale[c]!;
    out[x.columns] = total;
  }
  /** out = Z v */
  times(v: Float64Array, out: Float64Array): void {
    const { x } = this;
    const { start, column, value, columns } = x;
    const scaled = this.unscaled(v);
    for (let r = 0; r < x.rows; r++) {
      let sum = scaled[columns]!;
      for (let i = start[r]!, end = start[r + 1]!; i < end; i++)
        sum += value[i]! * scaled[column[i]!]!;
      out[r] = sum;
    }
  }
  /** out = Z' u */
  transposed(u: Float64Array, out: Float64Array): void {
    const { x } = this;
    const { start, column, value } = x;
    out.fill(0);
    let total = 0;
    for (let r = 0; r < x.rows; r++) {
      const w = u[r]!;
      total += w;
      for (let i = start[r]!, end = start[r + 1]!; i < end; i++) out[column[i]!]! += w * value[i]!;
    }
    this.rescale(out, total);
  }
  /** out = Z' D Z v, reading the rows once. */
  curved(curvature: Float64Array, v: Float64Array, out: Float64Array): void {
    const { x } = this;
    const { start, column, value, columns } = x;
    const scaled = this.unscaled(v);
    out.fill(0);
    let total = 0;
    for (let r = 0; r < x.rows; r++) {
      const from = start[r]!;
      const end = start[r + 1]!;
      let sum = scaled[columns]!;
      for (let i = from; i < end; i++) sum += value[i]! * scaled[column[i]!]!;
      const w = curvature[r]! * sum;
      total += w;
      for (let i = from; i < end; i++) out[column[i]!]! += w * value[i]!;
    }
    this.rescale(out, total);
  }
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

function loss(
  { y, weight, ridge }: LogisticProblem,
  eta: Float64Array,
  beta: Float64Array,
): number {
  let sum = 0;
  for (let r = 0; r < y.length; r++) sum += weight[r]! * (softplus(eta[r]!) - y[r]! * eta[r]!);
  let squares = 0;
  for (let c = 0; c + 1 < beta.length; c++) squares += ridge[c]! * beta[c]! * beta[c]!;
  return sum + 0.5 * squares;
}

/** Solves (Z' D Z + ridge) s = slope by conjugate gradients with the diagonal as preconditioner. */
function newtonStep(
  z: Standardised,
  curvature: Float64Array,
  slope: Float64Array,
  ridge: Float64Array,
): Float64Array {
  const n = slope.length;
  const step = new Float64Array(n);
  const residual = Float64Array.from(slope);
  const inverse = inverseDiagonal(z, curvature, ridge);
  const preconditioned = residual.map((value, c) => value * inverse[c]!);
  const direction = Float64Array.from(preconditioned);
  const image = new Float64Array(n);
  let norm = dot(residual, preconditioned);
  const enough = norm * CG_SHARE * CG_SHARE;
  for (let k = 0; k < MAX_CG && norm > enough; k++) {
    z.curved(curvature, direction, image);
    for (let c = 0; c + 1 < n; c++) image[c]! += ridge[c]! * direction[c]!;
    const length = dot(direction, image);
    if (!(length > 0)) break;
    const alpha = norm / length;
    for (let c = 0; c < n; c++) {
      step[c]! += alpha * direction[c]!;
      residual[c]! -= alpha * image[c]!;
      preconditioned[c] = residual[c]! * inverse[c]!;
    }
    const next = dot(residual, preconditioned);
    for (let c = 0; c < n; c++) direction[c] = preconditioned[c]! + (next / norm) * direction[c]!;
    norm = next;
  }
  return step;
}

/** One over the diagonal of Z' D Z + ridge. */
function inverseDiagonal(
  z: Standardised,
  curvature: Float64Array,
  ridge: Float64Array,
): Float64Array {
  const { x, mean, scale } = z;
  const squares = new Float64Array(x.columns);
  const sums = new Float64Array(x.columns);
  let total = 0;
  for (let r = 0; r < x.rows; r++) {
    const d = curvature[r]!;
    total += d;
    for (let i = x.start[r]!; i < x.start[r + 1]!; i++) {
      const v = x.value[i]!;
      sums[x.column[i]!]! += d * v;
      squares[x.column[i]!]! += d * v * v;
    }
  }
  const inverse = new Float64Array(x.columns + 1);
  for (let c = 0; c < x.columns; c++) {
    const m = mean[c]!;
    const moment = (squares[c]! - 2 * m * sums[c]! + m * m * total) * scale[c]! * scale[c]!;
    inverse[c] = 1 / (Math.max(0, moment) + ridge[c]!);
  }
  inverse[x.columns] = total > 0 ? 1 / total : 0;
  return inverse;
}

function startingBeta({ y, weight }: LogisticProblem, columns: number): Float64Array {
  let happened = 0.5;
  let not = 0.5;
  for (let r = 0; r < y.length; r++) {
    if (y[r] === 1) happened += weight[r]!;
    else not += weight[r]!;
  }
  const beta = new Float64Array(columns + 1);
  // The standard logarithm differs between platforms; this sum of log1p does not.
  beta[columns] = Math.max(
    -START_BOUND,
    Math.min(START_BOUND, log1p(happened - 1) - log1p(not - 1)),
  );
  return beta;
}

/** An earlier fit on these standardised columns; its intercept is that of another mean. */
function betaOf(fit: LogisticFit, { mean, scale, x }: Standardised): Float64Array {
  const beta = new Float64Array(x.columns + 1);
  beta[x.columns] = fit.intercept;
  fit.coefficient.forEach((b, c) => {
    if (!(scale[c]! > 0)) return;
    beta[c] = b / scale[c]!;
    beta[x.columns]! += b * (mean[c]! - fit.mean[c]!);
  });
  return beta;
}

/**
 * Slope of the penalised likelihood at `beta`, whose log odds are `eta`; also the curvature of
 * every row.
 */
function slopeAt(
  z: Standardised,
  { y, weight, ridge }: LogisticProblem,
  at: { beta: Float64Array; eta: Float64Array },
  into: { slope: Float64Array; residual: Float64Array; curvature: Float64Array },
): number {
  const { slope, residual, curvature } = into;
  for (let k = 0; k < y.length; k++) {
    const p = sigmoid(at.eta[k]!);
    residual[k] = weight[k]! * (y[k]! - p);
    curvature[k] = weight[k]! * Math.max(p * (1 - p), 1e-10);
  }
  z.transposed(residual, slope);
  for (let c = 0; c + 1 < slope.length; c++) slope[c]! -= ridge[c]! * at.beta[c]!;
  return Math.sqrt(dot(slope, slope));
}

/**
 * Ridge logistic regression by Newton's method, each step by conjugate gradients, so that no matrix
 * of columns by columns is formed. All sums run in the order of the rows and of their entries: the
 * same rows give the same bytes. The ridge works on standardised columns; what is returned is for
 * columns as they are.
 */
export function fitRidgeLogistic(problem: LogisticProblem): LogisticFit {
  const { x, weight, ridge, offset, start } = problem;
  const z = new Standardised(x, weight);
  const eta = new Float64Array(x.rows);
  const lined = (b: Float64Array, out: Float64Array): void => {
    z.times(b, out);
    if (offset) for (let k = 0; k < out.length; k++) out[k]! += offset[k]!;
  };
  const into = {
    slope: new Float64Array(x.columns + 1),
    residual: new Float64Array(x.rows),
    curvature: new Float64Array(x.rows),
  };
  // From nothing, whatever it begins with: how exact a fit is must not hang on where it began.
  let beta = startingBeta(problem, x.columns);
  lined(beta, eta);
  let size = slopeAt(z, problem, { beta, eta }, into);
  const enough = SLOPE_SHARE * size;
  if (start !== undefined) {
    beta = betaOf(start, z);
    lined(beta, eta);
    size = slopeAt(z, problem, { beta, eta }, into);
  }
  let value = loss(problem, eta, beta);
  for (let k = 0; k < MAX_NEWTON && size > enough; k++) {
    const step = newtonStep(z, into.curvature, into.slope, ridge);
    const taken = lineSearch({ problem, beta, step, value, lined, eta });
    if (taken === null) break;
    value = taken;
    size = slopeAt(z, problem, { beta, eta }, into);
  }
  const coefficient = Array.from({ length: x.columns }, (_, c) => beta[c]! * z.scale[c]!);
  return { intercept: beta[x.columns]!, coefficient, mean: z.mean };
}

interface Search {
  problem: LogisticProblem;
  beta: Float64Array;
  step: Float64Array;
  value: number;
  lined: (b: Float64Array, out: Float64Array) => void;
  eta: Float64Array;
}

/**
 * Goes the whole step, or half of it until the loss falls; null = it cannot fall any more. Changes
 * `beta` and `eta`.
 */
function lineSearch({ problem, beta, step, value, lined, eta }: Search): number | null {
  const trial = new Float64Array(beta.length);
  for (let halving = 0, length = 1; halving < MAX_HALVINGS; halving++, length /= 2) {
    for (let c = 0; c < beta.length; c++) trial[c] = beta[c]! + length * step[c]!;
    lined(trial, eta);
    const next = loss(problem, eta, trial);
    if (next < value) {
      beta.set(trial);
      return next;
    }
  }
  lined(beta, eta);
  return null;
}
