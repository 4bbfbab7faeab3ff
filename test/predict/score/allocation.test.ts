/** What is spent on partners: the total stays, and follows what they are worth. */
import { describe, expect, it } from 'vitest';
import { allocate, type Spent } from '../../../src/predict/score/allocation.ts';
import { random } from '../../properties/world.ts';

const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);

describe('allocation', () => {
  it('conserves the total, whatever is spent and worth, and gives more to what is worth more', () => {
    const r = random(7);
    for (let round = 0; round < 50; round++) {
      const partners: Spent[] = Array.from({ length: 1 + Math.floor(40 * r()) }, (_, i) => ({
        id: String(i),
        now: r() < 0.3 ? 0 : 100 * r() ** 3,
        value: r() < 0.2 ? 0 : 1e6 * r() ** 2,
      }));
      const found = allocate(partners);
      if (found === null) continue;
      const total = sum(partners.map(({ now }) => now));
      expect(sum(found.map(({ suggested }) => suggested))).toBeCloseTo(total, 6);
      const order = [...partners.keys()].sort((a, b) => partners[a]!.value - partners[b]!.value);
      const given = order.map((i) => found[i]!.suggested);
      given.forEach((one, i) => expect(one).toBeGreaterThanOrEqual((given[i - 1] ?? 0) - 1e-9));
    }
  });
  it('makes one more worth the same wherever any is spent', () => {
    const partners = [900, 500, 400, 5].map((value, i) => ({ id: String(i), now: 10 * i, value }));
    const found = allocate(partners)!;
    const usual = sum(partners.map(({ now }) => now)) / partners.length;
    const marginal = found.flatMap(({ suggested }, i) =>
      suggested > 0 ? [partners[i]!.value / (usual + suggested)] : [],
    );
    expect(marginal.length).toBe(3);
    for (const one of marginal) expect(one / marginal[0]!).toBeCloseTo(1, 6);
    // Who asks loudest and is worth least has the least from one more.
    expect(found[3]!.marginal).toBeLessThan(found[0]!.marginal);
    expect(found[3]!.suggested).toBe(0);
  });
  it('says nothing where nothing is spent or worth, and leaves one partner alone', () => {
    expect(allocate([])).toBeNull();
    expect(allocate([{ id: 'a', now: 0, value: 5 }])).toBeNull();
    expect(allocate([{ id: 'a', now: 5, value: 0 }])).toBeNull();
    expect(allocate([{ id: 'a', now: 5, value: 9 }])).toMatchObject([
      { suggested: 5, marginal: 1 },
    ]);
  });
});
