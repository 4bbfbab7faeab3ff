import { describe, expect, it } from 'vitest';
import { eceNoise95, judge } from '../../../src/predict/math/judge.ts';
import { random } from '../../properties/world.ts';

describe('judging probabilities', () => {
  it('gives the known figures of four cases', () => {
    const { logLoss, brier, auc } = judge({
      p: [0.9, 0.6, 0.6, 0.2],
      happened: [true, true, false, false],
    });
    expect(logLoss).toBeCloseTo(
      (-Math.log(0.9) - Math.log(0.6) - Math.log(0.4) - Math.log(0.8)) / 4,
      12,
    );
    expect(brier).toBeCloseTo((0.01 + 0.16 + 0.36 + 0.04) / 4, 12);
    expect(auc).toBe((1 + 1 + 0.5 + 1) / 4);
  });
  it('finds the calibration error of ten equal tenths', () => {
    const p = Array.from({ length: 100 }, (_, i) => Math.floor(i / 10) / 10 + 0.05);
    // Every tenth happens one time in ten more often than it is said, but for the last.
    const happened = p.map((value, i) => i % 10 < Math.round(10 * (value + 0.05)));
    expect(judge({ p, happened }).ece).toBeCloseTo(0.05, 12);
  });
  it('takes one probability for all as one tenth', () => {
    const happened = [true, false, false, false];
    expect(judge({ p: [0.5, 0.5, 0.5, 0.5], happened }).ece).toBeCloseTo(0.25, 12);
    expect(judge({ p: [0.5, 0.5, 0.5, 0.5], happened }).auc).toBe(0.5);
  });
  it('knows what chance alone shows: less with more cases', () => {
    const noise = (n: number): number => {
      const r = random(1);
      return eceNoise95(
        Array.from({ length: n }, () => r()),
        random(2),
        300,
      );
    };
    expect(noise(50)).toBeGreaterThan(0.14);
    expect(noise(50)).toBeLessThan(0.25);
    expect(noise(2000)).toBeLessThan(0.035);
  });
});
