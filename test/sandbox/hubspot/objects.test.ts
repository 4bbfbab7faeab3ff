import { describe, expect, test } from 'vitest';
import { client, get, make, NOW_MS, open, post, call } from './support.ts';

const NOW = '2026-11-22T09:00:00.125Z';

describe('records one by one, through HubSpot’s client', async () => {
  const sandbox = await open();
  const hub = client(sandbox);

  test('a deal is created with 201, everything in it is text, and dates come back as times', async () => {
    const made = await hub.deals.create({
      properties: {
        dealname: 'Pumps',
        amount: '15000',
        dealstage: 'qualifiedtobuy',
        pipeline: 'default',
        closedate: '2026-12-31',
      },
      associations: [],
    });
    expect(made.properties).toMatchObject({
      amount: '15000',
      closedate: '2026-12-31T00:00:00Z',
      createdate: NOW,
      hs_lastmodifieddate: NOW,
      hs_is_closed: 'false',
      hs_projected_amount: '6000',
    });
    expect(made.properties['hs_deal_stage_probability']).toBe(
      '0.40000000000000002220446049250313080847263336181640625',
    );
    expect(made.createdAt.getTime()).toBe(NOW_MS);
    const raw = await post(sandbox, '/crm/v3/objects/deals', {
      properties: { dealname: 'Raw', amount: 12.5 },
    });
    expect([raw.status, (raw.body['properties'] as Record<string, string>)['amount']]).toEqual([
      201,
      '12.5',
    ]);
  });

  test('every name of an object and both path versions lead to the same record', async () => {
    const id = await make(sandbox, 'deals', { dealname: 'One' });
    for (const path of [
      '/crm/v3/objects/deals',
      '/crm/v3/objects/deal',
      '/crm/v3/objects/DEAL',
      '/crm/v3/objects/0-3',
      '/crm/objects/2026-09/0-3',
      '/crm/objects/2026-03/deals',
    ]) {
      expect((await get(sandbox, `${path}/${id}`)).body['id'], path).toBe(id);
    }
    expect((await get(sandbox, `/crm/v4/objects/deals/${id}`)).status).toBe(404);
    expect((await get(sandbox, `/objects/deals/${id}`)).status).toBe(404);
  });

  test('asked-for properties that are unset are null, unknown ones are left out, and comma lists work like repeated ones', async () => {
    const id = await make(sandbox, 'companies', { name: 'Acme' });
    const repeated = await get(
      sandbox,
      `/crm/v3/objects/companies/${id}?properties=name&properties=industry&properties=no_such`,
    );
    const commas = await get(
      sandbox,
      `/crm/v3/objects/companies/${id}?properties=name,industry,no_such`,
    );
    expect(commas.body).toEqual(repeated.body);
    expect(repeated.body['properties']).toEqual({
      name: 'Acme',
      industry: null,
      hs_object_id: id,
      createdate: NOW,
      hs_lastmodifieddate: NOW,
    });
  });

  test('a change moves the stamp to the millisecond, an empty value clears', async () => {
    const id = await make(sandbox, 'deals', { dealname: 'Change', amount: '5' });
    sandbox.clock.advance(1);
    const changed = await hub.deals.update(id, { properties: { amount: '' } });
    expect(changed.properties['amount']).toBeUndefined();
    expect(changed.properties['hs_lastmodifieddate']).toBe('2026-11-22T09:00:00.126Z');
    sandbox.clock.set(NOW_MS);
  });

  test('archiving answers 204 every time and hides the record but not from the archived list', async () => {
    const id = await make(sandbox, 'deals', { dealname: 'Gone' });
    await hub.deals.archive(id);
    await hub.deals.archive(id);
    await expect(hub.deals.getById(id)).rejects.toMatchObject({ code: 404 });
    const archived = await hub.deals.getPage(
      100,
      undefined,
      ['dealname'],
      undefined,
      undefined,
      true,
    );
    expect(
      archived.results.map((one) => [one.id, one.archived, one.archivedAt?.getTime()]),
    ).toEqual([[id, true, NOW_MS]]);
  });

  test('lists page in id order by `after` to the end, pages of 100 at most, 50 with histories', async () => {
    const other = await open();
    const ids: string[] = [];
    for (let i = 0; i < 7; i++) ids.push(await make(other, 'companies', { name: `C${i}` }));
    const seen: string[] = [];
    let path: string | undefined = `${other.url}/crm/v3/objects/companies?limit=3`;
    while (path !== undefined) {
      const page = (await (
        await fetch(path, { headers: { authorization: `Bearer ${other.accessToken}` } })
      ).json()) as { results: { id: string }[]; paging?: { next: { link: string } } };
      seen.push(...page.results.map((one) => one.id));
      path = page.paging?.next.link;
    }
    expect(seen).toEqual(ids);
    expect((await get(other, '/crm/v3/objects/companies?limit=101')).status).toBe(400);
    const history = await get(
      other,
      '/crm/v3/objects/companies?limit=51&propertiesWithHistory=name',
    );
    expect([history.status, history.body['message']]).toEqual([
      400,
      'The maximum number of inputs supported in a batch request for property histories is 50.',
    ]);
  });

  test('a call, mail or task without hs_timestamp is refused', async () => {
    const reply = await post(sandbox, '/crm/v3/objects/calls', {
      properties: { hs_call_title: 'Hi' },
    });
    expect(reply).toMatchObject({
      status: 400,
      body: { category: 'VALIDATION_ERROR', context: { properties: ['hs_timestamp'] } },
    });
  });
});

