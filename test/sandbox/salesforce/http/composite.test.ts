import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCode, openClient, V, type Client } from './client.ts';

let client: Client;
beforeAll(async () => {
  client = await openClient();
});
afterAll(() => client.close());

const account = (Name: string | null, more: object = {}) => ({
  attributes: { type: 'Account' },
  Name,
  ...more,
});
const count = async (name: string) =>
  (
    (await client.query(`SELECT COUNT() FROM Account WHERE Name = '${name}'`)).body as {
      totalSize: number;
    }
  ).totalSize;
const used = () => client.sandbox.vendor.site.budget.used();

describe('sObject collections', () => {
  it('answer in input order; with allOrNone one failure takes all back', async () => {
    const records = [account('c1'), account(null), account('c1')];
    const some = (await client.send('POST', 'composite/sobjects', { records })).body as {
      success: boolean;
    }[];
    expect([some.map(({ success }) => success), await count('c1')]).toEqual([
      [true, false, true],
      2,
    ]);
    const none = (
      await client.send('POST', 'composite/sobjects', {
        allOrNone: true,
        records: records.map((one) => ({ ...one, Name: one.Name && 'c2' })),
      })
    ).body as { success: boolean; errors: { statusCode: string }[] }[];
    expect(none.map(({ errors }) => errors[0]?.statusCode)).toEqual([
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'REQUIRED_FIELD_MISSING',
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    ]);
    expect(await count('c2')).toBe(0);
  });

  it('refuse an id given twice, unknown types, a row without id', async () => {
    const id = await client.create('Account', { Name: 'c3' });
    const rows = (
      await client.send('PATCH', 'composite/sobjects', {
        records: [
          account('x', { id }),
          account('y', { Id: id.slice(0, 15) }),
          account('z'),
          { attributes: { type: 'Nope' }, Name: 'n' },
        ],
      })
    ).body as { errors: { statusCode: string }[] }[];
    expect(rows.map(({ errors }) => errors[0]?.statusCode)).toEqual([
      undefined,
      'DUPLICATE_VALUE',
      'MISSING_ARGUMENT',
      'INVALID_TYPE',
    ]);
  });

  it('hold 200 records', async () => {
    const records = Array.from({ length: 201 }, () => account('too many'));
    expect((await client.send('POST', 'composite/sobjects', { records })).body).toEqual([
      {
        errorCode: 'EXCEEDED_ID_LIMIT',
        message: 'record limit reached. cannot submit more than 200 records into this call',
      },
    ]);
    expect(errorCode(await client.send('POST', 'composite/sobjects', { records: 'x' }))).toBe(
      'JSON_PARSER_ERROR',
    );
  });

  it('cost one call', async () => {
    const before = used();
    await client.send('POST', 'composite/sobjects', { records: [account('a'), account('b')] });
    expect(used() - before).toBe(1);
  });
});

describe('composite', () => {
  const request = (method: string, url: string, referenceId: string, body?: object) => ({
    method,
    url: `${V}/${url}`,
    referenceId,
    body,
  });

  it('hands results on by reference, for one call', async () => {
    const before = used();
    const { body } = await client.send('POST', 'composite', {
      compositeRequest: [
        request('POST', 'sobjects/Account', 'acc', { Name: 'Parent' }),
        request('POST', 'sobjects/Contact', 'con', { LastName: 'L', AccountId: '@{acc.id}' }),
        request('GET', "query?q=SELECT+Account.Name+FROM+Contact+WHERE+Id='@{con.id}'", 'q'),
        request('PATCH', 'sobjects/Account/@{acc.id}', 'p', {
          Description: 'of @{q.records[0].Account.Name}',
        }),
      ],
    });
    const { compositeResponse } = body as {
      compositeResponse: {
        httpStatusCode: number;
        referenceId: string;
        body: { id?: string; records?: unknown[] } | null;
        httpHeaders: object;
      }[];
    };
    expect(
      compositeResponse.map(({ httpStatusCode, referenceId }) => [referenceId, httpStatusCode]),
    ).toEqual([
      ['acc', 201],
      ['con', 201],
      ['q', 200],
      ['p', 204],
    ]);
    expect(compositeResponse[3]?.body).toBeNull();
    expect(
      (
        await client.send(
          'GET',
          `sobjects/Account/${compositeResponse[0]?.body?.id}?fields=Description`,
        )
      ).body,
    ).toMatchObject({ Description: 'of Parent' });
    expect(used() - before).toBe(2);
  });

  it('goes on past a failure, but not with what depends on it', async () => {
    const { body } = await client.send('POST', 'composite', {
      compositeRequest: [
        request('POST', 'sobjects/Account', 'bad', {}),
        request('POST', 'sobjects/Contact', 'dep', { LastName: 'x', AccountId: '@{bad.id}' }),
        request('POST', 'sobjects/Account', 'good', { Name: 'kept' }),
      ],
    });
    const { compositeResponse } = body as {
      compositeResponse: { httpStatusCode: number; body: { errorCode: string }[] }[];
    };
    expect(compositeResponse.map((one) => one.httpStatusCode)).toEqual([400, 400, 201]);
    expect([compositeResponse[1]?.body[0]?.errorCode, await count('kept')]).toEqual([
      'PROCESSING_HALTED',
      1,
    ]);
  });

  it('with allOrNone takes all back', async () => {
    const { body } = await client.send('POST', 'composite', {
      allOrNone: true,
      compositeRequest: [
        request('POST', 'sobjects/Account', 'one', { Name: 'rolled' }),
        request('POST', 'sobjects/Account', 'two', {}),
        request('POST', 'sobjects/Account', 'three', { Name: 'rolled' }),
      ],
    });
    const { compositeResponse } = body as {
      compositeResponse: { body: { errorCode: string }[] }[];
    };
    expect(compositeResponse.map((one) => one.body[0]?.errorCode)).toEqual([
      'PROCESSING_HALTED',
      'REQUIRED_FIELD_MISSING',
      'PROCESSING_HALTED',
    ]);
    expect(await count('rolled')).toBe(0);
  });

  it('runs each graph as a transaction of its own', async () => {
    const graph = (graphId: string, names: (string | null)[]) => ({
      graphId,
      compositeRequest: names.map((Name, i) =>
        request('POST', 'sobjects/Account', `r${i}`, { Name }),
      ),
    });
    const { body } = await client.send('POST', 'composite/graph', {
      graphs: [graph('1', ['graph ok', 'graph ok']), graph('2', ['graph no', null])],
    });
    expect(
      (body as { graphs: { graphId: string; isSuccessful: boolean }[] }).graphs.map(
        ({ graphId, isSuccessful }) => [graphId, isSuccessful],
      ),
    ).toEqual([
      ['1', true],
      ['2', false],
    ]);
    expect([await count('graph ok'), await count('graph no')]).toEqual([2, 0]);
  });

  it('holds 25 subrequests', async () => {
    const compositeRequest = Array.from({ length: 26 }, (_one, i) =>
      request('GET', 'limits', `r${i}`),
    );
    expect(errorCode(await client.send('POST', 'composite', { compositeRequest }))).toBe(
      'LIMIT_EXCEEDED',
    );
  });
});

