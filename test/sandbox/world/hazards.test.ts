import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/sandbox/random.ts';
import { quarterPace } from '../../../src/sandbox/world/calendar.ts';
import { liveDeal, winChance } from '../../../src/sandbox/world/hazards.ts';

const logit = (p: number): number => Math.log(p / (1 - p));

describe('the life of a deal', () => {
  it('has its win chance moved by one logit per unit of quality', () => {
    for (const [low, high] of [
      [-1, 0],
      [-0.5, 0.5],
      [0, 1],
    ] as const) {
      expect((logit(winChance(high)) - logit(winChance(low))) / (high - low)).toBeGreaterThan(0.85);
      expect((logit(winChance(high)) - logit(winChance(low))) / (high - low)).toBeLessThan(1.15);
    }
  });

  it.each([-1, 0, 1])('wins as often as the exact chance says, quality %d', (quality) => {
    const lives = 20_000;
    let won = 0;
    for (let i = 0; i < lives; i++)
      if (liveDeal(randomStream(3).fork(i), quality, 2900 + (i % 52), quarterPace).won) won += 1;
    const p = winChance(quality);
    // The hurry at quarter end shifts a few outcomes, hence a little more than
    // sampling error is allowed.
    expect(Math.abs(won / lives - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / lives) + 0.012);
  });

  it('ends more often in the last weeks of a quarter', () => {
    const wonIn = new Array<number>(13).fill(0);
    const firstWeek = 2948; // the week of 2026-06-29: quarters start about here
    for (let i = 0; i < 40_000; i++) {
      const start = firstWeek + (i % 13);
      const life = liveDeal(randomStream(9).fork(i), 0, start, quarterPace);
      const week = (start + life.endWeek - firstWeek) % 13;
      if (life.won && life.endWeek < 26) wonIn[week] = (wonIn[week] ?? 0) + 1;
    }
    const sum = (from: number, to: number): number =>
      wonIn.slice(from, to).reduce((a, b) => a + b, 0);
    expect(sum(10, 13)).toBeGreaterThan(1.3 * sum(0, 3));
  });
});
