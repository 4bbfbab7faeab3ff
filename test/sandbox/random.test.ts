import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/sandbox/random.ts';

const DRAWS = 40_000;

function moments(draw: () => number): { mean: number; variance: number } {
  const values = Array.from({ length: DRAWS }, draw);
  const mean = values.reduce((a, b) => a + b, 0) / DRAWS;
  return { mean, variance: values.reduce((a, b) => a + (b - mean) ** 2, 0) / DRAWS };
}

describe('random streams', () => {
  it('repeat with the seed and differ between seeds', () => {
    const draw = (seed: number) =>
      Array.from(
        { length: 5 },
        (
          (s) => () =>
            s.next()
        )(randomStream(seed)),
      );
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('do not shift when another stream is drawn from', () => {
    const quiet = randomStream(1);
    const busy = randomStream(1);
    for (let i = 0; i < 13; i++) busy.next();
    busy.fork('other', 3).next();
    expect(busy.fork('deal', 4).next()).toBe(quiet.fork('deal', 4).next());
  });

  it('tell neighbouring keys apart, large and negative ones too', () => {
    const root = randomStream(1);
    const firsts = new Set<number>();
    for (let i = -2000; i < 2000; i++) firsts.add(root.fork('deal', i).next());
    for (const key of ['a', 'b', 'ab', 'ba']) firsts.add(root.fork(key).next());
    for (const ms of [1_795_000_000_000, 1_795_000_000_001, 2_590_000_000_000])
      firsts.add(root.fork(ms).next());
    expect(firsts.size).toBe(4007);
  });

  it('first draws of sibling streams are uniform and uncorrelated', () => {
    const root = randomStream(5);
    const firsts = Array.from({ length: DRAWS }, (_, i) => root.fork('x', i).next());
    const mean = firsts.reduce((a, b) => a + b, 0) / DRAWS;
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / DRAWS));
    let lag = 0;
    for (let i = 1; i < DRAWS; i++) lag += ((firsts[i] ?? 0) - 0.5) * ((firsts[i - 1] ?? 0) - 0.5);
    expect(Math.abs(lag / DRAWS / (1 / 12))).toBeLessThan(4 / Math.sqrt(DRAWS));
  });

  const cases: [string, (s: ReturnType<typeof randomStream>) => number, number, number][] = [
    ['uniform', (s) => s.uniform(2, 4), 3, 4 / 12],
    ['normal', (s) => s.normal(1, 2), 1, 4],
    ['exponential', (s) => s.exponential(3), 3, 9],
    ['gamma of large shape', (s) => s.gamma(4, 0.5), 2, 1],
    ['gamma of small shape', (s) => s.gamma(0.4, 2), 0.8, 1.6],
    ['poisson small', (s) => s.poisson(0.3), 0.3, 0.3],
    ['poisson middling', (s) => s.poisson(12), 12, 12],
    ['poisson large', (s) => s.poisson(400), 400, 400],
    ['log of lognormal', (s) => Math.log(s.lognormal(10, 0.5)), Math.log(10), 0.25],
  ];
  it.each(cases)('%s has the stated mean and variance', (_name, draw, mean, variance) => {
    const stream = randomStream(11);
    const seen = moments(() => draw(stream));
    expect(Math.abs(seen.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / DRAWS));
    expect(Math.abs(seen.variance / variance - 1)).toBeLessThan(0.08);
  });

  it('weighted picks in proportion and never a zero weight', () => {
    const stream = randomStream(3);
    const seen = [0, 0, 0];
    for (let i = 0; i < DRAWS; i++) {
      const at = stream.weighted([1, 0, 3]);
      seen[at] = (seen[at] ?? 0) + 1;
    }
    expect(seen[1]).toBe(0);
    expect((seen[2] ?? 0) / DRAWS).toBeCloseTo(0.75, 1);
  });

  it('refuses to pick from nothing', () => {
    expect(() => randomStream(1).pick([])).toThrow(RangeError);
  });
});
