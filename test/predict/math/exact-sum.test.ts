import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addExact,
  exactSum,
  exactValue,
  type ExactSum,
} from '../../../src/predict/math/exact-sum.ts';

describe('exact sums', () => {
  it('keeps what plain addition loses', () => {
    expect(exactSum([1e100, 1, -1e100])).toBe(1);
    expect(exactSum(new Array(10).fill(0.1))).toBe(1);
  });
  it('does not depend on order or paging', () => {
    const value = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 30 }), fc.nat(30), (values, cut) => {
        const parts = [values.slice(cut), values.slice(0, cut)].map((page) => {
          const s: ExactSum = [];
          for (const v of page) addExact(s, v);
          return s;
        });
        const merged: ExactSum = [];
        for (const part of parts) for (const v of part) addExact(merged, v);
        expect(exactValue(merged)).toBe(exactSum(values));
        expect(exactSum([...values].reverse())).toBe(exactSum(values));
      }),
      { numRuns: 300 },
    );
  });
  it('survives a broken row', () => {
    expect(exactSum([1, NaN, Infinity, 2])).toBe(3);
  });
});
