import { beforeEach, describe, expect, test } from 'vitest';
import type { HubSpotSandbox } from '../../../src/sandbox/hubspot/start.ts';
import { call, client, get, make, open, post } from './support.ts';

const GROUP = { name: 'headwater', label: 'Headwater', displayOrder: -1 };

describe('properties', () => {
  let sandbox: HubSpotSandbox;
  beforeEach(async () => {
    sandbox = await open();
  });
  const addGroup = () => post(sandbox, '/crm/v3/properties/deals/groups', GROUP);
  const wanted = (name: string, more: object = {}) => ({
    name,
    label: name,
    type: 'number',
    fieldType: 'number',
    groupName: 'headwater',
    ...more,
  });

  test('a group and its properties are made once; a second time is a conflict', async () => {
    expect((await addGroup()).status).toBe(201);
    expect((await addGroup()).status).toBe(409);
    const batch = await post(sandbox, '/crm/v3/properties/deals/batch/create', {
      inputs: [wanted('hw_score'), wanted('hw_band', { type: 'string', fieldType: 'text' })],
    });
    expect([
      batch.status,
      (batch.body['results'] as { name: string }[]).map((one) => one.name),
    ]).toEqual([201, ['hw_score', 'hw_band']]);
    expect(
      await post(sandbox, '/crm/v3/properties/deals/batch/create', {
        inputs: [wanted('hw_score'), wanted('hw_more')],
      }),
    ).toMatchObject({
      status: 207,
      body: {
        results: [{ name: 'hw_more' }],
        errors: [{ category: 'CONFLICT', context: { name: ['hw_score'] } }],
      },
    });
    expect((await post(sandbox, '/crm/v3/properties/deals', wanted('hw_score'))).status).toBe(409);
  });

  test('what breaks a rule is refused', async () => {
    await addGroup();
    const options = (...values: string[]) =>
      values.map((value, displayOrder) => ({ label: value, value, displayOrder, hidden: false }));
    for (const wrong of [
      wanted('Upper'),
      wanted('9nine'),
      wanted('with space'),
      wanted('ok', { groupName: 'nowhere' }),
      wanted('ok', { type: 'bool', fieldType: 'booleancheckbox' }),
      wanted('ok', { type: 'bool', fieldType: 'booleancheckbox', options: options('yes', 'no') }),
      wanted('ok', { type: 'enumeration', fieldType: 'select' }),
      wanted('ok', { type: 'enumeration', fieldType: 'select', options: options('a', 'a') }),
      wanted('ok', { type: 'number', fieldType: 'text' }),
      { name: 'ok', label: 'ok' },
    ])
      expect(
        (await post(sandbox, '/crm/v3/properties/deals', wrong)).status,
        JSON.stringify(wrong),
      ).toBe(400);
    expect(
      (
        await post(
          sandbox,
          '/crm/v3/properties/deals',
          wanted('ok', {
            type: 'bool',
            fieldType: 'booleancheckbox',
            options: options('true', 'false'),
          }),
        )
      ).status,
    ).toBe(201);
    expect(
      (await post(sandbox, '/crm/v3/properties/deals', { name: 'x', label: 'x' })).body['message'],
    ).toBe('Some required fields were not set: [type, fieldType]');
  });

  test('the list tells calculated, read-only and custom properties apart', async () => {
    await addGroup();
    await post(sandbox, '/crm/v3/properties/deals', wanted('hw_score'));
    const { results } = await client(sandbox).properties.getAll('deals');
    const told = (name: string) =>
      results
        .filter((one) => one.name === name)
        .map((one) => [
          one.type,
          one.calculated,
          one.hubspotDefined,
          one.modificationMetadata?.readOnlyValue,
        ]);
    expect(told('amount')).toEqual([['number', false, true, false]]);
    expect(told('hs_projected_amount')).toEqual([['number', true, true, true]]);
    expect(told('hs_v2_date_entered_closedwon')).toEqual([['datetime', true, true, true]]);
    expect(told('hw_score')).toEqual([['number', false, false, false]]);
  });

  test('new options are accepted from then on; an archived property refuses values and may be made again', async () => {
    await addGroup();
    await client(sandbox).properties.create(
      'deals',
      wanted('hw_tier', {
        type: 'enumeration',
        fieldType: 'select',
        options: [{ label: 'A', value: 'a', displayOrder: 0, hidden: false }],
      }) as never,
    );
    const id = await make(sandbox, 'deals', { dealname: 'P', hw_tier: 'a' });
    const set = (value: string) =>
      call(sandbox, 'PATCH', `/crm/v3/objects/deals/${id}`, { properties: { hw_tier: value } });
    expect((await set('b')).status).toBe(400);
    expect(
      (
        await call(sandbox, 'PATCH', '/crm/v3/properties/deals/hw_tier', {
          options: ['a', 'b'].map((value, displayOrder) => ({
            label: value,
            value,
            displayOrder,
            hidden: false,
          })),
        })
      ).status,
    ).toBe(200);
    expect((await set('b')).status).toBe(200);
    expect((await call(sandbox, 'DELETE', '/crm/v3/properties/deals/hw_tier')).status).toBe(204);
    expect(await set('a')).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'PROPERTY_DOESNT_EXIST' }] },
    });
    expect(
      (await get(sandbox, '/crm/v3/properties/deals?archived=true')).body['results'],
    ).toMatchObject([{ name: 'hw_tier', archived: true }]);
    expect((await call(sandbox, 'DELETE', '/crm/v3/properties/deals/amount')).status).toBe(400);
  });

  test('dates are midnights, multiple choices are lists', async () => {
    await addGroup();
    await post(
      sandbox,
      '/crm/v3/properties/deals',
      wanted('hw_day', { type: 'date', fieldType: 'date' }),
    );
    await post(
      sandbox,
      '/crm/v3/properties/deals',
      wanted('hw_many', {
        type: 'enumeration',
        fieldType: 'checkbox',
        options: ['a', 'b', 'c'].map((value, displayOrder) => ({
          label: value,
          value,
          displayOrder,
          hidden: false,
        })),
      }),
    );
    expect(
      await post(sandbox, '/crm/v3/objects/deals', { properties: { hw_day: '1767225600001' } }),
    ).toMatchObject({
      status: 400,
      body: {
        errors: [
          { code: 'INVALID_DATE', message: '1767225600001 is at 00:00:00.001 UTC, not midnight!' },
        ],
      },
    });
    const id = await make(sandbox, 'deals', { hw_day: '1767225600000', hw_many: 'a;c' });
    expect(
      (await get(sandbox, `/crm/v3/objects/deals/${id}?properties=hw_day,hw_many`)).body[
        'properties'
      ],
    ).toMatchObject({ hw_day: '2026-01-01', hw_many: 'a;c' });
    expect(
      (await post(sandbox, '/crm/v3/objects/deals', { properties: { hw_many: 'a;z' } })).status,
    ).toBe(400);
    expect(
      (
        await post(sandbox, '/crm/v3/objects/deals/search', {
          filterGroups: [{ filters: [{ propertyName: 'hw_many', operator: 'IN', values: ['c'] }] }],
        })
      ).body['total'],
    ).toBe(1);
  });
});

