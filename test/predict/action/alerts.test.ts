import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertRule, AlertState } from '../../../src/model/alert.ts';
import { alertDue, judgeAlert } from '../../../src/predict/index.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.parse('2026-11-16T09:00:00Z');
const rule = (change: Partial<AlertRule> = {}): AlertRule => ({
  ...{ id: 'behind', on: 'partner.score', below: 30, channels: ['crew'], cooldownDays: 14 },
  ...change,
});

/** The days on which a rule tells of a number that is looked at once a day. */
function toldOn(values: readonly number[], one: AlertRule): number[] {
  let state: AlertState | null = null;
  let toldMs: number | null = null;
  return values.flatMap((value, day) => {
    const nowMs = START_MS + day * DAY_MS;
    const measured = { on: one.on, subject: 'partner:p1', ownerId: null, value };
    const judged = judgeAlert(one, measured, state, toldMs, nowMs);
    state = judged.state;
    if (judged.told === null) return [];
    toldMs = nowMs;
    return [day];
  });
}

describe('an alert rule', () => {
  it('tells once when a number leaves its limit, and again only after it came back', () => {
    const away = [40, 29, 20, 29, 31, 29, 40, ...Array<number>(20).fill(40), 25];
    expect(toldOn(away, rule())).toEqual([1, 27]);
    // 31 is back over 30, but not by the hysteresis.
    const soon = { cooldownDays: 0 };
    expect(toldOn([40, 29, 31, 29, 40, 29], rule(soon))).toEqual([1, 5]);
    expect(toldOn([40, 29, 31, 29, 40, 29], rule({ ...soon, hysteresis: 0.5 }))).toEqual([1, 3, 5]);
  });
  it('tells both ways, each with its own limit', () => {
    const both = rule({ above: 70, cooldownDays: 0 });
    expect(toldOn([50, 75, 50, 20, 90], both)).toEqual([1, 3, 4]);
  });
  it('tells at most once in a cooldown, whatever a number does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 120 }), (values) => {
        const days = toldOn(values, rule({ above: 70 }));
        for (let i = 1; i < days.length; i++)
          expect(days[i]! - days[i - 1]!).toBeGreaterThanOrEqual(14);
      }),
      { numRuns: 200 },
    );
    const flapping = Array.from({ length: 92 }, (_, day) => (day % 2 === 0 ? 10 : 90));
    expect(toldOn(flapping, rule({ above: 70 }))).toHaveLength(7);
  });
  it('tells after the cooldown what still holds', () => {
    const again = [20, 90, ...Array<number>(20).fill(10)];
    expect(toldOn(again, rule())).toEqual([0, 14]);
  });
});

describe('when an alert is sent', () => {
  const night = { quietHours: { from: '18:00', until: '08:00', weekends: true } };
  const at = (iso: string, zone: string, digest?: 'day' | 'week'): string =>
    new Date(alertDue(Date.parse(iso), night, zone, digest)).toISOString();

  it('waits for the morning and for Monday in the zone of the owner', () => {
    expect(at('2026-11-16T12:00:00Z', 'Europe/Berlin')).toBe('2026-11-16T12:00:00.000Z');
    expect(at('2026-11-16T20:00:00Z', 'Europe/Berlin')).toBe('2026-11-17T07:00:00.000Z');
    expect(at('2026-11-16T20:00:00Z', 'America/New_York')).toBe('2026-11-16T20:00:00.000Z');
    expect(at('2026-11-20T19:00:00Z', 'Europe/Berlin')).toBe('2026-11-23T07:00:00.000Z');
    expect(at('2026-11-17T02:00:00Z', 'UTC')).toBe('2026-11-17T08:00:00.000Z');
  });
  it('goes by the wall clock on the days on which it changes', () => {
    const late = { quietHours: { from: '18:00', until: '08:00', weekends: false } };
    const due = (iso: string, digest?: 'day'): string =>
      new Date(alertDue(Date.parse(iso), late, 'Europe/Berlin', digest)).toISOString();
    // 08:00 in summer time, and in winter time.
    expect(due('2026-03-29T00:30:00Z')).toBe('2026-03-29T06:00:00.000Z');
    expect(due('2026-10-25T00:30:00Z')).toBe('2026-10-25T07:00:00.000Z');
    // 17:30 and 18:00 on the same two days.
    expect(due('2026-03-29T16:00:00Z')).toBe('2026-03-30T06:00:00.000Z');
    expect(due('2026-10-25T16:30:00Z')).toBe('2026-10-25T16:30:00.000Z');
    expect(due('2026-10-24T12:00:00Z', 'day')).toBe('2026-10-25T07:00:00.000Z');
  });
  it('keeps a digest until the next morning, or the next Monday', () => {
    expect(at('2026-11-17T12:00:00Z', 'UTC', 'day')).toBe('2026-11-18T08:00:00.000Z');
    expect(at('2026-11-17T12:00:00Z', 'UTC', 'week')).toBe('2026-11-23T08:00:00.000Z');
  });
});
