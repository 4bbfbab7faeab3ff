import { describe, expect, test } from 'vitest';
import { hubspot } from '../../connectors/hubspot/index.ts';
import { spellId as hubspotId } from '../../connectors/hubspot/ids.ts';
import { salesforce } from '../../connectors/salesforce/index.ts';
import { spellId } from '../../connectors/salesforce/ids.ts';
import type { CrmObject, CrmValue } from '../../src/model/connector.ts';
import { around, compiled } from './fixtures/document.ts';
import { org, row, withFields } from './fixtures/org.ts';

const LONG = '0015e00000AbCdEAAV';
const SHORT = '0015e00000AbCdE';
/** Another record: only the letter case differs. */
const OTHER = '0015e00000abCdE';

const FIELDS = withFields(org(), 'Account', 'Kind:reference', 'X:text');
const spelt = (of: CrmObject, spell: (id: string) => string): CrmObject => ({
  ...of,
  spellId: spell,
  fields: of.fields.map((field) =>
    field.type === 'id' || field.type === 'reference' ? { ...field, spellId: spell } : field,
  ),
});
const inOrg = (spell: (id: string) => string): ReturnType<typeof org> =>
  new Map([...FIELDS].map(([name, object]) => [name, spelt(object, spell)]));

function partner(
  rest: string,
  fields: Record<string, CrmValue>,
  spell: (id: string) => string = spellId,
): Record<string, unknown> | null {
  const mapping = compiled(around(`object: Account\n${rest}`, ''), inOrg(spell));
  const { rows } = mapping.mapRow(row('Account', { Name: 'A', Kind: null, X: null, ...fields }));
  const found = rows.find(({ entity }) => entity === 'partner');
  return found === undefined || found.deleted ? null : found.values;
}

describe('one record, however its id is written', () => {
  test('the last three characters follow from the first fifteen', () => {
    expect(spellId(SHORT)).toBe(LONG);
    expect(spellId(` ${SHORT}\u00a0`)).toBe(LONG);
    expect(spellId(OTHER)).not.toBe(LONG);
    expect(spellId('Northwind')).toBe('Northwind');
  });
  test('keys of `map`: the word is found by the short id, and not by another record', () => {
    const rest = (key: string): string =>
      `fields:\n  name: Name\n  tier: { field: Kind, map: { ${key}: gold }, otherwise: none }`;
    expect(partner(rest(SHORT), { Kind: LONG })?.['tier']).toBe('gold');
    expect(partner(rest(LONG), { Kind: LONG })?.['tier']).toBe('gold');
    expect(partner(rest(OTHER), { Kind: LONG })?.['tier']).toBe('none');
  });
  test('conditions', () => {
    const rest = (id: string): string =>
      `where: { any: [{ field: Kind, is: ${id} }, { field: Kind, in: [${id}] }] }\nfields: { name: Name }`;
    expect(partner(rest(SHORT), { Kind: LONG })).not.toBeNull();
    expect(partner(rest(OTHER), { Kind: LONG })).toBeNull();
  });
  test('a reference that is mapped from a text', () => {
    const rest = 'fields: { name: Name, accountId: X }';
    expect(partner(rest, { X: ` ${SHORT}` })?.['accountId']).toBe(LONG);
    expect(partner(rest, { X: '000123' }, (id) => hubspotId('0-2', id))?.['accountId']).toBe(
      '0-2-123',
    );
  });
  test('HubSpot numbers: bare, padded, as a spreadsheet has them, and with their type', () => {
    for (const typed of ['123', '000123', '123.0', ' 123\u00a0', '0-2-123'])
      expect(hubspotId('0-2', typed), typed).toBe('0-2-123');
    expect(hubspotId('0-2', '0-3-123')).toBe('0-3-123');
  });
  test('what a person types where no object is named', () => {
    expect(salesforce.spellings?.(SHORT)).toContain(LONG);
    expect(hubspot.spellings?.('0123')).toEqual(expect.arrayContaining(['0-2-123', '0-3-123']));
    expect(hubspot.spellings?.('Northwind')).toEqual(['Northwind']);
  });
});
