import { exp, log1p } from '../../model/real-math.ts';
import { clamp } from './numeric.ts';

/** States of the common factor and their weights, which sum to 1. */
export interface Nodes {
  at: readonly number[];
  weight: readonly number[];
}

/** How far out the factor is followed, in standard deviations: beyond lie two in a million. */
const REACH = 4.8;

/**
 * Evenly spaced states weighted by the normal density: for a smooth integrand this rule errs by
 * about exp(-2 pi^2 / step^2), a millionth at 1.2.
 */
function evenNodes(step: number): Nodes {
  const side = Math.round(REACH / step);
  const at = Array.from({ length: 2 * side + 1 }, (_, i) => (i - side) * step);
  const density = at.map((f) => exp((-f * f) / 2));
  const total = density.reduce((sum, d) => sum + d, 0);
  return { at, weight: density.map((d) => d / total) };
}

/** From coarse to fine. */
const GRIDS = [1.2, 0.6, 0.3, 0.15].map((step) => ({ step, nodes: evenNodes(step) }));
/** No factor at all: one state. */
const STILL: Nodes = { at: [0], weight: [1] };

/**
 * States fine enough that the deals' own relative sd `ownSd` bridges the gaps between them: given
 * the factor a sum of many deals hardly varies, and coarse states would show as separate humps.
 */
export function nodesFor(sd: number, ownSd: number): Nodes {
  if (!(sd > 0)) return STILL;
  return (GRIDS.find(({ step }) => step * sd <= ownSd) ?? GRIDS[GRIDS.length - 1]!).nodes;
}

/**
 * Multipliers of a rate in each state of the factor: lognormal with this log sd, averaging to 1.
 */
export function rateShift(sd: number, { at, weight }: Nodes): number[] {
  const raw = at.map((f) => exp(sd * f));
  const mean = raw.reduce((sum, q, k) => sum + q * weight[k]!, 0);
  return raw.map((q) => q / mean);
}

/**
 * A win probability in each state of the factor: the hazard of the win is multiplied as a rate of
 * arrivals is, p(f) = 1 - (1 - p)^m(f), so that a small chance moves like a rate and a near
 * certainty hardly moves. Rescaled so that the average over the states is `p` exactly.
 */
export function conditional(p: number, shift: readonly number[], { weight }: Nodes): number[] {
  // A chance too small (or too near 1) for its odds to be told is the same in every state.
  if (!(p > 1e-12 && p < 1 - 1e-12) || shift.length === 1) return shift.map(() => clamp(p, 0, 1));
  const hazard = -log1p(-p);
  const raw = shift.map((m) => 1 - exp(-hazard * m));
  const mean = raw.reduce((sum, q, k) => sum + q * weight[k]!, 0);
  // The smaller side is scaled, so that no state leaves [0, 1].
  return p <= 0.5
    ? raw.map((q) => Math.min(1, (q * p) / mean))
    : raw.map((q) => 1 - Math.min(1, ((1 - q) * (1 - p)) / (1 - mean)));
}
