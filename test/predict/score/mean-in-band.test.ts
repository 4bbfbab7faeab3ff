import { expect, it } from 'vitest';
import { scorePartner } from '../../../src/predict/index.ts';
import { aroundMean } from '../../../src/predict/math/interval.ts';
import { valuesOfPartners } from '../../../src/predict/score/value/values.ts';
import { contextAt, partnerOf, planOf, poolOf, world } from '../../properties/world.ts';

const context = contextAt(Date.UTC(2026, 11, 20));
const partners = world(5);
const pool = poolOf(partners, context);

it('expected attainment lies in the band beside it, also where most likely nothing is won', () => {
  const idle = partnerOf('idle', [], [planOf(200_000)]);
  const { partner } = scorePartner(idle, pool, context);
  expect(partner.expectedAttainment).toBeGreaterThan(0);
  expect(partner.expectedAttainmentLow).toBe(0);
  expect(partner.expectedAttainmentHigh).toBe(partner.expectedAttainment);
  for (const one of partners) {
    const { partner: score } = scorePartner(one, pool, context);
    expect(score.expectedAttainmentLow).toBeLessThanOrEqual(score.expectedAttainment);
    expect(score.expectedAttainmentHigh).toBeGreaterThanOrEqual(score.expectedAttainment);
  }
});

it('so does what a partner is worth', () => {
  const months = (wins: number): number[] =>
    Array.from({ length: 36 }, (_, m) => (m < wins ? 1000 * (1 + m) : 0));
  const sellers = Array.from({ length: 12 }, (_, i) => ({
    ...{ id: `s${i}`, type: null, months: months(i % 4) },
  }));
  for (const { value1y, value3y } of valuesOfPartners(sellers, 0.1).values())
    for (const { mean, low, high } of [value1y, value3y]) {
      expect(low).toBeLessThanOrEqual(mean);
      expect(high).toBeGreaterThanOrEqual(mean);
    }
});

it('a band that holds the mean stays as it is', () => {
  expect(aroundMean(5, 2, 9)).toEqual({ low: 2, high: 9 });
  expect(aroundMean(5, 0, 0)).toEqual({ low: 0, high: 5 });
});
