import { describe, expect, it } from 'vitest';
import { historyOf } from '../../../src/predict/win/features/history.ts';
import { winProbability } from '../../../src/predict/win/model/probability.ts';
import { KNOWN } from './bad-deals.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { modelOf, NOW, VIEW } from './pipeline.ts';

/** Deals that nobody ever marked as lost, two years old and silent since their first week. */
const forgotten = KNOWN.slice(0, 120).map((deal, i) => {
  const createdMs = NOW - (700 + (i % 20)) * DAY_MS;
  return {
    ...deal,
    id: `f${i}`,
    createdMs,
    stage: 'new',
    closedMs: null,
    events: [{ atMs: createdMs, stage: 'new', amount: 5000, closeDate: null }],
    activities: [],
    quotes: [],
    tasks: [],
  };
});

describe('deals that nobody marks as lost', () => {
  const without = modelOf(KNOWN);
  const withThem = modelOf([...KNOWN, ...forgotten]);

  it('crowd hardly any others out of what a model learns from', () => {
    expect(withThem.deals.held).toBe(KNOWN.length + forgotten.length);
    // Snapshots stand further apart, so that a deal of a few days may fall between two of them.
    expect(withThem.deals.resolved).toBeGreaterThan(0.95 * without.deals.resolved);
  });

  it('count as often as they stood open all the same: the average deal is won less often', () => {
    const rate = (model: typeof without): number => 1 / (1 + Math.exp(-model.steps[0]!.baseOdds));
    // 700 deals of about a month each, beside 120 of two years.
    expect(rate(withThem) / rate(without)).toBeLessThan(0.4);
    expect(rate(withThem) / rate(without)).toBeGreaterThan(0.05);
    const lost = historyOf(forgotten[0]!, NOW, VIEW)!;
    expect(winProbability(withThem, lost, NOW, NOW + 14 * DAY_MS).probability).toBeLessThan(0.02);
  });
});
