/** How few partners bring how much: with one left out in turn, as if the list were read anew. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { concentrationOf } from '../../../src/predict/score/value/concentration.ts';

const Z80 = 1.2815515655446004;
const share = (won: readonly number[]): number => {
  const sorted = [...won].sort((a, b) => b - a);
  const take = 0.2 * sorted.length;
  const whole = Math.floor(take);
  const top = sorted.slice(0, whole).reduce((sum, one) => sum + one, 0);
  const all = sorted.reduce((sum, one) => sum + one, 0);
  return all > 0 ? (top + (sorted[whole] ?? 0) * (take - whole)) / all : 0;
};
const effective = (won: readonly number[]): number => {
  const all = won.reduce((sum, one) => sum + one, 0);
  const squares = won.reduce((sum, one) => sum + one * one, 0);
  return squares > 0 ? (all * all) / squares : 0;
};
function reach(won: readonly number[], of: (won: readonly number[]) => number): number {
  const without = won.map((_, i) => of(won.filter((__, j) => j !== i)));
  const mean = without.reduce((sum, one) => sum + one, 0) / won.length;
  const spread = without.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return Z80 * Math.sqrt(((won.length - 1) / won.length) * spread);
}

it('property: the interval is that of the jackknife by its definition', () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 5, maxLength: 40 });
  fc.assert(
    fc.property(amounts, (won) => {
      const found = concentrationOf(won);
      if (won.every((one) => one === 0)) return expect(found).toBeNull();
      const { topFifth, effective: equal } = found!;
      expect(topFifth.value).toBeCloseTo(share(won), 9);
      expect(topFifth.high).toBeCloseTo(Math.min(1, share(won) + reach(won, share)), 9);
      expect(equal.value).toBeCloseTo(effective(won), 9);
      expect(equal.low).toBeCloseTo(Math.max(1, effective(won) - reach(won, effective)), 9);
    }),
  );
});
