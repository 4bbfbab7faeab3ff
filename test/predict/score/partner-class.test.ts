/** Which partners to grow, to help, to review: never a review before something was tried. */
import { describe, expect, it } from 'vitest';
import { partnerClass, type ClassGiven } from '../../../src/predict/score/partner-class.ts';

const DAY_MS = 86_400_000;
const AT = { asOfMs: Date.UTC(2026, 10, 10), timeZone: 'UTC' };
const months = (...silent: number[]): number[] => [...new Array<number>(12).fill(1), ...silent];
const tried = (daysAgo: number) => ({
  ...{ partnerId: 'p', what: 'call day', by: 'Kim', why: 'silent' },
  atMs: AT.asOfMs - daysAgo * DAY_MS,
});
const of = (over: Partial<ClassGiven>) =>
  partnerClass({ attainment: 0.5, active: 0.9, signs: months(), tried: [], ...over }, 90, AT);
const SILENT = { active: 0.1, signs: months(0, 0, 0, 0, 0, 0, 0, 0, 0) };

describe('the class of a partner', () => {
  it('is grow on the way to its goal, and intervene behind it', () => {
    expect(of({ attainment: 1 })).toMatchObject({ name: 'grow', why: 'above', reviewOn: null });
    expect(of({ attainment: 0.99 })).toMatchObject({ name: 'intervene', why: 'behind' });
  });
  it('is never review before something was tried since it fell silent and had its time', () => {
    expect(of(SILENT)).toMatchObject({ name: 'intervene', why: 'untried', tried: [] });
    expect(of({ ...SILENT, attainment: 3 })).toMatchObject({ name: 'intervene' });
    expect(of({ ...SILENT, tried: [tried(400)] })).toMatchObject({ why: 'untried', tried: [] });
    expect(of({ ...SILENT, tried: [tried(89)] })).toMatchObject({
      name: 'intervene',
      why: 'waiting',
      reviewOn: '2026-11-11',
    });
    const due = of({ ...SILENT, tried: [tried(90)] });
    expect(due).toMatchObject({ name: 'review', why: 'tried', evidence: { silentMonths: 9 } });
    expect(due.tried).toHaveLength(1);
    expect(of({ ...SILENT, active: 0.5, tried: [tried(90)] })).toMatchObject({ why: 'behind' });
  });
  it('does not count what is noted after the moment, and leaves a new partner without a class', () => {
    expect(of({ ...SILENT, tried: [tried(-3)] })).toMatchObject({ why: 'untried' });
    expect(of({ active: 0.2, signs: [0, 0, 0] })).toMatchObject({ name: null, why: 'new' });
    expect(of({ active: 0.9, signs: [0, 0, 1], attainment: 2 })).toMatchObject({ name: 'grow' });
  });
});
