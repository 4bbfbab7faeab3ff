/**
 * Who still sells, from months with and without a win: in each month a partner that is still
 * active may stop for good, else it wins something or not (BG/BB of Fader, Hardie and Shang 2010,
 * with both chances on a grid and their spread over partners estimated, instead of two Beta laws).
 */

/** Months since the partner could first win: `wins` of `months` had one, the last in `last`. */
export interface SellingHistory {
  months: number;
  wins: number;
  /** 1-based; 0 = none. */
  last: number;
}

/** One possible partner: its chance of a win in a month, and of stopping before it. */
export interface Kind {
  win: number;
  stop: number;
}

const WIN = [0.012, 0.03, 0.06, 0.1, 0.155, 0.225, 0.31, 0.41, 0.53, 0.66, 0.8, 0.93];
const STOP = [0.001, 0.004, 0.01, 0.02, 0.035, 0.06, 0.1, 0.17, 0.3];
export const KINDS: readonly Kind[] = WIN.flatMap((win) => STOP.map((stop) => ({ win, stop })));

const sumOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Weight of each kind among partners; sums to 1. */
export type Spread = readonly number[];

/** Before any partner is seen: all chances of a win alike, stopping rarer the quicker it is. */
const QUICK = 0.08;
const START: Spread = normalised(KINDS.map(({ stop }) => (stop < QUICK ? 1 : 1 / 2)));

/** How many partners the start weighs: enough to hold a handful, little beside forty. */
const PRIOR_PARTNERS = 12;
const ROUNDS = 40;

function normalised(weights: readonly number[]): number[] {
  const sum = sumOf(weights);
  return weights.map((weight) => weight / sum);
}

function power(base: number, n: number): number {
  let product = 1;
  for (let i = 0; i < n; i++) product *= base;
  return product;
}

/** Chance of the history while the partner is still active at its end, and in all. */
function likelihood({ months, wins, last }: SellingHistory, { win, stop }: Kind) {
  const seen = power(win, wins) * power(1 - win, last - wins) * power(1 - stop, last);
  let [alive, gone] = [1, 0];
  for (let i = last; i < months; i++) {
    gone += alive * stop;
    alive *= (1 - stop) * (1 - win);
  }
  return { active: seen * alive, all: seen * (alive + gone) };
}

/** What partners are like, from their histories, leaning on `prior` by a few partners' worth. */
export function spreadOf(histories: readonly SellingHistory[], prior: Spread = START): Spread {
  const known = histories.map((history) => KINDS.map((kind) => likelihood(history, kind).all));
  let spread = prior;
  for (let round = 0; round < ROUNDS; round++) {
    const sums = prior.map((weight) => PRIOR_PARTNERS * weight);
    for (const chances of known) {
      const joint = chances.map((chance, k) => chance * spread[k]!);
      const whole = sumOf(joint);
      joint.forEach((one, k) => (sums[k]! += one / whole));
    }
    spread = normalised(sums);
  }
  return spread;
}

export interface StillSelling {
  /** Chance that it has not stopped, and that it will ever win anything again. */
  active: number;
  again: number;
  /** Chance of each kind with the partner still active; sums to `active`. */
  kinds: number[];
}

/** The same partner, where more than its wins says whether it still sells. */
export function withActive(still: StillSelling, active: number): StillSelling {
  const share = still.active > 0 ? active / still.active : 0;
  return { active, again: still.again * share, kinds: still.kinds.map((kind) => kind * share) };
}

/** Whether a partner still sells, and what it is like if so. */
export function stillSelling(history: SellingHistory, spread: Spread): StillSelling {
  const each = KINDS.map((kind) => likelihood(history, kind));
  const whole = sumOf(each.map(({ all }, k) => all * spread[k]!));
  const kinds = each.map(({ active }, k) => (active * spread[k]!) / whole);
  const again = kinds.map(
    (chance, k) =>
      (chance * KINDS[k]!.win * (1 - KINDS[k]!.stop)) /
      (1 - (1 - KINDS[k]!.stop) * (1 - KINDS[k]!.win)),
  );
  return { active: Math.min(1, sumOf(kinds)), again: Math.min(1, sumOf(again)), kinds };
}
