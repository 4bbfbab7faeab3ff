import { exp, log1p } from '../../../model/real-math.ts';
import { expit } from '../../math/numeric.ts';

/** What something adds to the log odds. */
export interface Part {
  name: string;
  value: number;
}

/**
 * One stretch of days: log odds of the average deal, what this deal adds, and the share of the
 * stretch that counts.
 */
export interface Term {
  base: number;
  parts: Part[];
  share: number;
}

export interface Shared {
  probability: number;
  base: number;
  /** Adding up to probability - base. */
  parts: Part[];
}

/**
 * Steps of the path from the average deal to this one: the middle rule is then right to a
 * thousandth of a point.
 */
const PATH_STEPS = 24;

const softplus = (z: number): number => (z > 0 ? z + log1p(exp(-z)) : log1p(exp(z)));

/** P = 1 - exp(-sum of share x hazard), the hazard of log odds z being log(1 + e^z). */
function probabilityOf(terms: readonly Term[], sums: readonly number[], along: number): number {
  const hazard = terms.reduce(
    (sum, term, k) => sum + term.share * softplus(term.base + along * sums[k]!),
    0,
  );
  return 1 - exp(-hazard);
}

/** The probability alone. */
export const wonWithin = (terms: readonly Term[]): number =>
  probabilityOf(
    terms,
    terms.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0)),
    1,
  );

/**
 * Splits the way from the average deal's probability to this deal's among the parts: each part
 * times the mean slope of the probability along the straight path between them (Aumann and
 * Shapley). For one stretch that is in proportion to the log odds. The rest that the path's steps
 * leave, below what is shown, goes to the largest part.
 */
export function shareOut(terms: readonly Term[]): Shared {
  const sums = terms.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  const base = probabilityOf(terms, sums, 0);
  const probability = probabilityOf(terms, sums, 1);
  const slopes = terms.map(() => 0);
  for (let i = 0; i < PATH_STEPS; i++) {
    const along = (i + 0.5) / PATH_STEPS;
    const left = 1 - probabilityOf(terms, sums, along);
    terms.forEach((term, k) => {
      slopes[k]! += (left * term.share * expit(term.base + along * sums[k]!)) / PATH_STEPS;
    });
  }
  const points = new Map<string, number>();
  terms.forEach((term, k) => {
    for (const { name, value } of term.parts)
      points.set(name, (points.get(name) ?? 0) + value * slopes[k]!);
  });
  const parts = [...points].map(([name, value]) => ({ name, value }));
  const given = parts.reduce((sum, { value }) => sum + value, 0);
  const largest = parts.reduce<Part | null>(
    (best, one) => (best && Math.abs(best.value) >= Math.abs(one.value) ? best : one),
    null,
  );
  if (largest) largest.value += probability - base - given;
  return { probability, base, parts };
}
