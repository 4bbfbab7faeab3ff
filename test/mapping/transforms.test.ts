import { describe, expect, test } from 'vitest';
import type { CrmValue } from '../../src/model/connector.ts';
import type { EntityValue } from '../../src/model/entities.ts';
import { around, compiled } from './fixtures/document.ts';
import { org, row, withFields } from './fixtures/org.ts';

const ORG = withFields(
  org(),
  'Account',
  'A:text',
  'B:text',
  'N:number',
  'T:datetime',
  'U:datetime',
  'D:date',
  'F:boolean',
);

/** One rule for one partner field, on one record; a refusal as `code message`. */
function mapped(
  field: string,
  rule: string,
  fields: Record<string, CrmValue>,
  zone = 'UTC',
): EntityValue | string {
  const mapping = compiled(
    around(
      `object: Account\nfields:\n  name: Name\n  ${field}: ${rule}`,
      `settings: { timeZone: ${zone} }`,
    ),
    ORG,
  );
  const { rows, rejects } = mapping.mapRow(
    row('Account', {
      Name: 'Acme',
      A: null,
      B: null,
      N: null,
      T: null,
      D: null,
      F: null,
      U: null,
      ...fields,
    }),
  );
  const reject = rejects[0];
  if (reject !== undefined) return `${reject.code}: ${reject.message}`;
  return rows.find(({ entity }) => entity === 'partner')?.values[field] ?? null;
}

test.each<[string, string, Record<string, CrmValue>, EntityValue]>([
  ['field', 'A', { A: 'x' }, 'x'],
  ['empty text is empty', 'A', { A: '' }, null],
  ['zero is not empty', 'N', { N: 0 }, '0'],
  ['false is not empty', 'F', { F: false }, 'false'],
  ['constant', '{ value: reseller }', {}, 'reseller'],
  ['coalesce takes the first filled', '{ coalesce: [A, B] }', { A: '', B: 'b' }, 'b'],
  ['coalesce keeps an earlier one', '{ coalesce: [A, B] }', { A: 'a', B: 'b' }, 'a'],
  [
    'coalesce of rules',
    '{ coalesce: [{ field: A, parse: "^(x.)" }, { value: none }] }',
    { A: 'yy' },
    'none',
  ],
  ['map', '{ field: A, map: { Gold: g, Silver: s } }', { A: 'Silver' }, 's'],
  ['map passes what it does not name', '{ field: A, map: { Gold: g } }', { A: 'Tin' }, 'Tin'],
  [
    'map of inherited names is no option',
    '{ field: A, map: { Gold: g }, otherwise: other }',
    { A: 'constructor' },
    'other',
  ],
  ['map of numbers and booleans', '{ field: N, map: { 10: ten } }', { N: 10 }, 'ten'],
  ['otherwise', '{ field: A, map: { Gold: g }, otherwise: other }', { A: 'Tin' }, 'other'],
  [
    'otherwise leaves empty empty',
    '{ field: A, map: { Gold: g }, otherwise: other }',
    { A: null },
    null,
  ],
  ['split', '{ field: A, split: { by: "-", take: 1 } }', { A: 'DE - 0012' }, '0012'],
  ['split from the end', '{ field: A, split: { by: "/", take: -1 } }', { A: 'a/b/c' }, 'c'],
  [
    'split past the end',
    '{ field: A, split: { by: "/", take: 7 }, default: none }',
    { A: 'a/b' },
    'none',
  ],
  ['parse takes group 1', '{ field: A, parse: "^([A-Z]{2})-" }', { A: 'DE-0012' }, 'DE'],
  ['parse takes the match', '{ field: A, parse: "[0-9]+" }', { A: 'DE-0012' }, '0012'],
  ['parse without a match', '{ field: A, parse: "[0-9]+" }', { A: 'none' }, null],
  [
    'split, then parse, then map',
    '{ field: A, split: { by: "|", take: 0 }, parse: "([a-z]+)", map: { de: Germany } }',
    { A: '--de--|x' },
    'Germany',
  ],
  ['as number', '{ field: A, parse: "([0-9]+)$", as: number }', { A: 'DE-0012' }, '12'],
  ['divideBy', '{ field: N, divideBy: 100 }', { N: 25 }, '0.25'],
  [
    'minutesSince',
    '{ field: T, minutesSince: U }',
    { U: '2026-05-01T09:00:00Z', T: '2026-05-01T09:45:00Z' },
    '45',
  ],
  [
    'minutesSince of times the wrong way round is empty',
    '{ field: T, minutesSince: U, default: none }',
    { U: '2026-05-01T09:00:00Z', T: '2026-05-01T08:00:00Z' },
    'none',
  ],
  [
    'minutesSince of a time that is not there is empty',
    '{ field: T, minutesSince: U }',
    { U: null, T: '2026-05-01T08:00:00Z' },
    null,
  ],
  ['default', '{ field: A, default: basic }', { A: '' }, 'basic'],
  ['unicode stays', 'A', { A: 'Ünïcødé 🏔 株式会社' }, 'Ünïcødé 🏔 株式会社'],
  [
    'a formula in a name stays text',
    'A',
    { A: '=HYPERLINK("http://x";"y")' },
    '=HYPERLINK("http://x";"y")',
  ],
])('%s', (_what, rule, fields, wanted) => {
  expect(mapped('tier', rule, fields)).toBe(wanted);
});

