import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkedIds, parseAssociationPath } from '../../../connectors/hubspot/association-fields.ts';
import { statesOf } from '../../../connectors/hubspot/history.ts';
import { bareId, byNumber, mergedIds, recordId } from '../../../connectors/hubspot/ids.ts';
import { nextMidnightMs } from '../../../connectors/hubspot/midnight.ts';
import { makePace } from '../../../connectors/hubspot/pace.ts';
import { versioned } from '../../../connectors/hubspot/requests.ts';
import { canonical } from '../../../connectors/hubspot/values.ts';
import type { CrmField, CrmType } from '../../../src/model/connector.ts';

const field = (type: CrmType, referenceTo: string[] = []): CrmField => ({
  name: 'f',
  label: 'f',
  type,
  nativeType: type,
  required: false,
  createable: true,
  updateable: true,
  calculated: false,
  custom: true,
  filterable: true,
  length: null,
  precision: null,
  scale: null,
  options: [],
  optionsRestricted: false,
  referenceTo,
  relationshipName: null,
});

describe('values', () => {
  it.each([
    ['number', '15000', 15000],
    ['number', '0.40000000000000002220446049250313080847263336181640625', 0.4],
    ['number', '-0', 0],
    ['money', '1e3', 1000],
    ['boolean', 'true', true],
    ['boolean', 'FALSE', false],
    ['datetime', '2026-12-31T00:00:00Z', '2026-12-31T00:00:00.000Z'],
    ['datetime', '1767225600123', '2026-01-01T00:00:00.123Z'],
    ['datetime', '2026-05-01T09:00:00.5+02:00', '2026-05-01T07:00:00.500Z'],
    ['date', '2026-12-31', '2026-12-31'],
    ['date', '1798675200000', '2026-12-31'],
    ['multipicklist', 'a;b', 'a;b'],
    ['text', 'NA', 'NA'],
    ['text', '', null],
    ['number', null, null],
    ['reference', '7', '0-2-7'],
    ['reference', 'x', 'x'],
  ] as [CrmType, unknown, unknown][])('%s %j is %j', (type, raw, value) =>
    expect(canonical(field(type, ['companies']), raw, () => '0-2')).toBe(value),
  );
  it.each([
    ['number', 'many'],
    ['number', 'Infinity'],
    ['boolean', 'yes'],
    ['datetime', 'tomorrow'],
    ['date', '31/12/2026'],
    ['text', {}],
    ['date', '3093527980800000'],
    ['datetime', '99999-01-01'],
    ['date', '2026-02-30'],
    ['date', '999999999999999'],
  ] as [CrmType, unknown][])('%s %j comes as the text that was sent', (type, raw) => {
    expect(canonical(field(type), raw)).toBe(typeof raw === 'object' ? JSON.stringify(raw) : raw);
  });
});

describe('ids', () => {
  it('tell types apart and come back', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('0-1', '0-3', '2-3821545'),
        fc.bigInt({ min: 0n, max: 10n ** 18n }),
        (type, number) => {
          const id = recordId(type, String(number));
          expect(bareId(type, id)).toBe(String(number));
          expect(bareId(type, String(number))).toBe(String(number));
          expect(() => bareId('0-5', id)).toThrow(/no id of this/);
        },
      ),
    ));
  it('are ordered as numbers, however long', () =>
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 30n }),
        fc.bigInt({ min: 0n, max: 10n ** 30n }),
        (a, b) => {
          expect(Math.sign(byNumber(String(a), String(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
        },
      ),
    ));
  it('of merged records are read from their list', () =>
    expect([mergedIds('5;6'), mergedIds(''), mergedIds(null), mergedIds('5; x')]).toEqual([
      ['5', '6'],
      [],
      [],
      ['5'],
    ]));
});

describe('association paths', () => {
  const link = (toId: string, ...types: [number, string | null][]) => ({
    toId,
    types: types.map(([typeId, label]) => ({
      category: typeId < 400 ? 'HUBSPOT_DEFINED' : 'USER_DEFINED',
      typeId,
      label,
    })),
  });
  it.each([
    ['associations.companies', '0-2-10'],
    ['associations.companies[Primary]', '0-2-10'],
    ['associations.companies[Deal (main). Partner]', '0-2-9'],
    ['associations.companies[341]', '0-2-10;0-2-9'],
    ['associations.companies[Other]', null],
  ])('%s', (path, id) => {
    const links = [
      link('10', [341, null], [5, null]),
      link('9', [341, null], [500, 'Deal (main). Partner']),
    ];
    const parsed = parseAssociationPath(path);
    expect(parsed && linkedIds(parsed, links, '0-2')).toBe(id);
  });
  it('others are none', () =>
    expect(
      ['amount', 'associations', 'association.companies', 'associations.companies[]'].map(
        parseAssociationPath,
      ),
    ).toEqual([null, null, null, null]));
});

