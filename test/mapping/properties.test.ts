import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CrmRow, CrmValue } from '../../src/model/connector.ts';
import { entityShape, type MappedRow } from '../../src/model/entities.ts';
import { coerce } from '../../src/mapping/document/coerce.ts';
import { parseMapping } from '../../src/mapping/document/parse.ts';
import {
  compilePattern,
  extract,
  MAX_PARSE_INPUT,
  patternFault,
} from '../../src/mapping/document/pattern.ts';
import { dayOf, instantOf } from '../../src/model/zone.ts';
import { compiled, SALESFORCE } from './fixtures/document.ts';
import { org } from './fixtures/org.ts';

const mapping = compiled(SALESFORCE, org({ custom: true }));

const wild: fc.Arbitrary<CrmValue> = fc.oneof(
  fc.constantFrom<CrmValue>(
    null,
    '',
    true,
    false,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -0,
    '2026-02-30',
    '2026-02-28',
    '1e999',
    'Channel Partner / Reseller',
    '006000000000001AAA',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.double(),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.object().map((value) => value as unknown as CrmValue),
  fc.constant({ toString: {} } as unknown as CrmValue),
);

const anyRow: fc.Arbitrary<CrmRow> = fc
  .constantFrom(...mapping.streams)
  .chain(({ object, fields }) =>
    fc.record({
      object: fc.constant(object),
      id: fc.string(),
      stampMs: fc.integer(),
      deleted: fc.boolean(),
      mergedIntoId: fc.option(fc.string()),
      fields: fc.record(Object.fromEntries(fields.map((field) => [field, wild])), {
        requiredKeys: [],
      }) as fc.Arbitrary<CrmRow['fields']>,
    }),
  );

const TYPES = {
  text: 'string',
  ref: 'string',
  date: 'string',
  number: 'number',
  money: 'number',
  instant: 'number',
  boolean: 'boolean',
};

/** Every field of the entity is there, and holds null or a value of its type. */
function expectOfItsTypes({ entity, values, deleted }: MappedRow): void {
  const { fields } = entityShape(entity);
  expect(Object.keys(values)).toEqual(Object.keys(fields));
  for (const [name, field] of Object.entries(fields)) {
    const value = values[name];
    if (field.required === true && !deleted) expect(value).not.toBeNull();
    if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
    if (value !== null) expect(typeof value).toBe(TYPES[field.type]);
  }
}

test('every row yields, for each entity of its object, exactly one mapped row, tombstone or refusal, and never throws', () => {
  fc.assert(
    fc.property(anyRow, (row) => {
      const { rows, rejects } = mapping.mapRow(row);
      const entities = mapping.streams.find(({ object }) => object === row.object)?.entities ?? [];
      expect(
        [
          ...rows.map(({ entity }) => entity),
          ...new Set(rejects.map(({ entity }) => entity)),
        ].sort(),
      ).toEqual([...entities].sort());
      for (const mapped of rows) {
        expectOfItsTypes(mapped);
        if (row.deleted || row.mergedIntoId !== null) expect(mapped.deleted).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});

test('the order of the fields of a row does not matter, nor does mapping it twice', () => {
  fc.assert(
    fc.property(anyRow, (row) => {
      const turned = { ...row, fields: Object.fromEntries(Object.entries(row.fields).reverse()) };
      expect(JSON.stringify(mapping.mapRow(turned))).toBe(JSON.stringify(mapping.mapRow(row)));
    }),
    { numRuns: 500 },
  );
});

test('text comes through whole or not at all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      expect(coerce(text, 'text', 'UTC')).toEqual({ value: text });
    }),
  );
});

test('the first instant of a day is in that day, and the one before is not', () => {
  const zones = fc.constantFrom(
    'UTC',
    'America/New_York',
    'America/Sao_Paulo',
    'Europe/Berlin',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
    'Africa/Casablanca',
  );
  const days = fc.integer({
    min: Date.UTC(1975, 0, 1) / 86_400_000,
    max: Date.UTC(2035, 0, 1) / 86_400_000,
  });
  fc.assert(
    fc.property(zones, days, (zone, day) => {
      const wall = day * 86_400_000;
      const start = instantOf(wall, zone);
      expect(dayOf(start, zone)).toBe(new Date(wall).toISOString().slice(0, 10));
      expect(dayOf(start - 1000, zone) < dayOf(start, zone)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test('any text parses to a document or to faults with a place', () => {
  const pieces = fc
    .array(
      fc.oneof(
        fc.string(),
        fc.constantFrom(
          '\n',
          '  ',
          ': ',
          '- ',
          '{',
          '}',
          '[',
          ']',
          '&a ',
          '*a ',
          '? ',
          '#',
          '"',
          'entities',
          'version: 1',
          'partner',
          '\t',
        ),
      ),
      { maxLength: 40 },
    )
    .map((words) => words.join(''));
  fc.assert(
    fc.property(pieces, (text) => {
      const { document, faults } = parseMapping(text);
      expect(document === null).toBe(faults.some(({ severity }) => severity === 'error'));
      for (const { line, column, message, cure } of faults)
        expect([line >= 1, column >= 1, message !== '', cure !== '']).toEqual([
          true,
          true,
          true,
          true,
        ]);
    }),
    { numRuns: 500 },
  );
});

test('a document cut anywhere still gives faults, never a crash', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: SALESFORCE.length - 1 }), (at) => {
      expect(parseMapping(SALESFORCE.slice(0, at)).faults).toBeInstanceOf(Array);
    }),
    { numRuns: 100 },
  );
});

test('no pattern is slow: what would take a backtracking engine for ever ends', () => {
  const hostile = [
    ...['x*x*y', '.*.*$y', '^x*x*x*y', 'x?x?x?x?x?y', '(x|xx)(x|xx)x*x*y', '^[x]{1,9}[^y]+[x]+?y'],
    ...[
      '(x+)+y',
      '(x*)*y',
      '(?:x|xx)+y',
      '((x+)*x)*y',
      '(x{1,9}){2,}y',
      '(x|x){000000000000001,}y',
    ],
    ...['(x|xx){1,30}y', '(.*x){11}y', 'x*x*x*x*x*x*x*x*y'],
  ];
  for (const pattern of hostile) {
    if (patternFault(pattern) !== null) continue;
    expect(extract(compilePattern(pattern), 'x'.repeat(MAX_PARSE_INPUT))).toBeNull();
  }
  expect(hostile.filter((pattern) => patternFault(pattern) === null).length).toBeGreaterThan(10);
});

test('a pattern that is large once its repetitions are written out is refused with its size', () => {
  expect(patternFault('(?:a?){500}a{500}')).toBe(
    'is too large: with its repetitions written out it has 1502 steps, and 300 are allowed',
  );
  expect(patternFault('.{0,200}x.{0,200}y')).toMatch(/^is too large/);
  expect(patternFault('(\\w{1,40})@(\\w{1,40})\\.(com|net|org|co\\.uk)')).toBeNull();
});

test('a pattern finds what JavaScript finds', () => {
  const atom = fc.constantFrom('a', 'b', '[ab]', '\\d', '.', '(?:ab|b)', '(a+)');
  const pattern = fc
    .array(fc.tuple(atom, fc.constantFrom('', '+', '*', '?', '{1,2}')), {
      minLength: 1,
      maxLength: 4,
    })
    .map((parts) => parts.map(([one, repeat]) => one + repeat).join(''));
  fc.assert(
    fc.property(pattern, fc.stringMatching(/^[ab1]{0,12}$/), (source, text) => {
      const match = new RegExp(source, 'u').exec(text);
      const found = extract(compilePattern(source), text);
      expect(found).toBe(match === null ? null : (match[1] ?? match[0]));
    }),
  );
});

test.each(['(a)\\1', '(?=a)b', '(?<=a)b', '(', 'x'.repeat(201), 'x{5000}'])(
  'the pattern %s is refused',
  (pattern) => {
    expect(patternFault(pattern)).not.toBeNull();
  },
);
