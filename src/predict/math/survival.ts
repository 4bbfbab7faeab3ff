/**
 * Counts of what became of things followed week by week (or day by day): entry i of `won` and
 * `lost` = in step i+1, of `open` = still open after exactly i steps.
 * Integers only, so that the order of counting cannot matter.
 */
export interface Followed {
  won: number[];
  lost: number[];
  open: number[];
  total: number;
}

/** Chances per step, given that nothing has happened before. */
export interface Hazards {
  win: number[];
  loss: number[];
}

export const newFollowed = (steps: number): Followed => ({
  won: new Array<number>(steps).fill(0),
  lost: new Array<number>(steps).fill(0),
  open: new Array<number>(steps + 1).fill(0),
  total: 0,
});

/**
 * Counts one: `step` is 1-based for an outcome and the number of whole steps followed for `open`.
 * Beyond the end it is followed to the end. `times` = how many it stands for, a whole number.
 */
export function follow(
  counts: Followed,
  outcome: 'won' | 'lost' | 'open',
  step: number,
  times = 1,
): void {
  const steps = counts.won.length;
  counts.total += times;
  if (outcome === 'open' || step > steps) counts.open[Math.min(step, steps)]! += times;
  else counts[outcome][Math.max(1, step) - 1]! += times;
}

/**
 * Cause-specific hazards shrunk to a parent's, where `pseudo` is what the parent is worth and
 * `scale` turns counted rows into independent things (weekly snapshots of one deal are not
 * independent): h = (events x scale + pseudo x parent) / (at risk x scale + pseudo).
 */
export function shrunkHazards(
  counts: Followed,
  scale: number,
  parent: Hazards,
  pseudo: number,
): Hazards {
  const win: number[] = [];
  const loss: number[] = [];
  let atRisk = counts.total;
  for (let i = 0; i < counts.won.length; i++) {
    atRisk -= counts.open[i]!;
    const weight = atRisk * scale + pseudo;
    win.push(weight > 0 ? (counts.won[i]! * scale + pseudo * (parent.win[i] ?? 0)) / weight : 0);
    loss.push(weight > 0 ? (counts.lost[i]! * scale + pseudo * (parent.loss[i] ?? 0)) / weight : 0);
    atRisk -= counts.won[i]! + counts.lost[i]!;
  }
  return { win, loss };
}

/**
 * Cumulative incidence of a win with losses competing (Aalen & Johansen 1978): F(k) = sum over i <=
 * k of S(i-1) x h_win(i); F[0] = 0.
 */
export function incidence(hazards: Hazards): number[] {
  const curve = [0];
  let surviving = 1;
  let reached = 0;
  for (let i = 0; i < hazards.win.length; i++) {
    reached += surviving * hazards.win[i]!;
    surviving *= Math.max(0, 1 - hazards.win[i]! - hazards.loss[i]!);
    curve.push(reached);
  }
  return curve;
}

/** Value of a curve given at whole steps, linear in between, flat beyond its end; 0 for no time. */
export function curveAt(curve: readonly number[], steps: number): number {
  if (!(steps > 0) || curve.length === 0) return 0;
  const last = curve.length - 1;
  if (steps >= last) return curve[last]!;
  const low = Math.floor(steps);
  return curve[low]! + (steps - low) * (curve[low + 1]! - curve[low]!);
}

/**
 * Kaplan-Meier quantile of whole durations: the first step by which at least `q` have ended; null
 * when that many never did within what was seen.
 */
export function durationQuantile(
  ended: readonly number[],
  running: readonly number[],
  q: number,
): number | null {
  let atRisk = 0;
  for (let i = 0; i < ended.length; i++) atRisk += ended[i]! + (running[i] ?? 0);
  let surviving = 1;
  for (let i = 0; i < ended.length && atRisk > 0; i++) {
    surviving *= 1 - ended[i]! / atRisk;
    if (1 - surviving >= q - 1e-12) return i;
    atRisk -= ended[i]! + (running[i] ?? 0);
  }
  return null;
}
