import { describe, expect, test } from 'vitest';
import type { CrmField, CrmValue } from '../../src/model/connector.ts';
import { around, checked, compiled } from './fixtures/document.ts';
import { org, row, withFields, type Org } from './fixtures/org.ts';

/** What people call the options of a CRM that keeps keys of its own for them. */
const LABELS: Record<string, string> = { RE_SELLER: 'Re-seller', TECH: 'Technology', k1: 'Gold' };

function keyed(change: (field: CrmField) => Partial<CrmField> = () => ({})): Org {
  const found = withFields(
    org(),
    'Account',
    'Kind:picklist(RE_SELLER|TECH)',
    'Many:multipicklist(RE_SELLER|TECH)',
    'Level:picklist(k1)',
  );
  const account = found.get('Account')!;
  const fields = account.fields.map(
    (field): CrmField =>
      field.options.length === 0
        ? field
        : {
            ...field,
            keyedOptions: true,
            options: field.options.map(({ value }) => ({ value, label: LABELS[value] ?? value })),
            ...change(field),
          },
  );
  return found.set('Account', { ...account, fields });
}

const value = (
  rule: string,
  fields: Record<string, CrmValue>,
  name = 'type',
  of = keyed(),
): unknown =>
  compiled(around(`object: Account\nfields:\n  name: Name\n  ${name}: ${rule}`), of)
    .mapRow(row('Account', { Name: 'A', Kind: null, Many: null, Level: null, ...fields }))
    .rows.find(({ entity }) => entity === 'partner')?.values[name];

describe('an option of a CRM with keys of its own', () => {
  test('is what people call it, also among several, as one of several fields, and retired', () => {
    expect(value('Kind', { Kind: 'RE_SELLER' })).toBe('Re-seller');
    expect(value('Many', { Many: 'TECH;RE_SELLER' })).toBe('Technology;Re-seller');
    expect(value('{ coalesce: [Level, Kind] }', { Kind: 'TECH' })).toBe('Technology');
    expect(value('Kind', { Kind: 'GONE' })).toBe('GONE');
    const retired = keyed(() => ({ retiredOptions: [{ value: 'GONE', label: 'Long gone' }] }));
    expect(value('Kind', { Kind: 'GONE' }, 'type', retired)).toBe('Long gone');
  });

  test('goes by its key in `map` and conditions, and the words of `map` stand', () => {
    expect(value('{ field: Kind, map: { RE_SELLER: TECH } }', { Kind: 'RE_SELLER' })).toBe('TECH');
    expect(value('{ field: Kind, map: { RE_SELLER: x } }', { Kind: 'TECH' })).toBe('Technology');
    const both = '{ coalesce: [Level, Kind], map: { RE_SELLER: x } }';
    expect(value(both, { Kind: 'RE_SELLER' })).toBe('x');
    const only = compiled(
      around('object: Account\nwhere: { field: Kind, is: RE_SELLER }\nfields: { name: Name }'),
      keyed(),
    );
    const { rows } = only.mapRow(row('Account', { Name: 'A', Kind: 'RE_SELLER' }));
    expect(rows.find(({ entity }) => entity === 'partner')?.deleted).toBe(false);
  });

  test('stays its key where two share a label, and in a CRM whose values people see', () => {
    const alike = keyed(() => ({ retiredOptions: [{ value: 'OLD', label: 'technology' }] }));
    expect(value('Kind', { Kind: 'TECH' }, 'type', alike)).toBe('TECH');
    expect(
      value(
        'Kind',
        { Kind: 'TECH' },
        'type',
        keyed(() => ({ keyedOptions: false })),
      ),
    ).toBe('TECH');
  });

  test('that gets another label maps every row again, and no other field does', () => {
    const text = around('object: Account\nfields: { name: Name, type: Kind }');
    const renamed = (of: string) =>
      keyed((field) =>
        field.name === of ? { options: [{ value: 'TECH', label: 'Software' }] } : {},
      );
    const { version } = compiled(text, keyed());
    expect(compiled(text, renamed('Kind')).version).not.toBe(version);
    expect(compiled(text, renamed('Level')).version).toBe(version);
  });

  test.each([
    ['  tiers: { ladders: [{ name: l, types: [RE_SELLER], rungs: [{ name: a }] }] }', 'Re-seller'],
    ['  tiers: { ladders: [{ name: l, rungs: [{ name: k1 }] }] }', 'Gold'],
    ['  routing: { territories: [{ type: TECH, regions: [France] }] }', 'Technology'],
  ])('named by its key in a setting is a fault with the word to write: %s', (setting, label) => {
    const source = 'object: Account\nfields: { name: Name, type: Kind, tier: Level }';
    const faults = checked(around(source, `settings:\n${setting}`), keyed());
    expect(faults.filter((fault) => fault.includes("the CRM's own key"))).toEqual([
      expect.stringMatching(new RegExp(`^error 4:.*Write \`${label}\``)),
    ]);
    const named = setting.replace(/RE_SELLER|k1|TECH/, label);
    expect(checked(around(source, `settings:\n${named}`), keyed()).join()).not.toContain('own key');
  });
});
