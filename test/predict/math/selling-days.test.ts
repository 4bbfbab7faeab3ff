import { describe, expect, it } from 'vitest';
import { sellingDays } from '../../../src/predict/math/selling-days.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';

const startMs = Date.parse('2026-07-01T00:00:00Z');
const endMs = Date.parse('2026-10-01T00:00:00Z');
/** Half of the wins come in the last fifth of the quarter. */
const curve = Array.from({ length: 101 }, (_, i) =>
  i <= 80 ? i / 160 : 0.5 + (0.5 * (i - 80)) / 20,
);
const quarter = { startMs, endMs, curve };

describe('selling days', () => {
  it('of a whole quarter are its days, and those of its parts add up to them', () => {
    expect(sellingDays(quarter, startMs, endMs)).toBeCloseTo(92, 9);
    let sum = 0;
    for (let ms = startMs; ms < endMs; ms += DAY_MS) sum += sellingDays(quarter, ms, ms + DAY_MS);
    expect(sum).toBeCloseTo(92, 9);
  });

  it('are many at the end of a quarter and few at its beginning', () => {
    expect(sellingDays(quarter, endMs - 10 * DAY_MS, endMs)).toBeCloseTo(25, 9);
    expect(sellingDays(quarter, startMs, startMs + 10 * DAY_MS)).toBeCloseTo(6.25, 9);
    // The next quarter begins as slowly as this one did.
    const after = sellingDays(quarter, endMs, endMs + 10 * DAY_MS);
    expect(after).toBeGreaterThan(6);
    expect(after).toBeLessThan(6.5);
  });

  it('grow with every hour, a year on as well', () => {
    for (const fromMs of [startMs + 9 * DAY_MS, startMs - 200 * DAY_MS]) {
      let last = 0;
      for (let days = 0.5; days < 400; days += 0.5) {
        const now = sellingDays(quarter, fromMs, fromMs + days * DAY_MS);
        expect(now).toBeGreaterThan(last);
        last = now;
      }
      expect(last).toBeGreaterThan(380);
      expect(last).toBeLessThan(426);
    }
  });

  it('are days where nothing is known of a quarter, none backwards and without end for ever', () => {
    expect(sellingDays(undefined, startMs, startMs + 5 * DAY_MS)).toBe(5);
    expect(sellingDays({ ...quarter, endMs: startMs }, startMs, startMs + 5 * DAY_MS)).toBe(5);
    expect(sellingDays(quarter, endMs, startMs)).toBe(0);
    expect(sellingDays(quarter, startMs, Infinity)).toBe(Infinity);
  });
});
