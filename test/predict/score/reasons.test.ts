import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundReasons, type Step } from '../../../src/predict/score/reasons.ts';

const step = (code: string, points: number): Step => ({ code, points, text: () => code });

describe('reasons', () => {
  it('gives the missing tenth to what was cut the most', () => {
    // 10 + 1.26 + 2.27 + 3.27 = 16.8: cut to 1.2 + 2.2 + 3.2 leaves two tenths for the two largest
    // remainders; equal ones go by order.
    expect(
      roundReasons(10, 16.8, [step('a', 1.26), step('b', 2.27), step('c', 3.27)]).map(
        (r) => r.points,
      ),
    ).toEqual([1.2, 2.3, 3.3]);
  });
  it('leaves out what comes to nothing', () => {
    expect(roundReasons(50, 51, [step('a', 0.01), step('b', 0.99)])).toEqual([
      { code: 'b', points: 1, text: 'b' },
    ]);
  });
  it('adds up exactly in tenths', () =>
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -40, max: 40, noNaN: true }), { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (points, from) => {
          const base = Math.round(from * 10) / 10;
          const total = Math.round((from + points.reduce((a, b) => a + b, 0)) * 10) / 10;
          const sum = roundReasons(
            base,
            total,
            points.map((p, i) => step(String(i), p)),
          ).reduce((a, r) => a + Math.round(r.points * 10), 0);
          expect(Math.round(base * 10) + sum - Math.round(total * 10)).toBeCloseTo(0, 9);
        },
      ),
      { numRuns: 300 },
    ));
});
