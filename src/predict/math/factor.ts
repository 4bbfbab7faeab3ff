import { clamp, normalCdf, normalQuantile } from './numeric.ts';
import { exp } from '../../model/real-math.ts';

/** States of the common factor and their weights, which sum to 1. */
export interface Nodes {
  at: readonly number[];
  weight: readonly number[];
}

/** How far out the factor is followed, in standard deviations: beyond lie two in a million. */
const REACH = 4.8;

/**
 * Evenly spaced states weighted by the normal density: for a smooth integrand this rule errs by
 * about exp(-2 pi^2 / step^2), which is nothing even at 0.8.
 */
function evenNodes(step: number): Nodes {
  const side = Math.round(REACH / step);
  const at = Array.from({ length: 2 * side + 1 }, (_, i) => (i - side) * step);
  const density = at.map((f) => exp((-f * f) / 2));
  const total = density.reduce((sum, d) => sum + d, 0);
  return { at, weight: density.map((d) => d / total) };
}

/** Enough for means and chances of few deals, whose own spread bridges the gaps between states. */
export const FEW_NODES = evenNodes(0.8);
/**
 * For many deals: given the factor their sum hardly varies, so that coarse states
 * would show as separate humps.
 */
export const MANY_NODES = evenNodes(0.15);

/**
 * A win probability in each state of the factor (Vasicek 1987): p(f) = Phi((Phi^-1(p) + sqrt(rho)
 * f) / sqrt(1 - rho)); a high f is a good period.
 * Rescaled so that the average over the nodes is `p` exactly.
 */
export function conditional(p: number, rho: number, { at, weight }: Nodes): number[] {
  // A chance too small (or too near 1) for its quantile to be told is the same in every state.
  if (!(p > 1e-12 && p < 1 - 1e-12) || rho <= 0) return at.map(() => clamp(p, 0, 1));
  const threshold = normalQuantile(p);
  const raw = at.map((f) => normalCdf((threshold + Math.sqrt(rho) * f) / Math.sqrt(1 - rho)));
  const mean = raw.reduce((sum, q, k) => sum + q * weight[k]!, 0);
  // The smaller side is scaled, so that no node leaves [0, 1].
  return p <= 0.5
    ? raw.map((q) => Math.min(1, (q * p) / mean))
    : raw.map((q) => 1 - Math.min(1, ((1 - q) * (1 - p)) / (1 - mean)));
}

/**
 * Multipliers of an arrival rate in each state of the factor, averaging to 1: lognormal
 * with the same latent share.
 */
export function rateShift(rho: number, { at, weight }: Nodes): number[] {
  const raw = at.map((f) => exp(Math.sqrt(rho) * f));
  const mean = raw.reduce((sum, q, k) => sum + q * weight[k]!, 0);
  return raw.map((q) => q / mean);
}
