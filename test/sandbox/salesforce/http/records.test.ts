import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCode, openClient, V, type Client } from './client.ts';

let client: Client;
beforeAll(async () => {
  client = await openClient();
});
afterAll(() => client.close());

/** Recorded bodies of a real org; not part of the repository. */
const RECORDED = new URL('../../../../../shared/data/salesforce-describe/', import.meta.url);
const recorded = (name: string) =>
  JSON.parse(readFileSync(new URL(name, RECORDED), 'utf8')) as {
    response: unknown;
    status: number;
    headers: Record<string, string>;
  };

describe('versions and resources', () => {
  it('lists 55 to 68, without asking who', async () => {
    const list = (await client.send('GET', '/services/data', undefined, { authorization: '' }))
      .body as { version: string; url: string; label: string }[];
    expect([list.length, list[0], list.at(-1)]).toEqual([
      14,
      { label: "Summer '22", url: '/services/data/v55.0', version: '55.0' },
      { label: "Winter '27", url: '/services/data/v68.0', version: '68.0' },
    ]);
  });

  it('answers old versions that still live, and no others', async () => {
    const status = async (version: string) =>
      (await client.send('GET', `/services/data/${version}/limits`)).status;
    expect(
      await Promise.all(
        ['v30.0', 'v31.0', 'v51.0', 'v68.0', 'v69.0', 'v20.0', 'v66', 'x'].map(status),
      ),
    ).toEqual([410, 200, 200, 200, 404, 404, 404, 404]);
  });

  it('collapses doubled slashes and points to its resources', async () => {
    const { status, body } = await client.send('GET', '//services/data//v66.0/');
    expect([status, body]).toMatchObject([
      200,
      {
        query: `${V}/query`,
        sobjects: `${V}/sobjects`,
        identity: expect.stringContaining(`/id/${client.sandbox.org.id}/005`),
      },
    ]);
  });

  it('knows no other routes', async () => {
    const { status, body } = await client.send('GET', 'nothing/here');
    expect([status, body]).toEqual([
      404,
      [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
    ]);
  });
});

describe('single records', () => {
  it('are created, changed, read and deleted', async () => {
    const made = await client.send('POST', 'sobjects/account', {
      name: 'Acme',
      ANNUALREVENUE: '5',
      attributes: { type: 'Account' },
    });
    const { id } = made.body as { id: string };
    expect([made.status, made.body, made.headers.get('location')]).toEqual([
      201,
      { id, success: true, errors: [] },
      `${V}/sobjects/Account/${id}`,
    ]);
    expect(await client.send('PATCH', `sobjects/Account/${id}`, { Name: 'Acme 2' })).toMatchObject({
      status: 204,
      text: '',
    });
    expect(
      (await client.send('GET', `sobjects/Account/${id}?fields=Name,AnnualRevenue,Owner.Name`))
        .body,
    ).toMatchObject({
      attributes: { type: 'Account' },
      Name: 'Acme 2',
      AnnualRevenue: 5,
      Owner: { Name: 'Headwater Integration' },
      Id: id,
    });
    expect((await client.send('GET', `sobjects/Account/${id.slice(0, 15)}`)).body).toMatchObject({
      Id: id,
      Name: 'Acme 2',
      BillingAddress: null,
      IsDeleted: false,
    });
    expect((await client.send('DELETE', `sobjects/Account/${id}`)).status).toBe(204);
    expect((await client.send('GET', `sobjects/Account/${id}`)).body).toEqual([
      { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' },
    ]);
    const onDeleted = await client.send('PATCH', `sobjects/Account/${id}`, { Name: 'x' });
    expect([onDeleted.status, errorCode(onDeleted)]).toEqual([404, 'ENTITY_IS_DELETED']);
  });

  it('are refused with the field and the reason', async () => {
    const post = async (fields: unknown) =>
      (await client.send('POST', 'sobjects/Account', fields)).body;
    expect(await post({})).toEqual([
      {
        message: 'Required fields are missing: [Name]',
        errorCode: 'REQUIRED_FIELD_MISSING',
        fields: ['Name'],
      },
    ]);
    expect(await post({ Name: 'x', Nope: 1 })).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
    expect(await post({ Name: 'x', AnnualRevenue: 'many' })).toMatchObject([
      { errorCode: 'JSON_PARSER_ERROR' },
    ]);
    expect(await post({ Id: '001000000000000AAA', Name: 'x' })).toMatchObject([
      { errorCode: 'INVALID_FIELD' },
    ]);
    expect(await post('{"Name":')).toMatchObject([{ errorCode: 'JSON_PARSER_ERROR' }]);
    expect(await post('')).toMatchObject([{ errorCode: 'JSON_PARSER_ERROR' }]);
    expect((await client.send('POST', 'sobjects/Nope', {})).status).toBe(404);
  });

  it('are kept when somebody was faster', async () => {
    const id = await client.create('Account', { Name: 'x' });
    expect(
      (
        await client.send(
          'PATCH',
          `sobjects/Account/${id}`,
          { Name: 'y' },
          { 'if-unmodified-since': 'Wed, 01 Jan 2020 00:00:00 GMT' },
        )
      ).status,
    ).toBe(412);
  });

  it('take a body in chunks, without a length', async () => {
    const body = new ReadableStream({
      start(controller) {
        for (const part of ['{"Na', 'me":"Chu', 'nked"}'])
          controller.enqueue(new TextEncoder().encode(part));
        controller.close();
      },
    });
    const response = await client.sandbox.fetch(`${client.sandbox.url}${V}/sobjects/Account`, {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { authorization: `Bearer ${client.sandbox.accessToken}` },
    } as RequestInit);
    expect(response.status).toBe(201);
  });
});

describe('external ids', () => {
  beforeAll(async () => {
    const { org } = client.sandbox;
    for (const [name, unique] of [
      ['Ext__c', true],
      ['Loose__c', false],
    ] as const) {
      await client.send('POST', 'tooling/sobjects/CustomField', {
        FullName: `Account.${name}`,
        Metadata: { label: name, type: 'Text', length: 100, externalId: true, unique },
      });
      org.grantField(org.profileSet('System Administrator') ?? '', 'Account', name, { edit: true });
    }
  });

  it('create with 201, update with 200 and a body, before v46 with 204', async () => {
    const path = 'sobjects/Account/Ext__c/a%201';
    const made = await client.send('PATCH', path, { Name: 'By key' });
    expect([made.status, made.body]).toMatchObject([
      201,
      { success: true, errors: [], created: true },
    ]);
    const again = await client.send('PATCH', path, { Name: 'By key 2' });
    expect([again.status, again.body]).toEqual([200, { ...(made.body as object), created: false }]);
    expect(
      await client.send('PATCH', `/services/data/v45.0/${path}`, { Name: 'By key 3' }),
    ).toMatchObject({ status: 204, text: '' });
    expect((await client.send('GET', path)).body).toMatchObject({
      Name: 'By key 3',
      Ext__c: 'a 1',
    });
    expect((await client.send('DELETE', path)).status).toBe(204);
    expect((await client.send('GET', path)).status).toBe(404);
  });

  it('with updateOnly never create', async () => {
    expect(
      (await client.send('PATCH', 'sobjects/Account/Ext__c/new?updateOnly=true', { Name: 'x' }))
        .status,
    ).toBe(404);
    expect(
      (await client.query("SELECT COUNT() FROM Account WHERE Ext__c = 'new'")).body,
    ).toMatchObject({ totalSize: 0 });
  });

  it('that several rows share answer 300 with their addresses', async () => {
    const ids = [
      await client.create('Account', { Name: 'a', Loose__c: 'same' }),
      await client.create('Account', { Name: 'b', Loose__c: 'same' }),
    ];
    const urls = ids.map((id) => `${V}/sobjects/Account/${id}`);
    const patched = await client.send('PATCH', 'sobjects/Account/Loose__c/same', { Name: 'c' });
    expect([patched.status, patched.body]).toEqual([300, urls]);
    expect((await client.send('GET', 'sobjects/Account/Loose__c/same')).body).toEqual(urls);
  });

  it('link to a parent', async () => {
    const id = await client.create('Account', { Name: 'Parent', Ext__c: 'p1' });
    const child = await client.create('Contact', { LastName: 'Child', Account: { Ext__c: 'p1' } });
    expect(
      (await client.send('GET', `sobjects/Contact/${child}?fields=AccountId`)).body,
    ).toMatchObject({ AccountId: id });
    const lost = await client.send('POST', 'sobjects/Contact', {
      LastName: 'x',
      Account: { Ext__c: 'none' },
    });
    expect(lost.body).toMatchObject([
      {
        errorCode: 'INVALID_FIELD',
        message: 'Foreign key external ID: none not found for field Ext__c in entity Account',
      },
    ]);
  });
});

describe('describe', () => {
  it('is not sent again when nothing changed', async () => {
    const first = await client.send('GET', 'sobjects/Opportunity/describe');
    const since = first.headers.get('last-modified') ?? '';
    expect(
      (
        await client.send('GET', 'sobjects/Opportunity/describe', undefined, {
          'if-modified-since': since,
        })
      ).status,
    ).toBe(304);
    client.sandbox.clock.advance(2000);
    await client.send('POST', 'tooling/sobjects/CustomField', {
      FullName: 'Opportunity.New__c',
      Metadata: { label: 'New', type: 'Checkbox', defaultValue: false },
    });
    expect(
      (
        await client.send('GET', 'sobjects/Opportunity/describe', undefined, {
          'if-modified-since': since,
        })
      ).status,
    ).toBe(200);
  });

  it.skipIf(!existsSync(RECORDED))(
    'has the keys of the recorded ones (skipped where the recordings are not at hand)',
    async () => {
      const real = recorded('Opportunity.json') as unknown as {
        fields: Record<string, unknown>[];
        childRelationships: object[];
        urls: object;
      };
      const ours = (await client.send('GET', 'sobjects/Opportunity/describe')).body as typeof real;
      const keys = (one: object | undefined) => Object.keys(one ?? {}).sort();
      expect(keys(ours.fields[0])).toEqual(expect.arrayContaining(keys(real.fields[0])));
      expect(keys(ours)).toEqual(expect.arrayContaining(keys(real)));
      expect(keys(ours.childRelationships[0])).toEqual(keys(real.childRelationships[0]));
    },
  );
});

describe.skipIf(!existsSync(RECORDED))(
  'recorded answers of a real org (skipped where the recordings are not at hand)',
  () => {
    it('a deleted record', async () => {
      const id = await client.create('Account', { Name: 'x' });
      const removed = await client.send('DELETE', `composite/sobjects?ids=${id}`);
      const golden = recorded('call_composite_delete_grouparoo.json');
      expect([removed.status, removed.body, removed.headers.get('content-type')]).toEqual([
        golden.status,
        [{ ...(golden.response as object[])[0], id }],
        golden.headers['content-type'],
      ]);
      const gone = recorded('call_retrieve_404_grouparoo.json');
      const answer = await client.send('GET', `sobjects/Account/${id}`);
      expect([answer.status, answer.body]).toEqual([gone.status, gone.response]);
    });

    it('a failed collection', async () => {
      const golden = recorded('call_composite_post_failure_grouparoo.json');
      const answer = await client.send('POST', '/services/data/v42.0/composite/sobjects', {
        allOrNone: false,
        records: [{ AccountNumber: 'shouldnotexist', Name: null, attributes: { type: 'Account' } }],
      });
      expect([answer.status, answer.body]).toEqual([golden.status, golden.response]);
    });
  },
);
