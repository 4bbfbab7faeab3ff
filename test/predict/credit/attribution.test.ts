import { describe, expect, it } from 'vitest';
import {
  ATTRIBUTION,
  attribute,
  type AttributionModel,
  type Touch,
} from '../../../src/predict/credit/attribution.ts';
import { splitCents, toCents } from '../../../src/predict/credit/cents.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';

const touches = (...of: [partnerId: string, day: number][]): Touch[] =>
  of.map(([partnerId, day]) => ({ partnerId, rule: 'role', atMs: day * DAY_MS }));
const shares = (model: AttributionModel, of: Touch[], createdDay = 30): Record<string, number> =>
  Object.fromEntries(
    [...attribute(model, of, { createdMs: createdDay * DAY_MS })].map(([id, share]) => [
      id,
      Math.round(share * 1e9) / 1e9,
    ]),
  );

/** Day 0 a, day 10 b, day 30 c, day 60 d; the deal came to be on day 30. */
const FOUR = touches(['a', 0], ['b', 10], ['c', 30], ['d', 60]);

describe('each model, as counted by hand', () => {
  it('first and last give all to one end', () => {
    expect(shares('first', FOUR)).toEqual({ a: 1, b: 0, c: 0, d: 0 });
    expect(shares('last', FOUR)).toEqual({ a: 0, b: 0, c: 0, d: 1 });
  });
  it('linear gives a quarter to each of four', () => {
    expect(shares('linear', FOUR)).toEqual({ a: 0.25, b: 0.25, c: 0.25, d: 0.25 });
  });
  it('U gives 40% to each end and the rest evenly between', () => {
    expect(shares('u', FOUR)).toEqual({ a: 0.4, b: 0.1, c: 0.1, d: 0.4 });
    expect(shares('u', touches(['a', 0], ['b', 9]))).toEqual({ a: 0.5, b: 0.5 });
    expect(shares('u', touches(['a', 0], ['b', 9], ['c', 12]))).toEqual({ a: 0.4, b: 0.2, c: 0.4 });
  });
  it('W gives 30% to the first, to the creation and to the last, the rest between', () => {
    expect(shares('w', FOUR)).toEqual({ a: 0.3, b: 0.1, c: 0.3, d: 0.3 });
    const five = touches(['a', 0], ['b', 10], ['c', 30], ['e', 40], ['d', 60]);
    expect(shares('w', five)).toEqual({ a: 0.3, b: 0.05, c: 0.3, e: 0.05, d: 0.3 });
    const three = Math.round(1e9 / 3) / 1e9;
    expect(shares('w', touches(['a', 0], ['b', 9], ['c', 12]))).toEqual({
      a: three,
      b: three,
      c: three,
    });
    expect(shares('w', touches(['a', 0], ['b', 9]))).toEqual({ a: 0.5, b: 0.5 });
  });
  it('time decay halves every thirty days', () => {
    // 60, 30 and 0 days before the last: 1/4, 1/2, 1.
    expect(shares('timeDecay', touches(['a', 0], ['b', 30], ['c', 60]))).toEqual({
      a: Math.round((1e9 * 1) / 7) / 1e9,
      b: Math.round((1e9 * 2) / 7) / 1e9,
      c: Math.round((1e9 * 4) / 7) / 1e9,
    });
  });
});

describe('every model', () => {
  const models = Object.keys(ATTRIBUTION) as AttributionModel[];
  it.each(models)('%s sums to one, whatever the touches and their order', (model) => {
    let state = 7;
    const next = (below: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state % below;
    };
    for (let n = 0; n < 300; n++) {
      const of = touches(
        ...Array.from({ length: 1 + next(9) }, (): [string, number] => [`p${next(4)}`, next(2000)]),
      );
      const found = attribute(model, of, { createdMs: next(2000) * DAY_MS });
      const sum = [...found.values()].reduce((total, share) => total + share, 0);
      expect(Math.abs(sum - 1)).toBeLessThan(1e-12);
      expect([...found.values()].every((share) => share >= 0)).toBe(true);
    }
  });
  it.each(models)('%s gives nothing where nothing happened', (model) => {
    expect(attribute(model, [], { createdMs: 0 }).size).toBe(0);
  });
});

describe('cents', () => {
  it('round half away from zero, on the digits of the number', () => {
    expect([1.005, -1.005, 0.1 + 0.2, 1e9 + 0.015, 0, -0.001].map(toCents)).toEqual([
      101, -101, 30, 100_000_000_002, 0, 0,
    ]);
  });
  it('are split without losing or making one', () => {
    expect(splitCents(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(splitCents(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(splitCents(1, [1, 1])).toEqual([1, 0]);
    expect(splitCents(0, [1, 3])).toEqual([0, 0]);
    expect(splitCents(99, [0, 1])).toEqual([0, 99]);
  });
});