describe('batch', () => {
  it('runs subrequests by either form of address, each at a call', async () => {
    const before = used();
    const { body } = await client.send('POST', 'composite/batch', {
      batchRequests: [
        { method: 'GET', url: 'v66.0/limits/recordCount?sObjects=Lead' },
        { method: 'GET', url: `${V}/sobjects/Nope/describe` },
        { method: 'POST', url: 'v66.0/sobjects/Account', richInput: { Name: 'by batch' } },
      ],
    });
    expect(body).toMatchObject({
      hasErrors: true,
      results: [
        { statusCode: 200, result: { sObjects: [{ count: 0, name: 'Lead' }] } },
        { statusCode: 404 },
        { statusCode: 201 },
      ],
    });
    expect(used() - before).toBe(3);
  });

  it('halts on error when asked to', async () => {
    const { body } = await client.send('POST', 'composite/batch', {
      haltOnError: true,
      batchRequests: [
        { method: 'GET', url: 'v66.0/nothing' },
        { method: 'GET', url: 'v66.0/limits' },
      ],
    });
    expect(body).toMatchObject({
      hasErrors: true,
      results: [
        { statusCode: 404 },
        { statusCode: 412, result: [{ errorCode: 'BATCH_PROCESSING_HALTED' }] },
      ],
    });
  });
});

describe('tree', () => {
  const node = (type: string, referenceId: string, fields: object) => ({
    attributes: { type, referenceId },
    ...fields,
  });

  it('plants parents with their children, all or none', async () => {
    const records = [
      node('Account', 'a1', {
        Name: 'Tree',
        Contacts: {
          records: [
            node('Contact', 'c1', { LastName: 'One' }),
            node('Contact', 'c2', { LastName: 'Two' }),
          ],
        },
      }),
    ];
    const planted = await client.send('POST', 'composite/tree/Account', { records });
    expect([planted.status, planted.body]).toMatchObject([
      201,
      {
        hasErrors: false,
        results: [{ referenceId: 'a1' }, { referenceId: 'c1' }, { referenceId: 'c2' }],
      },
    ]);
    expect(
      (await client.query("SELECT COUNT() FROM Contact WHERE Account.Name = 'Tree'")).body,
    ).toMatchObject({ totalSize: 2 });
    const failed = await client.send('POST', 'composite/tree/Account', {
      records: [
        node('Account', 'a2', { Name: 'Bare', Contacts: { records: [node('Contact', 'c3', {})] } }),
      ],
    });
    expect([failed.status, failed.body]).toMatchObject([
      400,
      {
        hasErrors: true,
        results: [{ referenceId: 'c3', errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] }],
      },
    ]);
    expect(await count('Bare')).toBe(0);
  });
});

describe('the budget', () => {
  it("counts down over a rolling day and refuses in the vendor's words", async () => {
    const own = await openClient({ apiDailyLimit: 3, nowMs: Date.UTC(2026, 0, 1), ticking: false });
    const ask = () => own.send('GET', 'limits');
    expect([
      (await ask()).headers.get('sforce-limit-info'),
      ((await ask()).body as Record<string, unknown>).DailyApiRequests,
    ]).toEqual(['api-usage=1/3', { Max: 3, Remaining: 1 }]);
    own.sandbox.clock.advance(12 * 3_600_000);
    await ask();
    const refused = await ask();
    expect([refused.status, refused.body, refused.headers.get('sforce-limit-info')]).toEqual([
      403,
      [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
      'api-usage=3/3',
    ]);
    own.sandbox.clock.advance(12 * 3_600_000);
    expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([
      200, 200, 403,
    ]);
  });
});