describe('values HubSpot refuses', async () => {
  const sandbox = await open();
  const faultsOf = async (type: string, values: Record<string, unknown>) => {
    const reply = await post(sandbox, `/crm/v3/objects/${type}`, { properties: values });
    const errors = (reply.body['errors'] ?? []) as {
      code: string;
      context: { propertyName: string[] };
    }[];
    return [
      reply.status,
      reply.body['category'],
      ...errors.map((error) => `${error.context.propertyName[0]} ${error.code}`),
    ];
  };

  test('each fault has its code, and all faults of a record come at once', async () => {
    expect(await faultsOf('deals', { nonsense: '1' })).toEqual([
      400,
      'VALIDATION_ERROR',
      'nonsense PROPERTY_DOESNT_EXIST',
    ]);
    expect(
      await faultsOf('deals', {
        amount: 'much',
        hs_object_id: '1',
        hs_projected_amount: '5',
        dealtype: 'odd',
      }),
    ).toEqual([
      400,
      'VALIDATION_ERROR',
      'amount INVALID_NUMBER',
      'hs_object_id READ_ONLY_VALUE',
      'hs_projected_amount READ_ONLY_VALUE',
      'dealtype INVALID_OPTION',
    ]);
    expect(await faultsOf('deals', { dealstage: 'nowhere' })).toEqual([
      400,
      'VALIDATION_ERROR',
      'dealstage INVALID_OPTION',
    ]);
    await post(sandbox, '/crm/v3/pipelines/deals', {
      label: 'Other',
      displayOrder: 1,
      stages: [{ label: 'Only', metadata: { probability: '0.5' } }],
    });
    const other = (await get(sandbox, '/crm/v3/pipelines/deals')).body['results'] as {
      id: string;
      stages: { id: string }[];
    }[];
    expect(await faultsOf('deals', { dealstage: other[1]?.stages[0]?.id })).toEqual([
      400,
      'VALIDATION_ERROR',
      'dealstage INVALID_OPTION',
    ]);
    expect(
      (
        await post(sandbox, '/crm/v3/objects/deals', {
          properties: { pipeline: other[1]?.id, dealstage: other[1]?.stages[0]?.id },
        })
      ).status,
    ).toBe(201);
    expect(await faultsOf('deals', { closedate: '2026-02-31' })).toEqual([
      400,
      'VALIDATION_ERROR',
      'closedate INVALID_LONG',
    ]);
    expect(await faultsOf('deals', { hubspot_owner_id: '12' })).toEqual([
      400,
      'VALIDATION_ERROR',
      'hubspot_owner_id INVALID_OPTION',
    ]);
  });

  test('the message carries the list of faults as JSON', async () => {
    const reply = await post(sandbox, '/crm/v3/objects/deals', { properties: { x: '1' } });
    const listed = JSON.parse(
      String(reply.body['message']).replace('Property values were not valid: ', ''),
    ) as { isValid: boolean; error: string; message: string }[];
    expect(listed).toMatchObject([
      { isValid: false, error: 'PROPERTY_DOESNT_EXIST', message: 'Property "x" does not exist' },
    ]);
    expect(reply.body['correlationId']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a second contact of one address is a conflict that names the first', async () => {
    const id = await make(sandbox, 'contacts', { email: 'Ann@example.com' });
    expect(
      await post(sandbox, '/crm/v3/objects/contacts', { properties: { email: 'ann@EXAMPLE.com' } }),
    ).toMatchObject({
      status: 409,
      body: { category: 'CONFLICT', message: `Contact already exists. Existing ID: ${id}` },
    });
  });

  test('an admin’s validation rule binds the 2026-09 path and not the older one', async () => {
    sandbox.vendor.change({
      do: 'addRule',
      object: 'deals',
      require: 'closed_lost_reason',
      when: { property: 'dealstage', value: 'closedlost' },
    });
    const id = await make(sandbox, 'deals', { dealname: 'Rule', dealstage: 'closedlost' });
    expect(
      await call(sandbox, 'PATCH', `/crm/objects/2026-09/deals/${id}`, {
        properties: { dealname: 'x' },
      }),
    ).toMatchObject({
      status: 400,
      body: {
        category: 'VALIDATION_ERROR',
        errors: [{ context: { propertyName: ['closed_lost_reason'] } }],
      },
    });
    expect(
      (
        await call(sandbox, 'PATCH', `/crm/v3/objects/deals/${id}`, {
          properties: { dealname: 'x' },
        })
      ).status,
    ).toBe(200);
    expect(
      (
        await call(sandbox, 'PATCH', `/crm/objects/2026-09/deals/${id}`, {
          properties: { dealname: 'y', closed_lost_reason: 'Price' },
        })
      ).status,
    ).toBe(200);
  });

  test('an unknown object, an unknown path and a broken body', async () => {
    expect((await get(sandbox, '/crm/v3/objects/nonsense')).status).toBe(400);
    expect(await get(sandbox, '/crm/v3/nonsense')).toMatchObject({
      status: 404,
      body: { message: 'resource not found' },
    });
    const broken = await fetch(`${sandbox.url}/crm/v3/objects/deals`, {
      method: 'POST',
      body: '{"properties":',
      headers: {
        authorization: `Bearer ${sandbox.accessToken}`,
        'content-type': 'application/json',
      },
    });
    expect([broken.status, broken.headers.get('content-type')]).toEqual([
      400,
      'application/json;charset=utf-8',
    ]);
    expect(
      (await call(sandbox, 'PATCH', '/crm/v3/objects/deals/1', { properties: {} })).status,
    ).toBe(404);
  });
});