describe('pipelines, owners, schemas, account', async () => {
  const sandbox = await open();
  sandbox.portal.owners.set('71', {
    id: '71',
    email: 'a@x.example',
    firstName: 'A',
    lastName: 'X',
    userId: 9,
    createdMs: 0,
    updatedMs: 0,
    archived: false,
  });
  sandbox.portal.owners.set('72', {
    id: '72',
    email: 'b@x.example',
    firstName: 'B',
    lastName: 'X',
    userId: 8,
    createdMs: 0,
    updatedMs: 0,
    archived: true,
  });

  test('pipeline metadata is text, and a new stage brings its clocks', async () => {
    const pipelines = (await get(sandbox, '/crm/pipelines/2026-09/deals')).body['results'] as {
      id: string;
      stages: { id: string; metadata: object }[];
    }[];
    expect(pipelines[0]?.stages.map((stage) => stage.metadata)).toEqual(
      ['0.2', '0.4', '0.6', '0.8', '0.9', '1.0', '0.0'].map((probability, i) => ({
        isClosed: String(i > 4),
        probability,
      })),
    );
    const made = await post(sandbox, '/crm/v3/pipelines/deals', {
      label: 'Channel',
      displayOrder: 1,
      stages: [{ label: 'Open', displayOrder: 0, metadata: { probability: '0.3' } }],
    });
    const stage = (made.body['stages'] as { id: string }[])[0]?.id ?? '';
    expect([made.status, stage]).toEqual([201, expect.stringMatching(/^\d+$/)]);
    expect(
      (await get(sandbox, `/crm/v3/properties/deals/hs_v2_date_entered_${stage}`)).status,
    ).toBe(200);
    expect(
      (
        await post(sandbox, `/crm/v3/pipelines/deals/${String(made.body['id'])}/stages`, {
          label: 'Bad',
          metadata: {},
        })
      ).status,
    ).toBe(400);
  });

  test('owners come with and without a slash at the end; the deactivated ones only as archived', async () => {
    for (const path of [
      '/crm/v3/owners',
      '/crm/v3/owners/',
      '/crm/v3/owners/?limit=100&archived=false',
      '/crm/owners/2026-09',
    ])
      expect((await get(sandbox, path)).body['results'], path).toMatchObject([
        { id: '71', userId: 9, type: 'PERSON' },
      ]);
    expect(
      (await client(sandbox).owners.getPage(undefined, undefined, 100, true)).results.map((one) => [
        one.id,
        one.userIdIncludingInactive,
      ]),
    ).toEqual([['72', 8]]);
  });

  test('a custom object is made by its schema, found by all its names, and associable with what it names', async () => {
    const schema = {
      name: 'plan',
      labels: { singular: 'Plan', plural: 'Plans' },
      requiredProperties: ['title'],
      searchableProperties: ['title'],
      primaryDisplayProperty: 'title',
      properties: [{ name: 'title', label: 'Title', type: 'string', fieldType: 'text' }],
      associatedObjects: ['COMPANY'],
    };
    const made = await post(sandbox, '/crm-object-schemas/v3/schemas', schema);
    expect(made).toMatchObject({
      status: 201,
      body: {
        name: 'plan',
        fullyQualifiedName: 'p48291637_plan',
        objectTypeId: expect.stringMatching(/^2-\d+$/),
      },
    });
    expect((await post(sandbox, '/crm/v3/objects/plan', { properties: {} })).status).toBe(400);
    const id = await make(sandbox, String(made.body['objectTypeId']), { title: 'T' });
    expect(
      (await get(sandbox, `/crm/objects/2026-09/p48291637_plan/${id}?properties=title`)).body[
        'properties'
      ],
    ).toMatchObject({ title: 'T' });
    const company = await make(sandbox, 'companies', { name: 'C' });
    expect(
      (
        await call(
          sandbox,
          'PUT',
          `/crm/v4/objects/plan/${id}/associations/default/companies/${company}`,
        )
      ).status,
    ).toBe(200);
    expect(
      (
        await call(
          sandbox,
          'PUT',
          `/crm/v4/objects/plan/${id}/associations/default/deals/${company}`,
        )
      ).status,
    ).toBe(400);
  });

  test('the account tells its money and its use', async () => {
    expect((await get(sandbox, '/account-info/v3/details')).body).toMatchObject({
      portalId: 48291637,
      companyCurrency: 'USD',
      timeZone: 'UTC',
      utcOffset: '+00:00',
    });
    const usage = await get(sandbox, '/account-info/v3/api-usage/daily/private-apps');
    expect(usage.body['results']).toMatchObject([
      {
        usageLimit: 650000,
        currentUsage: sandbox.vendor.site.limiter.usedToday,
        resetsAt: '2026-11-23T00:00:00Z',
      },
    ]);
    const limits = (await get(sandbox, '/crm/v3/limits/custom-properties')).body[
      'byObjectType'
    ] as { objectTypeId: string; usage: number }[];
    expect(limits.find((one) => one.objectTypeId === '0-3')?.usage).toBe(0);
  });
});
