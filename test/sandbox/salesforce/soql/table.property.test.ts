import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../../../src/sandbox/salesforce/org-types.ts';
import { Table } from '../../../../src/sandbox/salesforce/table/table.ts';

const cells = fc.record({
  Stamp: fc.option(fc.integer({ min: 0, max: 9 })),
  Key: fc.option(fc.constantFrom('a', 'A', 'b')),
});
const act = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), n: fc.nat(60), cells }),
  fc.record({ kind: fc.constant('patch' as const), n: fc.nat(60), cells }),
  fc.record({ kind: fc.constant('purge' as const), n: fc.nat(60) }),
  fc.constant({ kind: 'warm' as const }),
);
const bound = fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined });
const range = fc.record({
  from: bound,
  to: bound,
  fromExclusive: fc.boolean(),
  toExclusive: fc.boolean(),
});
/**
 * Ids as an org counts them, with one far ahead and one of another instance among them, and
 * short ones as no org has them.
 */
const idOf = (n: number): string =>
  n % 4 === 0
    ? `x${String(n).padStart(2, '0')}`
    : `001${n % 9 === 0 ? 'zzz' : 'aBc'}${n % 7 === 0 ? '0009' : '0000'}000${String(n).padStart(2, '0')}AAA`;
const ids = (rows: Iterable<Row>): unknown[] => [...rows].map((row) => row['Id']);

it('indexes agree with a plain list after any inserts, patches and purges, whenever they were built', () => {
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 80 }),
      range,
      fc.constantFrom('a', 'A', 'b', null),
      (acts, wanted, key) => {
        const table = new Table('T', {
          hash: [{ field: 'Key', caseInsensitive: true }],
          ordered: ['Stamp'],
        });
        const list = new Map<string, Row>();
        for (const one of acts) {
          if (one.kind === 'warm') table.warm();
          else if (one.kind === 'purge') {
            table.purge(idOf(one.n));
            list.delete(idOf(one.n));
          } else if (one.kind === 'patch') {
            const row = table.get(idOf(one.n));
            if (row === undefined) continue;
            const before = table.patch(row, one.cells);
            expect(before).toEqual({
              Stamp: list.get(idOf(one.n))?.['Stamp'],
              Key: list.get(idOf(one.n))?.['Key'],
            });
            list.set(idOf(one.n), { Id: idOf(one.n), ...one.cells });
          } else if (!list.has(idOf(one.n))) {
            table.insert({ Id: idOf(one.n), ...one.cells });
            list.set(idOf(one.n), { Id: idOf(one.n), ...one.cells });
          }
        }
        const { from, to, fromExclusive, toExclusive } = wanted;
        const inRange = (value: Row[string] | undefined): boolean => {
          if (from === undefined && to === undefined) return true;
          if (typeof value !== 'number') return false;
          return (
            (from === undefined || (fromExclusive ? value > from : value >= from)) &&
            (to === undefined || (toExclusive ? value < to : value <= to))
          );
        };
        const rank = (row: Row): number => (typeof row['Stamp'] === 'number' ? row['Stamp'] : -1);
        const expected = [...list.values()]
          .filter((row) => inRange(row['Stamp']))
          .sort((a, b) => rank(a) - rank(b) || (String(a['Id']) < String(b['Id']) ? -1 : 1));
        expect(ids(table.range('Stamp', wanted))).toEqual(ids(expected));
        expect(ids(table.range('Stamp', wanted, true))).toEqual(ids(expected.reverse()));
        expect(table.rangeCount('Stamp', wanted)).toBe(expected.length);
        const same = [...list.values()].filter(
          (row) => (row['Key'] as string | null)?.toLowerCase() === key?.toLowerCase(),
        );
        expect(ids(table.lookup('Key', key)).sort()).toEqual(ids(same).sort());
        expect(table.lookupCount('Key', key)).toBe(same.length);
        expect(ids(table.byId())).toEqual([...list.keys()].sort());
      },
    ),
    { numRuns: 500 },
  );
});

describe('size', () => {
  it('keeps order and speed through tens of thousands of appends and moves', () => {
    const table = new Table('T', { hash: [{ field: 'Key' }], ordered: ['Stamp'] });
    const rows = 60_000;
    for (let n = 0; n < rows; n++)
      table.insert({ Id: String(n).padStart(6, '0'), Stamp: (n * 7919) % 1009, Key: 'same' });
    table.warm();
    for (let n = 0; n < rows; n += 3)
      table.patch(table.get(String(n).padStart(6, '0')) as Row, { Stamp: 5000 + n, Key: 'moved' });
    for (let n = 1; n < rows; n += 3) table.purge(String(n).padStart(6, '0'));
    for (let n = rows; n < rows + 5000; n++)
      table.insert({ Id: String(n).padStart(6, '0'), Stamp: 100_000 + n, Key: 'new' });
    const stamps = [...table.range('Stamp')].map((row) => Number(row['Stamp']));
    expect(stamps).toHaveLength(45_000);
    expect(stamps.every((stamp, at) => at === 0 || stamp >= (stamps[at - 1] ?? 0))).toBe(true);
    expect([
      table.lookupCount('Key', 'same'),
      table.lookupCount('Key', 'moved'),
      table.rangeCount('Stamp', { from: 5000, to: 99_999 }),
    ]).toEqual([20_000, 20_000, 20_000]);
  });
  it('refuses a row without an Id and an Id that is taken', () => {
    const table = new Table('T');
    table.insert({ Id: 'a' });
    expect(() => table.insert({ Id: 'a' })).toThrow('cannot insert');
    expect(() => table.insert({ Id: null })).toThrow('cannot insert');
  });
});
