import { describe, expect, test } from 'vitest';
import type { CrmValue } from '../../src/model/connector.ts';
import { around, checked, compiled } from './fixtures/document.ts';
import { org, row, withFields } from './fixtures/org.ts';

const ORG = withFields(org(), 'Account', 'P:picklist', 'M:multipicklist', 'X:text');

function partner(fields: Record<string, CrmValue>, rest: string): Record<string, unknown> | string {
  const mapping = compiled(around(`object: Account\n${rest}`, ''), ORG);
  const { rows, rejects } = mapping.mapRow(
    row('Account', { Name: 'Acme', P: null, M: null, X: null, ...fields }),
  );
  const found = rows.find(({ entity }) => entity === 'partner');
  return rejects[0]?.message ?? (found?.deleted === true ? 'none' : (found?.values ?? 'none'));
}
const tier = (rule: string, fields: Record<string, CrmValue>): unknown => {
  const found = partner(fields, `fields:\n  name: Name\n  tier: ${rule}`);
  return typeof found === 'string' ? found : found['tier'];
};
const counts = (where: string, fields: Record<string, CrmValue>): boolean =>
  partner(fields, `where: ${where}\nfields:\n  name: Name`) !== 'none';

describe('keys as people write them', () => {
  test.each([['Gold Partner'], ['gold partner'], ['Gold\u00a0Partner'], [' GOLD  partner\u200b']])(
    'a word of `map` is found as %j',
    (value) => {
      expect(tier('{ field: P, map: { Gold Partner: gold }, otherwise: none }', { P: value })).toBe(
        'gold',
      );
    },
  );
  test('the exact key goes before one that is only spelt alike, and two alike are neither', () => {
    const rule = '{ field: P, map: { gold: small, GOLD: large }, otherwise: none }';
    expect([
      tier(rule, { P: 'gold' }),
      tier(rule, { P: 'GOLD' }),
      tier(rule, { P: 'Gold' }),
    ]).toEqual(['small', 'large', 'none']);
  });
  test('a condition finds it too, and still tells words apart', () => {
    for (const value of ['channel partner', 'Channel\u00a0Partner', 'Channel Partner '])
      expect(counts('{ field: P, in: [Channel Partner] }', { P: value }), value).toBe(true);
    expect(counts('{ field: P, is: Channel Partner }', { P: 'Channel Partners' })).toBe(false);
  });
});

describe('multiple choice', () => {
  const RULE = '{ field: M, map: { A: one, B: two }, otherwise: other }';
  test('each value gets its word, once, and nothing stays nothing', () => {
    expect([
      tier(RULE, { M: 'A;B' }),
      tier(RULE, { M: 'b; a' }),
      tier(RULE, { M: 'C;A;D' }),
      tier(RULE, { M: 'A' }),
      tier(RULE, { M: null }),
    ]).toEqual(['one;two', 'two;one', 'other;one', 'one', null]);
    expect(tier('{ field: M, map: { A: one }, otherwise: reject }', { M: 'A;B' })).toContain('"B"');
  });
  test('equal is the same choice in any order; `contains` asks for one of it', () => {
    expect(counts('{ field: M, is: "A;B" }', { M: 'B;A' })).toBe(true);
    expect(counts('{ field: M, is: A }', { M: 'A;B' })).toBe(false);
    expect(counts('{ field: M, contains: a }', { M: 'A;B' })).toBe(true);
    expect(counts('{ field: M, contains: A }', { M: 'AB;C' })).toBe(false);
  });
});

describe('a fault names the operator that is meant', () => {
  const faults = (where: string): string[] =>
    checked(around(`object: Account\nwhere: ${where}\nfields: { name: Name }`), ORG).filter(
      (line) => line.includes('multiple choice'),
    );
  test('for one value of a multiple choice, wherever the condition stands', () => {
    expect(faults('{ field: M, is: A }')[0]).toContain('Write `contains: A`');
    expect(faults('{ not: { any: [{ field: M, in: [A, B] }] } }')[0]).toContain('`contains: A`');
    expect(faults('{ field: M, is: "A;B" }')).toEqual([]);
    expect(faults('{ field: M, contains: A }')).toEqual([]);
    expect(faults('{ field: P, is: A }')).toEqual([]);
  });
});

test('a long number that nobody quoted keeps its digits, in a condition and in `map`', () => {
  const long = '123456789012345678';
  expect(counts(`{ field: X, is: ${long} }`, { X: long })).toBe(true);
  expect(counts(`{ field: X, in: [${long}] }`, { X: '123456789012345680' })).toBe(false);
  expect(
    tier(`{ field: X, map: { ${long}: gold, 123456789012345680: silver } }`, { X: long }),
  ).toBe('gold');
});
