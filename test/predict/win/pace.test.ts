import { describe, expect, it } from 'vitest';
import { dealAt } from '../../../src/predict/deal/deal-at.ts';
import { exposureDays, priorHazards } from '../../../src/predict/win/pool-finish.ts';
import { COHORT_WEEKS } from '../../../src/predict/tuning.ts';
import { addPace, finishPace, gammaPrior, startPace } from '../../../src/predict/win/pace-fit.ts';
import { AS_OF, contextAt, dealOf } from '../../properties/world.ts';

const AS_OF_MS = Date.parse('2026-11-18T13:06:32Z');
const SECOND_MS = 1000;
const DAY_MS = 86_400_000;

describe('the pace of new deals', () => {
  it('of a single partner hangs on no second of the day', () => {
    const shapes = Array.from({ length: 200 }, (_, i) => {
      const asOfMs = AS_OF_MS + 19 * i * SECOND_MS;
      const fit = startPace();
      const spans = [0, 1, 0, 2, 1, 0, 1, 0].map((n) =>
        Array.from({ length: n }, () => ({ sale: { won: [], amounts: [40_000] }, parts: 28 })),
      );
      fit.moved.set('p', spans);
      const partners = new Map([['p', { firstMs: AS_OF_MS - 400 * DAY_MS }]]);
      return finishPace(fit, partners, asOfMs, priorHazards(COHORT_WEEKS), () => 1).shape;
    });
    expect(new Set(shapes).size).toBe(1);
  });

  it('takes a deal from one span to the next bit by bit, and counts it once wherever it stands', () => {
    const deal = dealOf('d', AS_OF - 400 * DAY_MS, [[1, 'Qualified']]);
    const sold = { ...deal, partnerId: 'p' };
    let before: number[] | null = null;
    for (let days = 0; days < 380; days++) {
      const asOfMs = AS_OF - 399 * DAY_MS + days * DAY_MS;
      const fit = startPace();
      addPace(
        fit,
        { ...dealAt(sold, asOfMs, contextAt())!, provenMs: AS_OF - 399 * DAY_MS },
        { won: [], amounts: [40_000] },
        asOfMs,
      );
      const counts = fit.moved
        .get('p')!
        .map((span) => span.reduce((sum, { parts }) => sum + parts, 0));
      expect(counts.reduce((sum, parts) => sum + parts, 0)).toBe(28);
      for (const [i, parts] of counts.entries())
        expect(Math.abs(parts - (before ?? counts)[i]!)).toBeLessThanOrEqual(1);
      before = counts;
    }
    expect(before).toEqual([0, 0, 0, 0, 28, 0, 0, 0]);
  });

  it('nor does the rate of its wins', () => {
    const firstMs = AS_OF_MS - 400 * DAY_MS;
    const shapes = Array.from(
      { length: 500 },
      (_, i) => gammaPrior([[7, exposureDays(firstMs, AS_OF_MS + 19 * i * SECOND_MS)]]).shape,
    );
    expect(new Set(shapes).size).toBe(1);
  });
  it('of partners that differ as chance would have it jumps nowhere', () => {
    const shapes = Array.from(
      { length: 200 },
      (_, i) =>
        gammaPrior([
          [4 + i / 50, 365],
          [4 - i / 50, 365],
          [4, 365],
          [4, 365],
        ]).shape,
    );
    const steps = shapes.slice(1).map((shape, i) => Math.abs(shape / shapes[i]! - 1));
    expect(Math.max(...steps)).toBeLessThan(0.2);
  });
});
