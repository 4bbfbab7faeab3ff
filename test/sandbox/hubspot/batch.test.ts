import { describe, expect, test } from 'vitest';
import { client, make, open, post } from './support.ts';

type Rows = { id: string; properties: Record<string, string>; new?: boolean }[];

describe('batches', async () => {
  const sandbox = await open();
  const hub = client(sandbox);

  test('read answers 200, or 207 with the ids that are not there', async () => {
    const id = await make(sandbox, 'deals', { dealname: 'B' });
    const whole = await hub.dealBatch.read({
      inputs: [{ id }],
      properties: ['dealname'],
      propertiesWithHistory: [],
    });
    expect(whole.results.map((one) => one.properties['dealname'])).toEqual(['B']);
    const partial = await post(sandbox, '/crm/v3/objects/deals/batch/read', {
      inputs: [{ id: '9' }, { id }],
      properties: ['dealname'],
    });
    expect(partial).toMatchObject({
      status: 207,
      body: {
        status: 'COMPLETE',
        numErrors: 1,
        errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['9'] } }],
      },
    });
  });

  test('more than 100 rows are refused, 50 with histories', async () => {
    const inputs = (count: number) => Array.from({ length: count }, (_, i) => ({ id: String(i) }));
    expect(
      (await post(sandbox, '/crm/v3/objects/deals/batch/read', { inputs: inputs(101) })).status,
    ).toBe(400);
    expect(
      (
        await post(sandbox, '/crm/v3/objects/deals/batch/read', {
          inputs: inputs(51),
          propertiesWithHistory: ['amount'],
        })
      ).status,
    ).toBe(400);
  });

  test('one wrong row refuses a whole update, unless rows carry trace ids: then it is an error of its own', async () => {
    const ids = [
      await make(sandbox, 'deals', { dealname: 'a' }),
      await make(sandbox, 'deals', { dealname: 'b' }),
    ];
    const rows = (traced: boolean) =>
      ids.map((id, i) => ({
        id,
        properties: { amount: i === 0 ? '7' : 'seven' },
        ...(traced ? { objectWriteTraceId: `t${i}` } : {}),
      }));
    expect(
      (await post(sandbox, '/crm/v3/objects/deals/batch/update', { inputs: rows(false) })).status,
    ).toBe(400);
    expect((await hub.deals.getById(ids[0] ?? '', ['amount'])).properties['amount']).toBeNull();
    const partial = await post(sandbox, '/crm/v3/objects/deals/batch/update', {
      inputs: rows(true),
    });
    expect(partial).toMatchObject({
      status: 207,
      body: {
        numErrors: 1,
        errors: [{ category: 'VALIDATION_ERROR', context: { objectWriteTraceId: ['t1'] } }],
      },
    });
    expect((partial.body['results'] as Rows).map((row) => row.id)).toEqual([ids[0]]);
    sandbox.vendor.configure({ batchBadRow: 'multiStatus' });
    expect(
      (await post(sandbox, '/crm/v3/objects/deals/batch/update', { inputs: rows(false) })).status,
    ).toBe(207);
    sandbox.vendor.configure({ batchBadRow: 'refuse' });
  });

  test('an id twice in one update is refused, a missing one is an item error', async () => {
    const id = await make(sandbox, 'deals', { dealname: 'twice' });
    const twice = await post(sandbox, '/crm/v3/objects/deals/batch/update', {
      inputs: [
        { id, properties: {} },
        { id, properties: {} },
      ],
    });
    expect([twice.status, twice.body['message']]).toEqual([
      400,
      `Duplicate IDs found in batch input: [${id}]. IDs must be unique`,
    ]);
    expect(
      await post(sandbox, '/crm/v3/objects/deals/batch/update', {
        inputs: [
          { id: '404', properties: { amount: '1' } },
          { id, properties: { amount: '1' } },
        ],
      }),
    ).toMatchObject({
      status: 207,
      body: { results: [{ id }], errors: [{ context: { ids: ['404'] } }] },
    });
  });

  test('create answers 201, archive 204; upsert tells new from known by a unique property', async () => {
    const created = await post(sandbox, '/crm/v3/objects/companies/batch/create', {
      inputs: [{ properties: { name: 'x' } }, { properties: { name: 'y' } }],
    });
    expect([created.status, (created.body['results'] as Rows).length]).toEqual([201, 2]);
    expect(
      (
        await post(sandbox, '/crm/v3/objects/companies/batch/archive', {
          inputs: (created.body['results'] as Rows).map(({ id }) => ({ id })),
        })
      ).status,
    ).toBe(204);
    await post(sandbox, '/crm/v3/properties/deals', {
      name: 'ext_key',
      label: 'Key',
      type: 'string',
      fieldType: 'text',
      groupName: 'dealinformation',
      hasUniqueValue: true,
    });
    const known = await make(sandbox, 'deals', { dealname: 'known', ext_key: 'K1' });
    const upserted = await hub.dealBatch.upsert({
      inputs: ['K1', 'K2'].map((key) => ({
        id: key,
        idProperty: 'ext_key',
        properties: { amount: '9' },
      })),
    });
    const byNew = Object.fromEntries(upserted.results.map((row) => [String(row._new), row]));
    expect([byNew['false']?.id, byNew['true']?.properties['ext_key']]).toEqual([known, 'K2']);
    expect(
      (await hub.deals.getById('K2', ['ext_key'], undefined, undefined, false, 'ext_key')).id,
    ).toBe(byNew['true']?.id);
    expect(
      (
        await post(sandbox, '/crm/v3/objects/deals/batch/upsert', {
          inputs: [{ id: 'a', idProperty: 'dealname', properties: {} }],
        })
      ).status,
    ).toBe(400);
    expect(
      await post(sandbox, '/crm/v3/objects/deals', { properties: { ext_key: 'k1' } }),
    ).toMatchObject({ status: 400, body: { errors: [{ code: 'CONFLICTING_UNIQUE_VALUE' }] } });
  });
});
