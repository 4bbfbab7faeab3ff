import { describe, expect, it } from 'vitest';
import type { MeasureContext } from '../../../src/model/facts.ts';
import { dayEnd, dayStart, fiscalQuarter } from '../../../src/predict/math/calendar.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { expectedShare } from '../../../src/predict/plan/pace.ts';
import { contextAt } from '../../properties/world.ts';

const ZONE = 'Europe/Berlin';
/** Nine wins in ten come in the last tenth of a quarter. */
const LATE = Array.from({ length: 101 }, (_, i) =>
  i <= 90 ? i / 900 : 0.1 + (0.9 * (i - 90)) / 10,
);
const EVEN = Array.from({ length: 101 }, (_, i) => i / 100);

/** Expected at the end of a day of a period that is given by its first and last day. */
function expected(
  days: [string, string],
  today: string,
  { curve = LATE, fiscal = 1 }: { curve?: number[]; fiscal?: number } = {},
): number {
  const asOfMs = dayEnd(today, ZONE)!;
  const period = fiscalQuarter(asOfMs, ZONE, fiscal);
  const context: MeasureContext = contextAt(asOfMs, { period });
  return expectedShare(dayStart(days[0], ZONE)!, dayEnd(days[1], ZONE)!, context, curve);
}

describe('the share of a goal that should stand by now', () => {
  it('is a quarter of a year at each quarter, whatever the curve and the fiscal year', () => {
    const year: [string, string] = ['2026-01-01', '2026-12-31'];
    expect(expected(year, '2026-03-31')).toBeCloseTo(0.25, 12);
    expect(expected(year, '2026-09-30')).toBeCloseTo(0.75, 12);
    const fiscal: [string, string] = ['2025-11-01', '2026-10-31'];
    expect(expected(fiscal, '2026-01-31', { fiscal: 11 })).toBeCloseTo(0.25, 12);
    expect(expected(fiscal, '2026-07-31', { fiscal: 11 })).toBeCloseTo(0.75, 12);
  });

  it('follows the curve within a quarter: 81 of its 90 days bring a tenth', () => {
    const quarter: [string, string] = ['2026-01-01', '2026-03-31'];
    expect(expected(quarter, '2026-03-22')).toBeCloseTo(0.1, 2);
    expect(expected(quarter, '2026-03-22', { curve: EVEN })).toBeCloseTo(0.9, 2);
  });

  it('follows it in the months of a 4-4-5 calendar: the last one holds the end of the quarter', () => {
    const [first, last]: [string, string][] = [
      ['2027-01-03', '2027-01-30'],
      ['2027-02-28', '2027-04-03'],
    ];
    // No quarter ends in the first, so its wins come evenly; the end of March lies in the last.
    expect(expected(first!, '2027-01-16')).toBeCloseTo(0.5, 6);
    expect(expected(last!, '2027-03-20')).toBeLessThan(0.05);
    expect(expected(last!, '2027-03-31')).toBeGreaterThan(0.95);
  });

  it('follows it in ninety days from the middle of a quarter', () => {
    const ramp: [string, string] = ['2026-02-15', '2026-05-15'];
    expect(expected(ramp, '2026-03-31')).toBeGreaterThan(0.9);
    expect(expected(ramp, '2026-03-20')).toBeLessThan(0.1);
  });

  it('never falls, begins at nothing and ends at all of it', () => {
    const odd: [string, string] = ['2026-02-11', '2027-05-07'];
    let before = expected(odd, '2026-02-10');
    expect(before).toBe(0);
    for (let day = 0; day < 460; day += 3) {
      const today = new Date(Date.UTC(2026, 1, 11) + day * DAY_MS).toISOString().slice(0, 10);
      const now = expected(odd, today);
      expect(now).toBeGreaterThanOrEqual(before);
      before = now;
    }
    expect(expected(odd, '2027-05-07')).toBe(1);
    expect(expected(odd, '2027-06-30')).toBe(1);
  });
});
