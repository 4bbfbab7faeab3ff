import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CrmFilterTerm, CrmType, CrmValue } from '../../src/model/connector.ts';
import { termHolds } from '../../src/model/filter.ts';

type Op = CrmFilterTerm['op'];

const holds = (type: CrmType, value: CrmValue, op: Op, wanted?: CrmValue | CrmValue[]): boolean => {
  const term: CrmFilterTerm = Array.isArray(wanted)
    ? { field: 'f', op, values: wanted }
    : { field: 'f', op, ...(wanted === undefined ? {} : { value: wanted }) };
  return termHolds(term, value, { type });
};

it.each<[CrmType, CrmValue, Op, CrmValue | CrmValue[] | undefined, boolean]>([
  ['number', 5, 'eq', '5', true],
  ['number', 5, 'eq', '5.0', true],
  ['money', '12.50', 'eq', 12.5, true],
  ['number', 9, 'gte', '10', false],
  ['number', 10, 'gte', '9', true],
  ['number', 10, 'gt', 10, false],
  ['number', 10, 'lte', 10, true],
  ['number', 10, 'gte', 10, true],
  ['number', 11, 'gte', 10, true],
  ['number', 9, 'lte', 10, true],
  ['number', 11, 'lte', 10, false],
  ['number', 10, 'lt', 10, false],
  ['integer', '7', 'eq', '7.0', true],
  ['percent', '9', 'lt', '10', true],
  ['other', 9, 'lt', '10', true],
  ['number', true, 'eq', 1, false],
  ['number', true, 'gte', 0, false],
  ['number', 5, 'in', ['4', '5'], true],
  ['number', 5, 'notIn', ['4', '5'], false],
  ['number', 'twelve', 'lt', 13, false],
  ['number', 'twelve', 'gt', 13, false],
  ['text', '9', 'gt', '10', true],
  ['text', '5', 'eq', '5.0', false],
  ['picklist', 'Closed\u00a0won ', 'eq', 'closed Won', true],
  ['picklist', 'Won', 'in', ['won', 'Lost'], true],
  ['id', 'aB', 'eq', 'ab', false],
  ['reference', 'aB', 'ne', 'ab', true],
  ['date', '2026-05-01', 'eq', '2026-05-01T00:00:00.000Z', true],
  ['datetime', '2026-05-01T08:00:00.000Z', 'eq', '2026-05-01T10:00:00+02:00', true],
  ['datetime', '2026-05-01T08:00:00.000Z', 'gt', '2026-05-01', true],
  ['datetime', '2026-05-01T08:00:00.000Z', 'lt', '2026-05-01T10:30:00+02:00', true],
  ['datetime', 'yesterday', 'lt', '2026-05-01', false],
  ['datetime', 'yesterday', 'gte', '2026-05-01', false],
  ['datetime', '2026-05-01T08:00:00.000Z', 'eq', '2026-05-01T08:00', true],
  ['date', '2026-03-02', 'eq', '2026-02-30', false],
  ['date', '2026-03-02', 'gte', '2026-02-30', false],
  ['date', 'on 2026-05-01', 'gte', '2026-04-01', false],
  ['date', '2026-05-01 or so', 'gte', '2026-04-01', false],
  ['boolean', true, 'eq', 'TRUE', true],
  ['boolean', false, 'ne', true, true],
  ['multipicklist', 'a;B', 'eq', 'b;A', true],
  ['multipicklist', 'a;b', 'in', ['a'], false],
  ['text', null, 'eq', null, true],
  ['text', '', 'isNull', undefined, true],
  ['text', '', 'notNull', undefined, false],
  ['text', null, 'ne', 'x', true],
  ['text', null, 'notIn', ['x'], true],
  ['text', null, 'notIn', ['x', null], false],
  ['number', null, 'lt', 5, false],
  ['number', 0, 'isNull', undefined, false],
])('a %s that holds %j: %s %j is %s', (type, value, op, wanted, expected) => {
  expect(holds(type, value, op, wanted)).toBe(expected);
});

it('a time without an offset is the same on every machine', () => {
  const zone = process.env['TZ'];
  try {
    process.env['TZ'] = 'Pacific/Auckland';
    expect(holds('datetime', '2026-05-01T08:00:00.000Z', 'lte', '2026-05-01T08:00:00')).toBe(true);
    expect(holds('datetime', '2026-05-01T08:00:00.000Z', 'gte', '2026-05-01T08:00:00')).toBe(true);
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
});

it('any of several records will do', () => {
  const field = {
    type: 'reference',
    several: true,
    spell: (id: string) => id.slice(0, 3),
  } as const;
  expect(termHolds({ field: 'f', op: 'eq', value: 'bcd' }, 'abcX;bcdY', field)).toBe(true);
  expect(termHolds({ field: 'f', op: 'ne', value: 'cde' }, 'abcX;bcdY', field)).toBe(true);
});

const value = fc.oneof(
  fc.constant(null),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom('', '1', '1.0', 'a', 'A', '2026-05-01', '2026-05-01T00:00:00.000Z'),
);
const type = fc.constantFrom<CrmType>('text', 'number', 'picklist', 'datetime', 'id');

it('property: an operator and its opposite never agree, and an order has three outcomes at most', () => {
  fc.assert(
    fc.property(type, value, value, (of, held, wanted) => {
      const is = (op: Op): boolean => holds(of, held, op, wanted);
      expect(is('eq')).toBe(!is('ne'));
      expect(holds(of, held, 'in', [wanted])).toBe(is('eq'));
      expect(holds(of, held, 'notIn', [wanted])).toBe(is('ne'));
      expect(is('isNull')).toBe(!is('notNull'));
      expect([is('lt'), is('gt')].filter(Boolean).length).toBeLessThan(2);
      if (is('lt')) expect(is('lte')).toBe(true);
      if (is('gt')) expect(is('gte')).toBe(true);
    }),
  );
});