test('the refusals name the field, the value and the cure', () => {
  expect(mapped('tier', '{ field: A, map: { Gold: g }, otherwise: reject }', { A: 'Tin' })).toBe(
    'unknown-option: partner.tier: the mapping has no word for "Tin"; add it to `map`',
  );
  expect(mapped('tier', '{ field: A, required: true }', { A: '' })).toBe(
    'missing: partner.tier: is empty (A), and the mapping requires it',
  );
  expect(mapped('tier', 'A', { A: 'x'.repeat(131_072) })).toMatch(
    /^range: partner\.tier: is 131072 characters long, and at most 32768 are kept; shorten it/,
  );
  expect(mapped('tier', '{ field: A, parse: "a+" }', { A: 'x'.repeat(257) })).toMatch(
    /^range: partner\.tier: is 257 characters long, and `parse` reads at most 256/,
  );
  expect(mapped('ownerId', 'F', { F: true })).toMatch(
    /^type: partner\.ownerId: "true" is not an id/,
  );
  expect(mapped('tier', '{ field: N, divideBy: 3 }', { N: Number.POSITIVE_INFINITY })).toBe(
    'type: partner.tier: `N` holds "Infinity", which is no number; correct it in the CRM',
  );
});

describe('dates and instants', () => {
  test.each<[string, string, string, Record<string, CrmValue>, EntityValue]>([
    ['date', 'UTC', 'D', { D: '2026-05-31' }, '2026-05-31'],
    [
      'day of an instant, west',
      'America/New_York',
      'T',
      { T: '2026-05-31T02:00:00.000Z' },
      '2026-05-30',
    ],
    ['day of an instant, east', 'Asia/Tokyo', 'T', { T: '2026-05-31T15:00:00.000Z' }, '2026-06-01'],
    [
      'offsets as Salesforce writes them',
      'UTC',
      'A',
      { A: '2026-05-01T00:30:00.000+0200' },
      '2026-04-30',
    ],
    ['a leap day', 'UTC', 'D', { D: '2028-02-29' }, '2028-02-29'],
  ])('%s', (_what, zone, rule, fields, wanted) => {
    expect(mapped('signedOn', rule, fields, zone)).toBe(wanted);
  });

  test.each([
    '2026-02-30',
    '2027-02-29',
    '2026-13-01',
    'tomorrow',
    '0001-01-01',
    '2026-05-01T25:00:00Z',
  ])('%s is no date', (text) => {
    expect(mapped('signedOn', 'A', { A: text })).toMatch(/^type: partner\.signedOn: .* is no date/);
  });

  /** A signal's `at` is an instant. */
  function instant(rule: string, value: string, zone: string): string | null {
    const text = `${around('object: Account\nfields: { name: Name }', `settings: { timeZone: ${zone} }`)}  signal:\n    object: Account\n    fields: { partnerId: Id, kind: { value: x }, at: ${rule} }\n`;
    const at = compiled(text, ORG)
      .mapRow(row('Account', { Name: 'n', A: value }))
      .rows.find(({ entity }) => entity === 'signal')?.values['at'];
    return typeof at === 'number' ? new Date(at).toISOString() : null;
  }

  test.each([
    ['A', '2026-05-31', 'UTC', '2026-05-31T00:00:00.000Z'],
    ['A', '2026-05-31', 'America/New_York', '2026-05-31T04:00:00.000Z'],
    ['A', '2026-01-15', 'America/New_York', '2026-01-15T05:00:00.000Z'],
    ['A', '2026-05-31T10:00:00', 'Asia/Kolkata', '2026-05-31T04:30:00.000Z'],
    [
      '{ field: A, zone: Europe/Berlin }',
      '2026-05-31T10:00',
      'Asia/Tokyo',
      '2026-05-31T08:00:00.000Z',
    ],
    // midnight did not exist: the day began at 01:00
    ['A', '2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['A', '2026-03-08T02:30:00', 'America/New_York', '2026-03-08T07:30:00.000Z'], // skipped hour
    // doubled hour: the earlier
    ['A', '2026-11-01T01:30:00', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['{ field: A, as: instant }', '2026-05-31T10:00:00.123456Z', 'UTC', '2026-05-31T10:00:00.123Z'],
  ])('%s of %s in %s', (rule, value, zone, wanted) => {
    expect(instant(rule, value, zone)).toBe(wanted);
  });
});
