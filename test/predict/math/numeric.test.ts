import { describe, expect, it } from 'vitest';
import {
  normalCdf,
  normalQuantile,
  shiftOdds,
  trigamma,
} from '../../../src/predict/math/numeric.ts';

describe('special functions against published values', () => {
  it('normal', () => {
    expect(normalCdf(1)).toBeCloseTo(0.8413447460685429, 13);
    expect(normalCdf(-4)).toBeCloseTo(3.167124183311992e-5, 13);
    expect(normalQuantile(0.9)).toBeCloseTo(1.2815515655446004, 11);
    expect(normalQuantile(1e-6)).toBeCloseTo(-4.753424308822899, 8);
  });
  it('trigamma', () => {
    expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 10);
    expect(trigamma(0.5)).toBeCloseTo(Math.PI ** 2 / 2, 10);
  });
  it('odds', () => {
    expect(shiftOdds(0.5, Math.log(3))).toBeCloseTo(0.75, 12);
    expect(shiftOdds(0, 9)).toBe(0);
  });
});
