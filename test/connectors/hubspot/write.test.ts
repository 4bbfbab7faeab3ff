import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CrmSession, FieldSpec } from '../../../src/model/connector.ts';
import { NOW_MS, readAll, startPortal, type TestPortal } from './support/portal.ts';
import { addDeals } from './support/seed.ts';

let portal: TestPortal;
let session: CrmSession;
let ids: string[];
const spec = (name: string, type: FieldSpec['type'], more: Partial<FieldSpec> = {}): FieldSpec => ({
  object: 'deals',
  name,
  label: `Our ${name}`,
  type,
  description: 'By Headwater',
  ...more,
});
const SPECS = [
  spec('hw_score', 'number', { precision: 5, scale: 1 }),
  spec('hw_reasons', 'longtext', { length: 4000 }),
  spec('hw_action', 'text'),
  spec('hw_flag', 'boolean'),
  spec('hw_on', 'date'),
  spec('hw_at', 'datetime'),
  spec('hw_health', 'picklist', { options: ['on track', 'stalled'] }),
];
const names = SPECS.map(({ name }) => name);
beforeEach(async () => {
  portal = await startPortal({
    seeder: (at) => {
      ids = addDeals(at, 150, (n) => NOW_MS - 1e9 + n).map((id) => `0-3-${id}`);
      return null;
    },
  });
  session = await portal.open();
});
afterEach(async () => {
  await portal.sandbox.close();
});
const read = async (wanted: string[], fields = names) =>
  (
    await readAll(session, {
      object: 'deals',
      fields,
      where: [],
      range: { kind: 'ids', ids: wanted },
      includeDeleted: false,
    })
  ).toSorted((a, b) => wanted.indexOf(a.id) - wanted.indexOf(b.id));

const deployed = async (): Promise<void> => {
  await session.deployFields(await session.planFields(SPECS));
};

describe('properties', () => {
  it('are planned, created in their group, and created again without harm', async () => {
    const plan = await session.planFields(SPECS);
    expect(plan.map((item) => item.action)).toEqual(SPECS.map(() => 'create'));
    expect(await session.deployFields(plan)).toEqual(
      SPECS.map(({ object, name }) => ({ object, name, done: ['created'], error: null })),
    );
    expect((await session.planFields(SPECS)).map((item) => item.action)).toEqual(
      SPECS.map(() => 'none'),
    );
    expect((await session.deployFields(plan)).map((result) => [result.done, result.error])).toEqual(
      SPECS.map(() => [['was there already'], null]),
    );
    const described = (await session.describe('deals'))?.fields.filter((field) =>
      names.includes(field.name),
    );
    expect(
      described?.map((field) => [field.name, field.type, field.custom, field.updateable]),
    ).toEqual(
      expect.arrayContaining([
        ['hw_score', 'number', true, true],
        ['hw_reasons', 'longtext', true, true],
        ['hw_flag', 'boolean', true, true],
        ['hw_health', 'picklist', true, true],
      ]),
    );
  });
  it('of another type under our name are a conflict, told and left alone', async () => {
    await deployed();
    const wrong = [
      spec('hw_reasons', 'number'),
      spec('hw_health', 'picklist', { options: ['lost'] }),
      spec('hs_object_id', 'number'),
      spec('hw_new', 'number'),
    ];
    const plan = await session.planFields(wrong);
    expect(plan.map((item) => [item.action, 'detail' in item ? item.detail : ''])).toEqual([
      ['conflict', expect.stringContaining('exists as string (textarea)')],
      ['conflict', expect.stringContaining('without the values lost')],
      ['conflict', expect.any(String)],
      ['create', ''],
    ]);
    const results = await session.deployFields(plan);
    expect(results.map((result) => [result.done.length, result.error === null])).toEqual([
      [0, false],
      [0, false],
      [0, false],
      [1, true],
    ]);
  });
  it('of another type are told also when they appear between plan and deploy', async () => {
    const plan = await session.planFields([spec('hw_race', 'number'), spec('hw_fine', 'number')]);
    await session.deployFields(await session.planFields([spec('hw_race', 'text')]));
    const [race, fine] = await session.deployFields(plan);
    expect(race?.error).toContain('exists as string (text)');
    expect(fine).toMatchObject({ done: ['created'], error: null });
  });
  it('that HubSpot would refuse are told all at once, before anything is made', async () => {
    await expect(
      session.planFields([spec('HW_Score__c', 'number'), spec('hw_pick', 'picklist')]),
    ).rejects.toMatchObject({
      kind: 'config',
      code: 'FIELD_SPEC',
      message: expect.stringMatching(/HW_Score__c.*hw_pick/),
    });
  });
});

