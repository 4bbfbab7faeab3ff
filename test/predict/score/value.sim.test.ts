/**
 * What partners are worth, on made-up channels in which partners stop selling without saying so.
 */
import { describe, expect, it } from 'vitest';
import { concentrationOf } from '../../../src/predict/score/value/concentration.ts';
import { spreadOf, stillSelling } from '../../../src/predict/score/value/dropout.ts';
import { aheadOfKinds, monthsAhead } from '../../../src/predict/score/value/ahead.ts';
import { growthOf } from '../../../src/predict/score/value/growth.ts';
import { valuesOfPartners } from '../../../src/predict/score/value/values.ts';
import { random } from '../../properties/world.ts';
import { channelOf, PAST, valuesAt } from './selling-worlds.ts';

const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const year = aheadOfKinds(12);

describe.each([
  ['by quarters', 150, 3],
  ['by months', 150, 3],
  ['by months', 40, 8],
  ['by deals', 150, 3],
] as const)(
  'partners that win %s, %i of them, some of whom have stopped',
  (world, partners, seeds) => {
    const channels = Array.from({ length: seeds }, (_, i) => channelOf(world, i + 1, partners));
    it('are foretold better by dropout than by their last four quarters', () => {
      const all = channels.flatMap((channel) => valuesAt(channel, 'deals'));
      const off = (said: number, future: number): number => Math.abs(said - future);
      const ours = mean(all.map(({ value, future }) => off(value.value1y.mean, future)));
      const last = mean(all.map(({ value, future }) => off(value.lastYear, future)));
      expect(ours).toBeLessThan(0.95 * last);
      const bias = mean(all.map(({ value, future }) => value.value1y.mean - future));
      expect(Math.abs(bias) / mean(all.map(({ future }) => future))).toBeLessThan(0.15);
    });
    it('lie within 80% intervals as often as these say', () => {
      const all = channels.flatMap((channel) => valuesAt(channel, 'amounts'));
      // Of one that surely stopped both percentiles are 0, and it lies there nearly always: the
      // interval reaches no further than its mean, and says nothing of intervals.
      const open = all.filter(({ value }) => value.value1y.high > value.value1y.mean);
      expect(open.length).toBeGreaterThan(150);
      const held = open.map(({ value: { value1y }, future }) =>
        future >= value1y.low && future <= value1y.high ? 1 : 0,
      );
      expect(mean(held)).toBeGreaterThan(0.75);
      expect(mean(held)).toBeLessThan(0.87);
    });
    it('are called stopped as often as they have', () => {
      const all = channels.flatMap((channel) => {
        const values = valuesAt(channel, 'deals');
        return channel.map(({ stopMonth }, i) => ({
          active: values[i]!.value.active,
          sells: stopMonth > PAST ? 1 : 0,
        }));
      });
      for (const [from, to] of [
        [0, 0.3],
        [0.3, 0.7],
        [0.7, 1.01],
      ] as const) {
        const some = all.filter(({ active }) => active >= from && active < to);
        if (some.length < 50) continue;
        const said = mean(some.map(({ active }) => active));
        expect(Math.abs(mean(some.map(({ sells }) => sells)) - said)).toBeLessThan(0.12);
      }
    });
  },
);

describe('one partner', () => {
  const spread = spreadOf([]);
  const still = (wins: number, last: number, months = 24) =>
    stillSelling({ wins, last, months }, spread);
  it('sells less likely the longer ago it last did, and has chances that sum to one', () => {
    const chances = [24, 18, 12].map((last) => still(8, last).again);
    expect(chances).toEqual([...chances].sort((a, b) => b - a));
    const { active, again } = still(8, 18);
    expect(again).toBeLessThanOrEqual(active);
    const { counts, wins } = monthsAhead(year, still(8, 18));
    expect(mean(counts) * counts.length).toBeCloseTo(1, 12);
    const expected = counts.reduce((sum, chance, n) => sum + n * chance, 0);
    expect(mean(wins) * wins.length).toBeCloseTo(expected, 12);
  });
  it('is the sooner in doubt, the more often it used to win', () => {
    expect(still(20, 20).active).toBeLessThan(still(5, 20).active);
  });
  it('alone, without a win or without a past, has a value that is finite and not negative', () => {
    for (const months of [[], [0, 0, 0], [5000], [0, 0, 9000]]) {
      const { value1y, value3y, again } = valuesOfPartners(
        [{ id: 'a', type: null, months }],
        0.1,
      ).get('a')!;
      for (const { mean: m, low, high } of [value1y, value3y])
        expect([m, low, high].every((one) => Number.isFinite(one) && one >= 0)).toBe(true);
      expect(value1y.low).toBeLessThanOrEqual(value1y.high);
      expect(value3y.mean).toBeGreaterThanOrEqual(value1y.mean);
      expect(again >= 0 && again <= 1).toBe(true);
    }
  });
  it('leans on its own type, and is worth less the more the future is discounted', () => {
    const sellers = Array.from({ length: 40 }, (_, i) => ({
      id: String(i),
      type: i < 20 ? 'large' : 'small',
      months: Array.from({ length: 24 }, (_, m) => (m % 3 === i % 3 ? (i < 20 ? 9000 : 900) : 0)),
    }));
    const fresh = [
      { id: 'l', type: 'large', months: [0] },
      { id: 's', type: 'small', months: [0] },
    ];
    const at = (discount: number) => valuesOfPartners([...sellers, ...fresh], discount);
    expect(at(0).get('l')!.value1y.mean).toBeGreaterThan(2 * at(0).get('s')!.value1y.mean);
    expect(at(0.3).get('0')!.value3y.mean).toBeLessThan(0.9 * at(0).get('0')!.value3y.mean);
  });
});

describe('growth', () => {
  const grown = (each: number, noise: number) => {
    const r = random(3);
    return Array.from({ length: 30 }, () =>
      Array.from({ length: 24 }, (_, m) =>
        r() < 0.5 ? 100 * (1 + (each * m) / 12) * (1 + noise * (r() - 0.5)) : 0,
      ),
    );
  };
  it('counts where it is proven, and is none where it is not', () => {
    expect(growthOf(grown(0.2, 0.3)).value).toBeGreaterThan(0.1);
    const { value, low, high } = growthOf(grown(0, 1));
    expect(value).toBe(0);
    expect(low < 0 && high > 0).toBe(true);
    expect(growthOf(grown(0.2, 0.3).slice(0, 5)).value).toBe(0);
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
