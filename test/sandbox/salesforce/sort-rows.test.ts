import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Cell, Row } from '../../../src/sandbox/salesforce/org-types.ts';
import { byValue, cellOf, compareCells } from '../../../src/sandbox/salesforce/table/sort-rows.ts';

const day = fc
  .integer({ min: 0, max: 40_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
const second = fc.integer({ min: -1000, max: 2_000_000_000 }).map((seconds) => seconds * 1000);
const kinds: fc.Arbitrary<Cell>[] = [
  second,
  day,
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true }),
  fc.constantFrom('a', 'B', 'b', ''),
  fc.constantFrom('2026-01-01', 'no day', 5),
];

it('sorts rows of any kind of cell as a stable comparison would, empty cells first', () => {
  const columns = fc
    .constantFrom(...kinds)
    .chain((kind) => fc.array(fc.option(kind, { freq: 6 }), { maxLength: 60 }));
  fc.assert(
    fc.property(columns, (values) => {
      const rows: Row[] = values.map((value, at) => ({ Id: String(at), V: value }));
      // Two kinds in one field have no order of their own: only the kinds that a
      // field can hold are compared.
      fc.pre(
        new Set(values.filter((value) => value !== null).map((value) => typeof value)).size < 2,
      );
      const expected = [...rows].sort((a, b) => compareCells(cellOf(a, 'V'), cellOf(b, 'V')));
      expect(byValue(rows, 'V').map((row) => row['Id'])).toEqual(expected.map((row) => row['Id']));
    }),
    { numRuns: 1000 },
  );
});

it('keeps very many equal seconds in the order given', () => {
  const rows: Row[] = Array.from({ length: 200_000 }, (_, at) => ({
    Id: String(at).padStart(6, '0'),
    V: 1_700_000_000_000 + ((at * 7919) % 500) * 1000,
  }));
  const sorted = byValue(rows, 'V');
  for (let at = 1; at < sorted.length; at++) {
    const [before, now] = [sorted[at - 1] as Row, sorted[at] as Row];
    if (
      Number(before['V']) > Number(now['V']) ||
      (before['V'] === now['V'] && String(before['Id']) > String(now['Id']))
    )
      throw new Error(`out of order at ${at}`);
  }
  expect(new Set(sorted).size).toBe(rows.length);
});
