import { describe, expect, it } from 'vitest';
import {
  clusteredError,
  simplestWithinError,
  standingsOf,
} from '../../../src/predict/win/model/contest.ts';

const flat = (name: string, loss: number[]): { name: string; loss: number[] } => ({ name, loss });

describe('the contest', () => {
  it('takes the simplest that lies within one standard error of the best, not the best itself', () => {
    const deals = [1, 2, 3, 4];
    const noisy = standingsOf(
      [flat('simple', [0.5, 0.3, 0.6, 0.4]), flat('best', [0.3, 0.5, 0.4, 0.58])],
      deals,
    );
    expect(noisy[1]!.behind).toBe(0);
    expect(noisy[0]!.behind).toBeGreaterThan(0);
    expect(simplestWithinError(noisy).name).toBe('simple');
    const clear = standingsOf(
      [flat('simple', [0.51, 0.5, 0.52, 0.5]), flat('best', [0.41, 0.4, 0.42, 0.4])],
      deals,
    );
    expect(simplestWithinError(clear).name).toBe('best');
  });
  it('does not take four snapshots of one deal for four deals', () => {
    const difference = [0.2, 0.2, -0.2, -0.2];
    expect(clusteredError(difference, [1, 1, 2, 2])).toBeCloseTo(Math.sqrt(0.32) / 4, 12);
    expect(clusteredError(difference, [1, 2, 3, 4])).toBeCloseTo(Math.sqrt(0.16) / 4, 12);
  });
});
