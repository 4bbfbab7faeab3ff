import { beforeAll, describe, expect, it } from 'vitest';
import { measureWorld } from './measure.ts';
import type { WorldRows } from './rows.ts';
import { calibrationSlope, coverageOf, integralOf, skillOf } from './stats.ts';

/**
 * Nobody tunes to these; the bars are wide enough for three small worlds and narrow enough for a
 * broken model.
 */
const SEEDS = [7001, 7002, 7003];

describe('scores and forecasts of three small worlds', () => {
  let worlds: WorldRows[] = [];
  beforeAll(() => {
    worlds = SEEDS.map((seed) =>
      measureWorld({ seed, partners: 24, deals: 900, shockSd: 0, years: 1 }),
    );
  });
  const scores = (): WorldRows['scores'] => worlds.flatMap((world) => world.scores);

  it('say of plans about what happens to them, and more than a base rate would', () => {
    const planned = scores().filter((row) => row.elapsed !== null && row.elapsed > 0.3);
    const { skill, oracle } = skillOf(planned);
    expect(skill).toBeGreaterThan(0.6 * oracle);
    expect(calibrationSlope(planned)).toBeGreaterThan(0.6);
    expect(calibrationSlope(planned)).toBeLessThan(1.8);
  });

  it('give intervals that hold the quarter about as often as they say', () => {
    const rows = worlds.flatMap((w) => w.forecasts.map((row) => ({ ...row, seed: w.seed })));
    expect(coverageOf(rows)['coverage80']).toBeGreaterThan(0.6);
    const quarters = worlds.flatMap((w) => w.partners.map((row) => ({ ...row, seed: w.seed })));
    expect(integralOf(quarters)['middle80']).toBeGreaterThan(0.72);
    expect(integralOf(quarters)['middle80']).toBeLessThan(0.88);
  });

  it('are the same when measured again', () => {
    const size = { seed: 7004, partners: 6, deals: 120, shockSd: 0.15, years: 1 } as const;
    expect(measureWorld(size)).toEqual(measureWorld(size));
  });
});

describe('the measures themselves', () => {
  const rows = Array.from({ length: 2000 }, (_, i) => {
    const odds = ((i % 20) - 9.5) / 3;
    const chance = 1 / (1 + Math.exp(-odds));
    return {
      partner: `p${i % 50}`,
      elapsed: 0.5,
      said: chance,
      happened: (i * 7919) % 2000 < chance * 2000 ? 1 : 0,
      oracle: chance,
    };
  });

  it('find a slope of 1 where the truth was said, and of a half where it was said twice as boldly', () => {
    const slope = calibrationSlope(rows);
    expect(slope).toBeGreaterThan(0.85);
    expect(slope).toBeLessThan(1.15);
    const bold = rows.map((row) => {
      const odds = Math.log(row.said / (1 - row.said));
      return { ...row, said: 1 / (1 + Math.exp(-2 * odds)) };
    });
    expect(calibrationSlope(bold)).toBeCloseTo(slope / 2, 1);
  });

  it('spread a tie evenly over its mass', () => {
    const tied = integralOf([{ seed: 1, quarter: 'q', low: 0, high: 1 }]);
    expect(tied['middle80']).toBeCloseTo(0.8);
    expect(tied['below']).toBeCloseTo(0.1);
  });
});