describe('pace', () => {
  it('never lets more go in a window than allowed, in order', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ search: fc.boolean(), gapMs: fc.nat(400) }), { maxLength: 60 }),
        async (asks) => {
          let nowMs = 1_000_000;
          const left: { search: boolean; atMs: number }[] = [];
          const pace = makePace({
            burstCalls: () => 7,
            searchCalls: 3,
            nowMs: () => nowMs,
            sleep: async (ms) => {
              nowMs += ms;
            },
          });
          for (const { search, gapMs } of asks) {
            nowMs += gapMs;
            await pace.turn(search ? 'search' : 'call');
            left.push({ search, atMs: nowMs });
          }
          for (const [search, limit, windowMs] of [
            [true, 3, 1_000],
            [false, 7, 10_000],
          ] as const) {
            const times = left.filter((each) => each.search === search).map((each) => each.atMs);
            for (const [at, time] of times.entries())
              expect(
                times.slice(0, at + 1).filter((each) => each > time - windowMs).length,
              ).toBeLessThanOrEqual(limit);
          }
        },
      ),
    ));
  it('holds calls that ask side by side to the same windows', async () => {
    const waits: number[] = [];
    const pace = makePace({
      burstCalls: () => 100,
      searchCalls: 2,
      nowMs: () => 0,
      sleep: async (ms) => {
        waits.push(ms);
      },
    });
    await Promise.all(Array.from({ length: 6 }, () => pace.turn('search')));
    expect(waits).toEqual([1050, 1050, 2100, 2100]);
  });
});

it.each([
  ['/crm/v3/objects/deals/search', '/crm/objects/2026-09/deals/search'],
  [
    '/crm/v4/associations/deals/companies/batch/read',
    '/crm/associations/2026-09/deals/companies/batch/read',
  ],
  ['/crm/v3/owners/', '/crm/owners/2026-09/'],
  ['/crm/v3/properties/deals', '/crm/properties/2026-09/deals'],
  ['/crm-object-schemas/v3/schemas', '/crm-object-schemas/2026-09/schemas'],
  ['/account-info/v3/details', '/account-info/2026-09/details'],
  ['/oauth/v1/token', '/oauth/2026-09/token'],
  [
    '/settings/v3/currencies/exchange-rates/current',
    '/settings/currencies/2026-09/exchange-rates/current',
  ],
])('%s in the dated form is %s', (path, dated) =>
  expect([versioned(path, '2026-09'), versioned(path, 'v3')]).toEqual([dated, path]),
);

it.each([
  [Date.UTC(2026, 10, 22, 12), 'US/Eastern', Date.UTC(2026, 10, 23, 5)],
  [Date.UTC(2026, 10, 1, 3), 'US/Eastern', Date.UTC(2026, 10, 1, 4)],
  [Date.UTC(2026, 10, 1, 5), 'US/Eastern', Date.UTC(2026, 10, 2, 5)],
  [Date.UTC(2026, 2, 29, 0), 'Europe/Berlin', Date.UTC(2026, 2, 29, 22)],
  [Date.UTC(2026, 10, 22, 12), null, Date.UTC(2026, 10, 23)],
  [Date.UTC(2026, 10, 22, 12), 'Mars/Olympus', Date.UTC(2026, 10, 23)],
])('the midnight after %s in %s', (nowMs, zone, midnight) =>
  expect(nextMidnightMs(nowMs, zone)).toBe(midnight),
);

it('a deal whose older versions are gone begins with what is known', () => {
  const version = (value: string, atMs: number, updatedByUserId?: string) => ({
    value,
    timestamp: new Date(atMs).toISOString(),
    ...(updatedByUserId === undefined ? {} : { updatedByUserId }),
  });
  const states = statesOf(
    {
      id: '7',
      properties: {},
      propertiesWithHistory: {
        dealstage: [version('b', 3000, '4'), version('a', 1000)],
        amount: [version('', 4000), version('5', 3000)],
        closedate: [],
      },
    },
    '0-3',
    new Map([['4', '44']]),
  );
  expect(
    states.map(({ id, values }) => [
      id,
      values['stage'],
      values['amount'],
      values['closeDate'],
      values['byId'],
    ]),
  ).toEqual([
    ['0-3-7/1000', 'a', null, null, null],
    ['0-3-7/3000', 'b', 5, null, '44'],
    ['0-3-7/4000', 'b', null, null, null],
  ]);
});
