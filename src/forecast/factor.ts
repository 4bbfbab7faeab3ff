import { clamp, normalCdf, normalQuantile } from '../kpi/numeric.ts';

/** Points and weights that integrate polynomials against the standard normal exactly; weights sum to 1. */
function gaussHermite(count: number): { at: number[]; weight: number[] } {
  const at: number[] = [];
  const weight: number[] = [];
  // Newton on the probabilists' Hermite polynomial in orthonormal form; starting points from sign changes on a fine grid, so that none is missed.
  const value = (x: number): { p: number; before: number } => {
    let p = 1;
    let before = 0;
    for (let k = 0; k < count; k++) { const next = (x * p - Math.sqrt(k) * before) / Math.sqrt(k + 1); before = p; p = next; }
    return { p, before };
  };
  const reach = 2 * Math.sqrt(count) + 1;
  const steps = 400 * count + 1; // Odd, so that no grid point falls on the root at zero.
  let last = value(-reach).p;
  for (let i = 1; i <= steps; i++) {
    const x = -reach + (2 * reach * i) / steps;
    const here = value(x).p;
    if (Math.sign(here) !== Math.sign(last)) {
      let root = x - reach / steps;
      for (let n = 0; n < 30; n++) { const { p, before } = value(root); root -= p / (Math.sqrt(count) * before); }
      const { before } = value(root);
      at.push(root);
      weight.push(1 / (count * before * before));
    }
    last = here;
  }
  const total = weight.reduce((sum, w) => sum + w, 0);
  return { at, weight: weight.map((w) => w / total) };
}

/** The states of the common factor over which every distribution is averaged. */
export const NODES = gaussHermite(11);

/**
 * A win probability in each state of the factor (Vasicek 1987): p(f) = Phi((Phi^-1(p) + sqrt(rho) f) / sqrt(1 - rho)); a high f is a good period.
 * Rescaled so that the average over the nodes is `p` exactly.
 */
export function conditional(p: number, rho: number): number[] {
  if (p <= 0 || p >= 1 || rho <= 0) return NODES.at.map(() => clamp(p, 0, 1));
  const threshold = normalQuantile(p);
  const raw = NODES.at.map((f) => normalCdf((threshold + Math.sqrt(rho) * f) / Math.sqrt(1 - rho)));
  const mean = raw.reduce((sum, q, k) => sum + q * NODES.weight[k]!, 0);
  // The smaller side is scaled, so that no node leaves [0, 1].
  return p <= 0.5 ? raw.map((q) => Math.min(1, (q * p) / mean)) : raw.map((q) => 1 - Math.min(1, ((1 - q) * (1 - p)) / (1 - mean)));
}

/** Multipliers of an arrival rate in each state of the factor, averaging to 1: lognormal with the same latent share. */
export function rateShift(rho: number): number[] {
  const raw = NODES.at.map((f) => Math.exp(Math.sqrt(rho) * f));
  const mean = raw.reduce((sum, q, k) => sum + q * NODES.weight[k]!, 0);
  return raw.map((q) => q / mean);
}
