import { describe, expect, it } from 'vitest';
import {
  dayEnd,
  dayStart,
  fiscalQuarter,
  isoDay,
  quartersBefore,
} from '../../../src/predict/math/calendar.ts';

describe('fiscal quarters in a time zone', () => {
  it('begins a calendar quarter at local midnight on both sides of a clock change', () => {
    const q = fiscalQuarter(Date.UTC(2026, 10, 10), 'Europe/Berlin', 1);
    expect(q.label).toBe('2026 Q4');
    expect(new Date(q.startMs).toISOString()).toBe('2026-09-30T22:00:00.000Z'); // summer time
    expect(new Date(q.endMs).toISOString()).toBe('2026-12-31T23:00:00.000Z'); // winter time
  });
  it('names a shifted fiscal year after the year it ends in', () => {
    expect(fiscalQuarter(Date.UTC(2026, 0, 15), 'UTC', 2)).toEqual({
      label: 'FY2026 Q4',
      startMs: Date.UTC(2025, 10, 1),
      endMs: Date.UTC(2026, 1, 1),
    });
    expect(fiscalQuarter(Date.UTC(2026, 1, 1), 'UTC', 2).label).toBe('FY2027 Q1');
  });
  it('decides by the wall clock of the zone, not by UTC', () => {
    const at = Date.UTC(2026, 11, 31, 23, 30);
    expect(fiscalQuarter(at, 'Europe/Berlin', 1).label).toBe('2027 Q1');
    expect(fiscalQuarter(at, 'America/New_York', 1).label).toBe('2026 Q4');
  });
  it('gives days of 23 and 25 hours their true length', () => {
    expect(dayEnd('2026-03-29', 'Europe/Berlin')! - dayStart('2026-03-29', 'Europe/Berlin')!).toBe(
      23 * 3_600_000,
    );
    expect(dayEnd('2026-10-25', 'Europe/Berlin')! - dayStart('2026-10-25', 'Europe/Berlin')!).toBe(
      25 * 3_600_000,
    );
  });
  it('starts a day whose midnight is skipped at the first moment that exists', () => {
    // Sao Paulo went from 23:59:59 to 01:00 on 2018-11-04.
    const start = dayStart('2018-11-04', 'America/Sao_Paulo')!;
    expect(isoDay(start, 'America/Sao_Paulo')).toBe('2018-11-04');
    expect(isoDay(start - 1, 'America/Sao_Paulo')).toBe('2018-11-03');
  });
  it('chains past quarters without a gap', () => {
    const q = fiscalQuarter(Date.UTC(2026, 10, 10), 'Australia/Sydney', 7);
    const past = quartersBefore(q, 8, 'Australia/Sydney');
    expect(past[0]!.endMs).toBe(q.startMs);
    for (let i = 1; i < past.length; i++) expect(past[i]!.endMs).toBe(past[i - 1]!.startMs);
    expect(fiscalQuarter(past[7]!.startMs, 'Australia/Sydney', 7)).toMatchObject({
      startMs: past[7]!.startMs,
      endMs: past[7]!.endMs,
    });
  });
  it('takes what is no date for unknown', () => {
    expect(dayStart('soon', 'UTC')).toBeNull();
    expect(dayStart(null, 'UTC')).toBeNull();
    expect(dayStart('2026-13-01', 'UTC')).toBeNull();
  });
});
