/**
 * Who still sells, from quarters with and without a win: in each quarter a partner that is still
 * active may stop for good, else it wins something or not (BG/BB of Fader, Hardie and Shang 2010,
 * with both chances on a grid and their spread over partners estimated, instead of two Beta laws).
 */

/** Whole quarters since the partner could first win: `wins` of `quarters` had one, the last in `last`. */
export interface SellingHistory {
  quarters: number;
  wins: number;
  /** 1-based; 0 = none. */
  last: number;
}

/** One possible partner: its chance of a win in a quarter, and of stopping before it. */
interface Kind {
  win: number;
  stop: number;
}

const WIN = [0.03, 0.08, 0.15, 0.24, 0.34, 0.45, 0.56, 0.67, 0.77, 0.86, 0.93, 0.98];
const STOP = [0.002, 0.01, 0.025, 0.05, 0.08, 0.12, 0.18, 0.27, 0.4, 0.6];
const KINDS: readonly Kind[] = WIN.flatMap((win) => STOP.map((stop) => ({ win, stop })));

/** Weight of each kind among partners; sums to 1. */
export type Spread = readonly number[];

/** Before any partner is seen: all chances of a win alike, stopping rarer the quicker it is. */
const START: Spread = normalised(KINDS.map(({ stop }) => (stop < 0.2 ? 1 : 0.5)));

/** How many partners the start weighs: enough to hold a handful, little beside forty. */
const PRIOR_PARTNERS = 12;
const ROUNDS = 40;

function normalised(weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

const times = (base: number, n: number): number => {
  let product = 1;
  for (let i = 0; i < n; i++) product *= base;
  return product;
};

/** Chance of the history while the partner is still active at its end, and in all. */
function likelihood({ quarters, wins, last }: SellingHistory, { win, stop }: Kind) {
  const seen = times(win, wins) * times(1 - win, last - wins);
  const active = seen * times(1 - win, quarters - last) * times(1 - stop, quarters);
  let gone = 0;
  for (let i = last; i < quarters; i++)
    gone += seen * times(1 - win, i - last) * times(1 - stop, i) * stop;
  return { active, all: active + gone };
}

/** What partners are like, from their histories, leaning on `prior` by a few partners' worth. */
export function spreadOf(histories: readonly SellingHistory[], prior: Spread = START): Spread {
  const known = histories.map((history) => KINDS.map((kind) => likelihood(history, kind).all));
  let spread = prior;
  for (let round = 0; round < ROUNDS; round++) {
    const sums = prior.map((weight) => PRIOR_PARTNERS * weight);
    for (const chances of known) {
      const joint = chances.map((chance, k) => chance * spread[k]!);
      const whole = joint.reduce((a, b) => a + b, 0);
      joint.forEach((one, k) => (sums[k]! += one / whole));
    }
    spread = normalised(sums);
  }
  return spread;
}

export interface SellingAhead {
  /** Chance that it has not stopped, and that it will win anything again, ever. */
  active: number;
  again: number;
  /** Chance of 0, 1, … quarters with a win among the next ones. */
  counts: number[];
  /** Chance of a win in each of the next quarters. */
  wins: number[];
}

/** Chances of 0 … `n` successes of `n`. */
function binomial(n: number, p: number): number[] {
  let chances = [1];
  for (let i = 0; i < n; i++)
    chances = [...chances, 0].map((c, k) => c * (1 - p) + (k > 0 ? chances[k - 1]! * p : 0));
  return chances;
}

/** What the next `quarters` bring, given one partner's history and what partners are like. */
export function sellingAhead(
  history: SellingHistory,
  spread: Spread,
  quarters: number,
): SellingAhead {
  const each = KINDS.map((kind) => likelihood(history, kind));
  const whole = each.reduce((sum, { all }, k) => sum + all * spread[k]!, 0);
  const ahead: SellingAhead = {
    active: 0,
    again: 0,
    counts: new Array<number>(quarters + 1).fill(0),
    wins: new Array<number>(quarters).fill(0),
  };
  KINDS.forEach(({ win, stop }, k) => {
    const active = (each[k]!.active * spread[k]!) / whole;
    ahead.active += active;
    ahead.again += (active * win * (1 - stop)) / (1 - (1 - stop) * (1 - win));
    for (let lives = 0; lives <= quarters; lives++) {
      const last = lives === quarters ? 1 : stop;
      const chance = active * times(1 - stop, lives) * last;
      binomial(lives, win).forEach((one, n) => (ahead.counts[n]! += chance * one));
      if (lives > 0) ahead.wins[lives - 1]! += active * times(1 - stop, lives) * win;
    }
  });
  ahead.counts[0]! += 1 - ahead.active;
  return ahead;
}
