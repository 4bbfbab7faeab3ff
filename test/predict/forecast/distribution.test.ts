import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amountMass,
  chanceToReach,
  forecastDistribution,
} from '../../../src/predict/forecast/distribution.ts';
import { conditional, nodesFor, rateShift } from '../../../src/predict/math/factor.ts';
import { random } from '../../properties/world.ts';

const item = fc.record({
  amount: fc.double({ min: 0, max: 1e6, noNaN: true }),
  probability: fc.double({ min: 0, max: 1, noNaN: true }),
});
const gridMean = (t: ReturnType<typeof amountMass>): number =>
  t.fixed + t.mass.reduce((sum, m, i) => sum + m * i * t.step, 0);

describe('the factor', () => {
  const grids = [0.5, 0.08, 0.01].map((own) => nodesFor(0.3, own));
  it.each(grids)('integrates the moments of a normal', (nodes) => {
    const moment = (n: number): number =>
      nodes.at.reduce((sum, f, k) => sum + nodes.weight[k]! * f ** n, 0);
    [1, 0, 1, 0, 3].forEach((value, n) => expect(Math.abs(moment(n) - value)).toBeLessThan(0.003));
  });
  it('keeps a probability on average', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (p) => {
        const nodes = nodesFor(0.3, 0.5);
        const at = conditional(p, rateShift(0.3, nodes), nodes);
        expect(at.every((q) => q >= 0 && q <= 1)).toBe(true);
        expect(at.reduce((sum, q, k) => sum + q * nodes.weight[k]!, 0)).toBeCloseTo(p, 12);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the distribution of what will be won', () => {
  it('is the binomial for equal independent deals', () => {
    const items = [0.5, 0.5, 0.5].map((probability) => ({ amount: 100, probability }));
    expect(chanceToReach(0, items, [], 300, 0)).toBeCloseTo(0.125, 9);
    expect(chanceToReach(0, items, [], 200, 0)).toBeCloseTo(0.5, 9);
    expect(chanceToReach(0, items, [], 100, 0)).toBeCloseTo(0.875, 9);
    expect(chanceToReach(50, items, [], 250, 0)).toBeCloseTo(0.5, 9);
    expect(chanceToReach(0, items, [], 302, 0)).toBe(0);
    expect(chanceToReach(300, items, [], 300, 0)).toBe(1);
  });
  it('has the exact mean on the grid, and ordered quantiles', () => {
    fc.assert(
      fc.property(
        fc.array(item, { maxLength: 25 }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (items, fixed, mean) => {
          const total = amountMass(fixed, items, [
            { mean, shape: 1.3, sizes: [1000, 20_000, 90_000] },
          ]);
          // A millionth of the mean, or of one deal where the mean is far below one.
          expect(Math.abs(gridMean(total) - total.mean)).toBeLessThanOrEqual(
            1e-6 * Math.max(total.mean, 90_000),
          );
          expect(total.mass.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
          const d = forecastDistribution(items, [{ mean, shape: 1.3, sizes: [1000, 20_000] }]);
          expect(d.p10 <= d.p50 && d.p50 <= d.p90).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
  it('agrees with the negative binomial: chance of no arrival = (1 + mean/shape)^-shape', () => {
    expect(1 - chanceToReach(0, [], [{ mean: 2, shape: 1.5, sizes: [100] }], 100, 0)).toBeCloseTo(
      (1 + 2 / 1.5) ** -1.5,
      10,
    );
  });
  it('takes many small deals by their moments without moving the mean or the interval', () => {
    const r = random(5);
    const items = Array.from({ length: 600 }, () => ({
      amount: 1000 + 9000 * r(),
      probability: 0.05 + 0.5 * r(),
    }));
    const total = amountMass(0, items, []);
    expect(gridMean(total) / total.mean).toBeCloseTo(1, 6);
    const many = forecastDistribution(items, []);
    // The same in the limit of many deals, by simulating the factor and the deals.
    const sums = Array.from({ length: 1500 }, () => {
      const more = shock(0.1, normalOf(r));
      return items.reduce((sum, i) => sum + (wins(i.probability, more, r) ? i.amount : 0), 0);
    }).sort((a, b) => a - b);
    expect(Math.abs(many.p10 / sums[150]! - 1)).toBeLessThan(0.06);
    expect(Math.abs(many.p90 / sums[1350]! - 1)).toBeLessThan(0.06);
  });
  it('covers 80% under a common shock, where independence does not', () => {
    const r = random(11);
    const items = Array.from({ length: 60 }, () => ({
      amount: 1000 * Math.exp(0.6 * normalOf(r)),
      probability: 0.1 + 0.4 * r(),
    }));
    const [ours, naive] = [
      forecastDistribution(items, [], 0.3),
      forecastDistribution(items, [], 0),
    ];
    let inside = 0;
    let insideNaive = 0;
    for (let n = 0; n < 600; n++) {
      const more = shock(0.3, normalOf(r));
      const sum = items.reduce((s, i) => s + (wins(i.probability, more, r) ? i.amount : 0), 0);
      if (sum >= ours.p10 && sum <= ours.p90) inside++;
      if (sum >= naive.p10 && sum <= naive.p90) insideNaive++;
    }
    expect(inside / 600).toBeGreaterThan(0.74);
    expect(inside / 600).toBeLessThan(0.87);
    expect(insideNaive / 600).toBeLessThan(0.7);
  });
  it('hangs on no single deal as large as a goal that is an estimate', () => {
    const deal = [{ amount: 100, probability: 0.5 }];
    const at = (goal: number, about: number): number => chanceToReach(0, deal, [], goal, 0, about);
    expect(at(99, 0) - at(101, 0)).toBeCloseTo(0.5, 9);
    for (let goal = 70; goal < 140; goal++) {
      expect(at(goal, 0.2) - at(goal + 1, 0.2)).toBeGreaterThanOrEqual(0);
      expect(at(goal, 0.2) - at(goal + 1, 0.2)).toBeLessThan(0.02);
    }
    expect(at(100, 0.2)).toBeCloseTo(0.25, 2);
    expect(at(83, 0.2)).toBeCloseTo(0.5, 9);
    expect(at(126, 0.2)).toBeCloseTo(0, 9);
  });
  it('never falls when any deal becomes likelier or is won', () => {
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1, maxLength: 12 }),
        fc.double({ min: 1, max: 3e6, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(0, 0.2),
        (items, goal, up, about) => {
          const [first, ...rest] = items;
          const chance = (won: number, of: typeof items): number =>
            chanceToReach(won, of, [], goal, undefined, about);
          const before = chance(0, items);
          const better = { ...first!, probability: Math.max(first!.probability, up) };
          expect(chance(0, [better, ...rest])).toBeGreaterThanOrEqual(before - 1e-9);
          expect(chance(first!.amount, rest)).toBeGreaterThanOrEqual(before - 1e-9);
        },
      ),
      { numRuns: 60 },
    );
  });
});

const normalOf = (r: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - r())) * Math.cos(2 * Math.PI * r());
/** Factor on the hazard of every win in a period; its mean is 1. */
const shock = (sd: number, z: number): number => Math.exp(sd * z - (sd * sd) / 2);
const wins = (p: number, more: number, r: () => number): boolean => r() < 1 - (1 - p) ** more;
