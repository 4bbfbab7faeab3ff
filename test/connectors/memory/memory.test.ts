import { describe, expect, it } from 'vitest';
import { connectTo, memory, MemoryCrm } from '../../../connectors/memory/index.ts';
import type { CrmSession, ReadRequest } from '../../../src/model/connector.ts';

const deps = {
  fetch: globalThis.fetch,
  nowMs: () => 1_000_000,
  sleep: async () => {},
  random: () => 0.5,
  log: () => {},
  saveSecret: async () => {},
};
const request = (object: string, fields: string[]): ReadRequest => ({
  object,
  fields,
  where: [],
  range: { kind: 'all' },
  includeDeleted: false,
});
const values = async (session: CrmSession, object: string, fields: string[]) =>
  (await session.read(request(object, fields), null)).rows.map((row) => row.fields);

describe('the memory CRM', () => {
  it('is shared by connections of one name, and filled by the first', async () => {
    const settings = {
      name: 'shared',
      objects: [
        {
          name: 'Deal',
          fields: [{ name: 'Name', type: 'text' }],
          rows: [{ id: 'd1', fields: { Name: 'one' } }],
        },
      ],
    };
    const [first, second] = [
      await memory.open(settings, {}, deps),
      await memory.open({ name: 'shared' }, {}, deps),
    ];
    await first.write('Deal', [{ id: 'd1', fields: { Name: 'two' } }]);
    expect(await values(second, 'Deal', ['Name'])).toEqual([{ Name: 'two' }]);
    expect(await (await memory.open({ name: 'another' }, {}, deps)).listObjects()).toEqual([]);
  });
  it('walks references, and a merge takes along what pointed at the loser', async () => {
    const crm = new MemoryCrm({ nowMs: deps.nowMs });
    crm.defineObject('Account', [{ name: 'Name', type: 'text' }]);
    crm.defineObject('Deal', [{ name: 'AccountId', type: 'reference', to: 'Account' }]);
    const [loser, winner] = [
      crm.create('Account', { Name: 'Loser' }),
      crm.create('Account', { Name: 'Winner' }),
    ];
    crm.create('Deal', { AccountId: loser });
    crm.create('Deal', {});
    const session = await connectTo(crm).open({}, {}, deps);
    expect(await values(session, 'Deal', ['Account.Name'])).toEqual([
      { 'Account.Name': 'Loser' },
      { 'Account.Name': null },
    ]);
    crm.merge('Account', winner, [loser]);
    expect(await values(session, 'Deal', ['AccountId', 'Account.Name'])).toEqual([
      { AccountId: winner, 'Account.Name': 'Winner' },
      { AccountId: null, 'Account.Name': null },
    ]);
  });
  it('keeps values as a field does: rounded, in canonical form, refused where they do not fit', async () => {
    const crm = new MemoryCrm({ nowMs: deps.nowMs });
    crm.defineObject('Deal', [
      { name: 'Score', type: 'number', precision: 4, scale: 1 },
      { name: 'Stage', type: 'picklist', options: ['open', 'won'] },
      { name: 'At', type: 'datetime' },
      { name: 'Short', type: 'text', length: 3 },
    ]);
    const id = crm.create('Deal', {});
    const session = await connectTo(crm).open({}, {}, deps);
    const write = async (fields: Record<string, string | number>) => {
      const [outcome] = await session.write('Deal', [{ id, fields }]);
      return outcome?.status === 'rejected' ? outcome.code : 'done';
    };
    expect(await write({ Score: 61.25, At: '2026-05-01T09:00:00+02:00' })).toBe('done');
    expect(await values(session, 'Deal', ['Score', 'At'])).toEqual([
      { Score: 61.3, At: '2026-05-01T07:00:00.000Z' },
    ]);
    expect([
      await write({ Score: 1000 }),
      await write({ Stage: 'lost' }),
      await write({ Short: 'long' }),
      await write({ At: 'soon' }),
    ]).toEqual(['TOO_LARGE', 'NO_SUCH_OPTION', 'TOO_LONG', 'WRONG_TYPE']);
  });
  it('changes formulas without a stamp', async () => {
    let nowMs = 1_000;
    const crm = new MemoryCrm({ nowMs: () => nowMs });
    crm.defineObject('Deal', [{ name: 'Total', type: 'number' }]);
    const id = crm.create('Deal', { Total: 1 });
    nowMs = 9_000;
    crm.update('Deal', id, { Total: 2 }, { silent: true });
    const [row] = (
      await (await connectTo(crm).open({}, {}, deps)).read(request('Deal', ['Total']), null)
    ).rows;
    expect([row?.stampMs, row?.fields['Total']]).toEqual([1_000, 2]);
  });
});