describe('writing', () => {
  beforeEach(deployed);

  it('100 rows in one call read back as they were written, and null clears', async () => {
    const rows = ids.slice(0, 100).map((id, n) => ({
      id,
      fields: {
        hw_score: n + 0.5,
        hw_flag: n % 2 === 0,
        hw_on: '2026-12-01',
        hw_at: '2026-12-01T10:20:30.400Z',
        hw_health: 'on track',
        hw_action: `=HYPERLINK("x";${n})`,
      },
    }));
    const before = session.calls();
    expect(await session.write('deals', rows)).toEqual(
      rows.map(({ id }) => ({ id, status: 'done', stampMs: NOW_MS })),
    );
    expect(session.calls() - before).toBe(1);
    expect((await read(ids.slice(0, 100))).map((row) => row.fields)).toEqual(
      rows.map(({ fields }) => ({ hw_reasons: null, ...fields })),
    );
    await session.write('deals', [{ id: ids[0] ?? '', fields: { hw_score: null, hw_flag: null } }]);
    expect((await read([ids[0] ?? '']))[0]?.fields).toMatchObject({
      hw_score: null,
      hw_flag: null,
      hw_on: '2026-12-01',
    });
  });
  it.each(['refuse', 'multiStatus'])(
    'a bad row keeps no good one out (HubSpot: %s)',
    async (batchBadRow) => {
      portal.sandbox.vendor.configure({ batchBadRow });
      const rows = [
        { id: ids[1] ?? '', fields: { hw_health: 'nonsense' } },
        { id: ids[2] ?? '', fields: { hw_health: 'stalled' } },
        { id: '0-3-99', fields: { hw_health: 'stalled' } },
      ];
      const outcomes = await session.write('deals', rows);
      expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'done', 'rejected']);
      expect(outcomes[0]).toMatchObject({ code: 'INVALID_OPTION', fields: ['hw_health'] });
      expect((await read([ids[2] ?? '']))[0]?.fields['hw_health']).toBe('stalled');
    },
  );
  it('any text comes back as it went', async () => {
    const [id = ''] = ids;
    await fc.assert(
      fc.asyncProperty(
        fc.string({
          unit: fc.constantFrom(
            "'",
            '\\',
            '"',
            '\n',
            '\t',
            '%',
            ';',
            ' OR ',
            'ü',
            '漢',
            '😀',
            'x',
            '=1+1',
            '<b>',
          ),
          minLength: 1,
          maxLength: 20,
        }),
        async (text) => {
          const value = `n${text}n`;
          expect(await session.write('deals', [{ id, fields: { hw_reasons: value } }])).toEqual([
            { id, status: 'done', stampMs: NOW_MS },
          ]);
          expect((await read([id], ['hw_reasons']))[0]?.fields['hw_reasons']).toBe(value);
        },
      ),
      { numRuns: 40 },
    );
  });
  it('that timed out after it took effect is unknown, never failed', async () => {
    portal.sandbox.faults.add({
      kind: 'reset',
      when: 'after',
      match: { path: '/batch/update' },
      times: 1,
    });
    await expect(
      session.write('deals', [{ id: ids[3] ?? '', fields: { hw_score: 77 } }]),
    ).rejects.toMatchObject({ kind: 'transient', outcomeUnknown: true });
    expect((await read([ids[3] ?? '']))[0]?.fields['hw_score']).toBe(77);
  });
});
