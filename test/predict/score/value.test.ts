/** What partners are worth, on made-up channels in which partners stop selling without saying so. */
import { describe, expect, it } from 'vitest';
import { concentrationOf } from '../../../src/predict/score/value/concentration.ts';
import { sellingAhead, spreadOf } from '../../../src/predict/score/value/dropout.ts';
import {
  historyOf,
  partnerValue,
  winSizeOf,
  type PartnerValue,
} from '../../../src/predict/score/value/partner-value.ts';
import { random } from '../../properties/world.ts';

const PAST = 8;
const AHEAD = 4;
const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

interface Made {
  amounts: number[];
  future: number;
  stopped: boolean;
}

/** Beta(a, 1) and Beta(1, b) need no more than a power of a uniform. */
function madePartner(r: () => number): Made {
  const win = r() ** (1 / 1.2);
  const stop = 1 - r() ** (1 / 8);
  const scale = 20_000 * (0.4 + 1.8 * r());
  const amounts: number[] = [];
  let active = true;
  let [future, stopped] = [0, false];
  for (let q = 0; q < PAST + AHEAD; q++) {
    if (q === PAST) stopped = !active;
    if (active && r() < stop) active = false;
    const amount = active && r() < win ? scale * (0.3 + 1.4 * r()) : 0;
    if (q < PAST) amounts.push(amount);
    else future += amount;
  }
  return { amounts, future, stopped };
}
function channel(seed: number, partners: number): { made: Made; value: PartnerValue }[] {
  const r = random(seed);
  const all = Array.from({ length: partners }, () => madePartner(r));
  const spread = spreadOf(all.map(historyOf));
  const usual = winSizeOf(all);
  return all.map((made) => ({ made, value: partnerValue(made, spread, usual, 0) }));
}
const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe.each([40, 150])('%i partners, some of whom have stopped', (partners) => {
  const all = SEEDS.flatMap((seed) => channel(seed, partners));
  it('are foretold better by dropout than by their last four quarters', () => {
    const ours = mean(all.map(({ made, value }) => Math.abs(value.value1y.mean - made.future)));
    const last = mean(all.map(({ made, value }) => Math.abs(value.lastYear - made.future)));
    expect(ours).toBeLessThan(0.95 * last);
    const bias = mean(all.map(({ made, value }) => value.value1y.mean - made.future));
    expect(Math.abs(bias) / mean(all.map(({ made }) => made.future))).toBeLessThan(0.08);
  });
  it('lie within 80% intervals as often as these say, among those that may still sell', () => {
    // A partner that surely stopped lies in [0, 0] nearly always: it says nothing of the interval.
    const open = all.filter(({ value }) => value.value1y.low > 0);
    expect(open.length).toBeGreaterThan(100);
    const held = mean(
      open.map(({ made, value: { value1y } }) =>
        made.future >= value1y.low && made.future <= value1y.high ? 1 : 0,
      ),
    );
    expect(held).toBeGreaterThan(0.76);
    expect(held).toBeLessThan(0.87);
  });
  it('are called stopped as often as they have', () => {
    for (const [from, to] of [
      [0, 0.3],
      [0.3, 0.7],
      [0.7, 1.01],
    ] as const) {
      const some = all.filter(({ value }) => value.active >= from && value.active < to);
      if (some.length < 50) continue;
      const said = mean(some.map(({ value }) => value.active));
      expect(mean(some.map(({ made }) => (made.stopped ? 0 : 1)))).toBeCloseTo(said, 1);
    }
  });
});

describe('one partner', () => {
  const spread = spreadOf([]);
  const ahead = (wins: number, last: number, quarters = 8) =>
    sellingAhead({ wins, last, quarters }, spread, 4);
  it('sells less likely the longer ago it last did, and has chances that sum to one', () => {
    const chances = [8, 6, 4].map((last) => ahead(4, last).again);
    expect(chances).toEqual([...chances].sort((a, b) => b - a));
    const { counts, wins, active, again } = ahead(4, 6);
    expect(counts.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    const expected = counts.reduce((sum, chance, n) => sum + n * chance, 0);
    expect(wins.reduce((a, b) => a + b, 0)).toBeCloseTo(expected, 12);
    expect(again).toBeLessThanOrEqual(active);
  });
  it('alone, without a win or without a past, has a value that is finite and not negative', () => {
    for (const amounts of [[], [0, 0, 0], [5000], [0, 0, 9000]]) {
      const { value1y, value3y, again } = partnerValue(
        { amounts },
        spreadOf([historyOf({ amounts })]),
        winSizeOf([{ amounts }]),
        0.1,
      );
      for (const { mean: m, low, high } of [value1y, value3y])
        expect([m, low, high].every((one) => Number.isFinite(one) && one >= 0)).toBe(true);
      expect(value1y.low).toBeLessThanOrEqual(value1y.high);
      expect(value3y.mean).toBeGreaterThanOrEqual(value1y.mean);
      expect(again >= 0 && again <= 1).toBe(true);
    }
  });
});

describe('concentration', () => {
  it('is measured: even, and all with one', () => {
    const even = concentrationOf(new Array<number>(10).fill(7))!;
    expect(even.topFifth.value).toBeCloseTo(0.2, 12);
    expect(even.effective.value).toBeCloseTo(10, 12);
    const one = concentrationOf([100, 0, 0, 0, 0])!;
    expect(one.topFifth).toMatchObject({ value: 1, high: 1 });
    expect(one.effective.value).toBeCloseTo(1, 12);
    expect(concentrationOf([0, 0])).toBeNull();
    expect(concentrationOf([-5, 0])).toBeNull();
  });
  it('has an interval that holds the number', () => {
    const r = random(5);
    const { topFifth, effective, curve } = concentrationOf(
      Array.from({ length: 60 }, () => 1000 / (0.05 + r())),
    )!;
    for (const { value, low, high } of [topFifth, effective])
      expect(low < value && value < high).toBe(true);
    expect(curve.at(-1)).toBeCloseTo(1, 12);
    expect(curve).toEqual([...curve].sort((a, b) => a - b));
  });
});
