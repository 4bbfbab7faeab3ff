import { describe, expect, it } from 'vitest';
import type { CrmValue } from '../../src/model/connector.ts';
import type { CompiledWrite } from '../../src/model/mapping.ts';
import { outputShape } from '../../src/model/outputs.ts';
import { diffRecord, HELD } from '../../src/writeback/diff.ts';

const field = (name: string, output: string, owner: 'headwater' | 'shared' = 'headwater') => {
  const { type, label, threshold } = outputShape(output)!;
  return {
    field: name,
    output,
    threshold,
    owner,
    whenGone: 'clear' as const,
    spec: { object: 'Account', name, type, label, description: '' },
    crmField: { type, precision: 5, scale: 1, length: type === 'date' ? null : 4000 },
  };
};
const write = (owner: 'headwater' | 'shared' = 'headwater'): CompiledWrite =>
  ({
    object: 'Account',
    entity: 'partner',
    fields: [
      field('Score', 'partner.score', owner),
      field('Reasons', 'partner.reasons'),
      field('AsOf', 'partner.asOf'),
    ],
  }) as unknown as CompiledWrite;
const day = (n: number): string => new Date(Date.UTC(2026, 10, n)).toISOString().slice(0, 10);
const headline = (percent: number): string =>
  `Probability of winning USD 77,000 by 31 December: ${percent}% (40 to 60%), from 15 past deals`;
const never = (): undefined => undefined;
/** Which fields are written on a day, where the score stands since day 1. */
function written(
  id: string,
  today: number,
  since: number,
  score = 50.2,
  current: Record<string, CrmValue> = {},
): string[] {
  return diffRecord(
    write(),
    {
      'partner.score': score,
      'partner.reasons': headline(50),
      'partner.asOf': day(today),
    },
    { Score: 50, Reasons: headline(49), AsOf: day(since), ...current },
    never,
    id,
  ).changes.map((change) => change.field);
}

describe('the day as of which a number holds', () => {
  it('is written with the number', () => {
    expect(written('a', 2, 1, 60)).toEqual(['Score', 'Reasons', 'AsOf']);
  });
  it('is written at least every seven days while the number stands, and not every day', () => {
    for (const id of ['a', 'b', 'c', '001000000000001AAA']) {
      let since = 1;
      let times = 0;
      for (let today = 2; today <= 29; today++) {
        const fields = written(id, today, since);
        if (fields.length === 0) continue;
        expect(fields).toEqual(['AsOf']);
        since = today;
        times++;
      }
      expect(times, id).toBe(4);
    }
  });
  it('is never older than seven days after a pause', () => {
    for (let today = 8; today < 15; today++) expect(written('a', today, 1)).toEqual(['AsOf']);
  });
  it('is spread over the days of the week, the same each time', () => {
    const ids = Array.from({ length: 700 }, (_, i) => `001${i}`);
    const perDay = Array.from(
      { length: 7 },
      (_, i) => ids.filter((id) => written(id, 10 + i, 9 + i).length > 0).length,
    );
    expect(perDay.reduce((a, b) => a + b)).toBe(700);
    expect(Math.min(...perDay)).toBeGreaterThan(60);
  });
  it('waits where its number is held back', () => {
    const diff = diffRecord(
      write('shared'),
      { 'partner.score': 70, 'partner.reasons': 'x', 'partner.asOf': day(20) },
      { Score: 12, Reasons: 'y', AsOf: day(1) },
      (name) => (name === 'Score' ? { value: 50, writtenMs: 1 } : undefined),
      'a',
    );
    expect(diff.changes.map((change) => change.field)).not.toContain('AsOf');
    expect(diff.held).toContainEqual(
      expect.objectContaining({ field: 'AsOf', reason: HELD.leader }),
    );
  });
});

describe('a text in other words', () => {
  it('is rewritten with its number, even where the number stands', () => {
    const german =
      'Wahrscheinlichkeit, 77.000 USD bis zum 31. Dezember zu gewinnen: 50 %, aus 15 früheren Deals';
    expect(written('a', 2, 1, 50.2, { Reasons: german })).toEqual(['Score', 'Reasons', 'AsOf']);
  });
  it('stands while only its figures move', () => {
    expect(written('a', 2, 2, 50.2)).toEqual([]);
  });
});
