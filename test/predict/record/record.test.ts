import { describe, expect, it } from 'vitest';
import type { JudgedStatement, TrackRecord } from '../../../src/model/record.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { shareOf } from '../../../src/predict/record/estimate.ts';
import { chanceLine, recordLine } from '../../../src/predict/record/sentences.ts';
import { trackRecord } from '../../../src/predict/record/track-record.ts';
import { verdictOn } from '../../../src/predict/record/verdict.ts';
import { deals, DUE_MS, statement } from './statements.ts';

const COUNTS = { statements: 0, ended: 0, untold: 0, sinceMs: null, nextDueMs: null };
const recordOf = (judged: JudgedStatement[]): TrackRecord => trackRecord('live', COUNTS, judged);
const dealsOf = (judged: JudgedStatement[]) => recordOf(judged).chances[0]!;

describe('the record of what was said', () => {
  it('counts a deal once, however often it was spoken of', () => {
    const once = Array.from({ length: 40 }, (_, i) =>
      statement({ subjectId: `d${i}`, happened: i < 10 }),
    );
    const often = once.flatMap((one, i) =>
      Array.from({ length: i < 10 ? 60 : 1 }, (_, day) => ({
        ...one,
        saidMs: one.saidMs - day * DAY_MS,
      })),
    );
    const [a, b] = [dealsOf(once), dealsOf(often)];
    expect(b.statements).toBe(630);
    expect(b.n).toBe(40);
    expect(b.happened).toBeCloseTo(0.25, 12);
    expect(b.logLoss.value).toBeCloseTo(a.logLoss.value, 12);
    expect(b.bins).toEqual(a.bins);
  });

  it('says in a sentence what became of deals that were given a chance', () => {
    const judged = Array.from({ length: 120 }, (_, i) =>
      statement({ subjectId: `d${i}`, chance: 0.21 + (i % 8) / 100, happened: i % 15 < 4 }),
    );
    const record = recordOf(judged);
    expect(recordLine(record)).toBe('of 120 deals given 20 to 30%, 27% were won');
    expect(chanceLine(record, 'deal', 0.29)).toBe('Of 120 deals given 20 to 30%, 27% were won.');
    expect(chanceLine(record, 'deal', 0.31)).toBeNull();
    expect(chanceLine({ ...record, source: 'replayed' }, 'deal', 0.2)).toBe(
      'Replayed on the past: Of 120 deals given 20 to 30%, 27% were won.',
    );
  });

  it('counts how often an interval held, and leaves out what was decided or cannot be told', () => {
    const forecast = (i: number, amount: number | null, low = 90): JudgedStatement =>
      statement({
        ...{ kind: 'partner-forecast', subjectId: `p${i}`, chance: null, happened: null, amount },
        ...{ mean: 100, low, middle: 100, high: 110 },
      });
    const judged = [
      ...Array.from({ length: 31 }, (_, i) => forecast(i, 100)),
      ...Array.from({ length: 6 }, (_, i) => forecast(100 + i, 50)),
      ...Array.from({ length: 3 }, (_, i) => forecast(200 + i, 111)),
      forecast(300, null),
      forecast(301, 110, 110),
    ];
    const record = recordOf(judged);
    const [amounts] = record.amounts;
    expect(recordLine(record)).toBe('80% intervals held 31 of 40 partner-quarters');
    expect([amounts!.n, amounts!.below, amounts!.above]).toEqual([40, 0.15, 0.075]);
    expect(amounts!.held.low).toBeGreaterThan(0.6);
    expect(amounts!.held.high).toBeLessThan(0.9);
  });

  it('has nothing to say of nothing', () => {
    expect(recordLine(recordOf([]))).toBeNull();
    expect(recordOf([statement({ happened: null })]).chances).toEqual([]);
    expect(chanceLine(null, 'deal', 0.5)).toBeNull();
    // What was decided when it was said is no feat.
    expect(recordOf([statement({ chance: 1, happened: true })]).chances).toEqual([]);
  });

  it('does not depend on the order of the statements', () => {
    const judged = deals(3, 200, 0.5);
    expect(JSON.stringify(recordOf([...judged].reverse()))).toBe(JSON.stringify(recordOf(judged)));
  });

  it('gives shares of a few an interval that holds about as often as it says', () => {
    for (const p of [0.05, 0.3, 0.8]) {
      const n = 25;
      let inside = 0;
      let choose = 1;
      for (let k = 0; k <= n; k++) {
        const { low, high } = shareOf(k / n, n);
        if (low! <= p && p <= high!) inside += choose * p ** k * (1 - p) ** (n - k);
        choose = (choose * (n - k)) / (k + 1);
      }
      expect(inside).toBeGreaterThan(0.92);
      expect(inside).toBeLessThan(0.99);
    }
  });
});

describe('the verdict on skill', () => {
  it('is yes where the model sees more than the table, by an interval above zero', () => {
    const found = Array.from({ length: 20 }, (_, i) =>
      verdictOn(dealsOf(deals(i + 1, 250, 0.7)), 'stageAge'),
    );
    expect(found.filter(({ skill }) => skill === 'yes').length).toBeGreaterThanOrEqual(19);
    expect(found[0]!.why).toMatch(/^better: log loss \+0\.\d{4} \(\+0\.\d{4} to \+0\.\d{4}\)/);
  });

  it('is no for noise around the table, and for its opposite', () => {
    const noise = Array.from({ length: 200 }, (_, i) =>
      verdictOn(dealsOf(deals(i + 1, 120, 0)), 'stageAge'),
    );
    expect(noise.filter(({ skill }) => skill === 'yes').length).toBeLessThanOrEqual(8);
    expect(noise.filter(({ why }) => why.startsWith('no skill yet')).length).toBeGreaterThan(180);
  });

  it('does not take one deal said a hundred times for a hundred deals', () => {
    const lucky = Array.from({ length: 100 }, (_, day) =>
      statement({ chance: 0.9, happened: true, saidMs: DUE_MS - day * DAY_MS }),
    );
    expect(verdictOn(dealsOf(lucky), 'stageAge')).toMatchObject({ skill: 'too early' });
    const once = deals(7, 100, 0.3);
    const often = once.flatMap((one) =>
      Array.from({ length: 50 }, (_, day) => ({ ...one, saidMs: one.saidMs - day * DAY_MS })),
    );
    expect(verdictOn(dealsOf(often), 'stageAge')).toEqual(verdictOn(dealsOf(once), 'stageAge'));
  });

  it('waits for outcomes of both kinds', () => {
    const lost = Array.from({ length: 200 }, (_, i) => statement({ subjectId: `d${i}` }));
    expect(verdictOn(dealsOf(lost), 'stageAge')).toMatchObject({ skill: 'too early' });
    expect(verdictOn(null, 'stageAge')).toEqual({
      skill: 'too early',
      why: 'nothing has ended yet',
    });
  });
});
