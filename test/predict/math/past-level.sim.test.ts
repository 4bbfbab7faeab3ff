import { describe, expect, it } from 'vitest';
import { learnLevel, logSd, PRIOR_LEVEL } from '../../../src/predict/math/past-level.ts';
import type { Level, PastOrigin } from '../../../src/predict/math/past-level.ts';
import { randomStream } from '../../../src/sandbox/random.ts';

const Z = 1.2815515655446004;
/** Relative sd of what single deals add to a period, and of the level's walk where it drifts. */
const COIN = 0.08;
const WALK = 0.06;
const SERIES = 250;
const PERIODS = 30;
/** What a run replays at most. */
const KEPT = 12;
/** Spread of the unknown level. */
const LEVEL_SD = 0.1;

const origin = (period: number, mean: number, actual: number, part = 0): PastOrigin => ({
  atMs: period * 100 + part,
  periodEndMs: period * 100 + 90,
  elapsed: 0.5,
  open: { mean, variance: (COIN * mean) ** 2, actual },
  fresh: { mean: 0, variance: 0, actual: 0 },
});

interface Tally {
  inside: number;
  n: number;
  width: number;
  oracle: number;
}
const ends = (level: Level, mean: number): [number, number] => {
  const spread = logSd(COIN ** 2 + level.sd ** 2 + level.levelSd ** 2);
  const median = mean * level.open * Math.exp((-spread * spread) / 2);
  return [
    median * Math.exp(-Z * spread * level.width),
    median * Math.exp(Z * spread * level.width),
  ];
};

/** One who knows the spread and learns only the level, by the best linear filter there is. */
class Knowing {
  #at = 0;
  #variance = LEVEL_SD ** 2;
  readonly #noise: number;
  readonly #walk: number;
  constructor(sd: number, drifts: boolean) {
    this.#noise = sd * sd + COIN * COIN;
    this.#walk = drifts ? WALK * WALK : 0;
  }
  width(): number {
    const sd = Math.sqrt(this.#variance + this.#walk + this.#noise);
    return Math.exp(this.#at + Z * sd) - Math.exp(this.#at - Z * sd);
  }
  learn(logRatio: number): void {
    const before = this.#variance + this.#walk;
    const gain = before / (before + this.#noise);
    this.#variance = (1 - gain) * before;
    this.#at += gain * (logRatio - this.#at);
  }
}

function count(
  into: Tally,
  [low, high]: readonly [number, number],
  actual: number,
  mean: number,
  knowing: Knowing,
): void {
  into.n++;
  if (actual >= low && actual <= high) into.inside++;
  into.width += (high - low) / mean;
  into.oracle += knowing.width();
}

function simulate(sd: number, drifts: boolean): { early: Tally; late: Tally } {
  const tally = (): Tally => ({ inside: 0, n: 0, width: 0, oracle: 0 });
  const [early, late] = [tally(), tally()];
  for (let series = 0; series < SERIES; series++) {
    const stream = randomStream(series + 1).fork('series', Math.round(1000 * sd), drifts ? 1 : 0);
    const knowing = new Knowing(sd, drifts);
    let level = stream.normal(0, LEVEL_SD);
    const past: PastOrigin[] = [];
    for (let t = 1; t <= PERIODS; t++) {
      if (drifts) level += stream.normal(0, WALK);
      const mean = 800 + 400 * stream.next();
      const shared = Math.exp(level + stream.normal(0, sd) - (sd * sd) / 2);
      const actual = mean * shared * Math.max(0.01, 1 + stream.normal(0, COIN));
      if (t >= 5)
        count(t >= 13 ? late : early, ends(learnLevel(past, 0.5), mean), actual, mean, knowing);
      knowing.learn(Math.log(actual / mean));
      past.push(origin(t, mean, actual));
      if (past.length > KEPT) past.shift();
    }
  }
  return { early, late };
}

describe('intervals learned from past forecasts', () => {
  it.each([
    [0.03, false, 1.2],
    [0.1, false, 1.2],
    [0.25, false, 1.2],
    [0.06, true, 1.35],
  ])(
    'hold as often as they say where all deals move together by %d (level drifts: %s), and are hardly wider than they must be',
    (sd, drifts, widest) => {
      const { early, late } = simulate(sd, drifts);
      expect(early.inside / early.n).toBeGreaterThan(0.75);
      expect(early.inside / early.n).toBeLessThan(0.85);
      expect(late.inside / late.n).toBeGreaterThan(0.77);
      expect(late.inside / late.n).toBeLessThan(0.83);
      expect(early.width / early.oracle).toBeLessThan(widest);
      expect(late.width / late.oracle).toBeLessThan(widest);
    },
  );
});

describe('the level of past forecasts', () => {
  it('is what is assumed before any period is over', () => {
    expect(learnLevel([], 0.5)).toMatchObject({ open: 1, fresh: 1, width: 1, periods: 0 });
    expect(learnLevel([], 0.5).sd).toBe(PRIOR_LEVEL.sd);
  });
  it('moves toward what came, and does not care for the order it hears it in', () => {
    const past = Array.from({ length: 10 }, (_, t) => origin(t, 1000, 1300));
    const { open } = learnLevel(past, 0.5);
    expect(open).toBeGreaterThan(1.2);
    expect(open).toBeLessThan(1.3);
    expect(learnLevel([...past].reverse(), 0.5)).toEqual(learnLevel(past, 0.5));
  });
  it('takes several origins of one period for one', () => {
    const once = [1, 2, 3].map((t) => origin(t, 1000, 1300));
    const often = [1, 2, 3].flatMap((t) => [0, 1, 2].map((k) => origin(t, 1000, 1300, k)));
    expect(learnLevel(often, 0.5).open).toBeCloseTo(learnLevel(once, 0.5).open, 9);
    expect(learnLevel(often, 0.5).sd).toBeCloseTo(learnLevel(once, 0.5).sd, 9);
  });
  it('stays a number when nothing came, all came at once, or nothing was forecast', () => {
    const odd = [origin(1, 1000, 0), origin(2, 1000, 1e9), origin(3, 0, 500), origin(4, 0, 0)];
    for (const value of Object.values(learnLevel(odd, 0.2))) expect(value).toBeGreaterThan(0);
    for (const value of Object.values(learnLevel(odd, 0.2))) expect(value).toBeLessThan(10);
  });
});
