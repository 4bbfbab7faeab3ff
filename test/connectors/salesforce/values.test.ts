import fc from 'fast-check';
import { stringify } from 'csv-stringify/sync';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../../connectors/salesforce/values.ts';
import type { CrmType } from '../../../src/model/connector.ts';
import { field } from './support/field.ts';
import { describeAnswer, scripted } from './support/wire.ts';

describe('canonical values', () => {
  it.each([
    ['datetime', 'datetime', '2026-05-01T07:25:37.000+0000', '2026-05-01T07:25:37.000Z'],
    ['datetime', 'datetime', '2026-05-01T09:25:37.000+0200', '2026-05-01T07:25:37.000Z'],
    ['datetime', 'datetime', '2026-05-01T07:25:37.000Z', '2026-05-01T07:25:37.000Z'],
    ['date', 'date', '2026-05-01', '2026-05-01'],
    ['money', 'currency', '15000.0', 15000],
    ['percent', 'percent', 60, 60],
    ['number', 'double', '-0.0', 0],
    ['integer', 'int', '7', 7],
    ['boolean', 'boolean', 'false', false],
    ['id', 'id', '001dM00003kSQbV', '001dM00003kSQbVQAW'],
    ['text', 'string', '', null],
    ['text', 'string', '=cmd|A1', '=cmd|A1'],
    ['text', 'string', 'NA', 'NA'],
    ['text', 'string', 'null', 'null'],
    ['text', 'string', '007', '007'],
    ['multipicklist', 'multipicklist', 'a;b', 'a;b'],
    ['text', 'anyType', 15000, '15000'],
    ['text', 'anyType', '15000.0', '15000'],
    ['text', 'anyType', true, 'true'],
  ] as [CrmType, string, unknown, unknown][])('%s (%s) %j is %j', (type, native, raw, wanted) => {
    expect(canonical(field(type, native), raw)).toBe(wanted);
  });
  it.each([
    ['number', 'double', 'abc'],
    ['number', 'double', '1,000'],
    ['boolean', 'boolean', 'yes'],
    ['datetime', 'datetime', '2026-05-01'],
    ['datetime', 'datetime', '99999-01-01T00:00:00.000Z'],
    ['date', 'date', '99999-01-01'],
    ['date', 'date', '2026-02-30'],
    ['text', 'string', { a: 1 }],
  ] as [CrmType, string, unknown][])(
    '%s gives %s %j as the text that was sent, for the mapping to refuse',
    (type, native, raw) => {
      const text = typeof raw === 'object' ? JSON.stringify(raw) : raw;
      expect(canonical(field(type, native), raw)).toBe(text);
    },
  );
});

describe('the same record by REST and by Bulk', () => {
  const text = fc
    .string({
      unit: fc.oneof(
        fc.constantFrom('"', ',', '\n', '\r\n', "'", '=1+1', ' ', '\t', 'é', '漢', '😀'),
        fc.string({ minLength: 1, maxLength: 3 }),
      ),
      maxLength: 20,
    })
    .map((value) => value || null);
  const stamp = fc
    .integer({ min: 1_000_000_000, max: 2_000_000_000 })
    .map((seconds) => new Date(seconds * 1000).toISOString());
  const record = fc.record({
    Name: text,
    Notes__c: text,
    Amount: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 })),
    Done__c: fc.boolean(),
    At__c: fc.option(stamp),
    On__c: fc.option(stamp.map((iso) => iso.slice(0, 10))),
    Parent: fc.option(fc.record({ Name: text })),
  });
  const id = '001dM00003kSQbVQAW';
  const columns = [
    'Id',
    'SystemModstamp',
    'IsDeleted',
    'Name',
    'Notes__c',
    'Amount',
    'Done__c',
    'At__c',
    'On__c',
    'Parent.Name',
  ];
  const types = [
    { name: 'Name', type: 'string' },
    { name: 'Notes__c', type: 'textarea', length: 131072 },
    { name: 'Amount', type: 'currency' },
    { name: 'Done__c', type: 'boolean' },
    { name: 'At__c', type: 'datetime' },
    { name: 'On__c', type: 'date' },
    { name: 'ParentId', type: 'reference', referenceTo: ['Account'], relationshipName: 'Parent' },
  ];

  it('gives byte-equal rows', async () => {
    await fc.assert(
      fc.asyncProperty(record, async (values) => {
        const restTime = (iso: string | null) => iso?.replace('Z', '+0000') ?? null;
        const rest = {
          attributes: {},
          Id: id,
          SystemModstamp: '2026-05-01T07:25:37.000+0000',
          IsDeleted: false,
          ...values,
          At__c: restTime(values.At__c),
        };
        const flat = {
          Id: id,
          SystemModstamp: '2026-05-01T07:25:37.000Z',
          IsDeleted: false,
          ...values,
          'Parent.Name': values.Parent?.Name ?? null,
        };
        const line = columns.map((name) => {
          const value: unknown = Reflect.get(flat, name);
          return value === null ? '' : typeof value === 'number' ? String(value) : String(value);
        });
        const csv = stringify([columns, line], { quoted: true, quoted_empty: true });
        const { open } = scripted((hit) => {
          if (hit.path.endsWith('/describe')) return { json: describeAnswer('Account', types) };
          if (hit.path.endsWith('/query') && hit.query.get('q')?.startsWith('SELECT COUNT()'))
            return { json: { totalSize: 1, done: true, records: [] } };
          if (hit.path.endsWith('/query') && hit.method === 'GET')
            return { json: { totalSize: 1, done: true, records: [rest] } };
          if (hit.path.endsWith('/results'))
            return {
              text: csv,
              headers: { 'sforce-locator': 'null', 'sforce-numberofrecords': '1' },
            };
          return { json: { id: '750000000000001AAA', state: 'JobComplete' } };
        });
        const session = await open({ pageRows: 1, bulkFromRows: 0 });
        const request = {
          object: 'Account',
          fields: columns.slice(3),
          where: [],
          range: { kind: 'all' as const },
          includeDeleted: false,
        };
        const first = await session.read(request, null);
        const second = await session.read(request, first.next);
        expect([first.transport, second.transport]).toEqual(['rest', 'bulk']);
        expect(JSON.stringify(second.rows)).toBe(JSON.stringify(first.rows));
      }),
      { numRuns: 150 },
    );
  });
});
