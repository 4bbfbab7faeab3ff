import { describe, expect, it } from 'vitest';
import { HeadwaterError } from '../../../src/model/error.ts';
import type { ReadRequest } from '../../../src/model/connector.ts';
import { property, refusal, scripted, tooMany, type Answer } from './support/wire.ts';

const found = {
  json: {
    total: 1,
    results: [
      { id: '5', properties: { hs_lastmodifieddate: '2026-11-01T00:00:00.000Z', dealname: 'D' } },
    ],
  },
};
const html: Answer = { status: 502, text: '<html><body>Bad gateway</body></html>' };
const reset = (): Answer =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
  });
const refused = (): Answer =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
  });
const request: ReadRequest = {
  object: 'deals',
  fields: ['dealname'],
  where: [],
  range: { kind: 'changed', fromMs: 0, untilMs: Date.UTC(2026, 11, 1) },
  includeDeleted: false,
};
const rows = [{ id: '0-3-5', fields: { hw_score: 1 } }];
const NIGHT = Date.UTC(2026, 10, 22, 12);
/** The first `times` calls fail, then all is well. */
const failing = (answer: Answer, times: number, nowMs = NIGHT) =>
  scripted(
    (hit, nth) => (hit.path.endsWith('/search') ? (nth <= times ? answer : found) : undefined),
    { nowMs: () => nowMs },
  );

describe('the three limits', () => {
  it.each([
    ['TEN_SECONDLY_ROLLING', 'You have reached your ten_secondly_rolling limit.', 10_000],
    ['SECONDLY', 'You have reached your secondly limit.', 1_000],
    [null, 'You have reached your secondly limit.', 1_000],
    [null, 'Slow down', 10_000],
  ])('%s is waited out, then the same call goes again', async (policy, message, waitMs) => {
    const { deps, hits, open } = failing(tooMany(policy, message), 2);
    const session = await open({ searchCalls: 100 });
    expect((await session.read(request, null)).rows).toHaveLength(1);
    expect(deps.waits).toEqual([waitMs, waitMs]);
    expect(new Set(hits.map((hit) => hit.body)).size).toBe(1);
  });
  it('a burst that does not end is a limit with a time to go on', async () => {
    const { hits, open } = failing(tooMany('TEN_SECONDLY_ROLLING', 'x'), 99);
    await expect((await open()).read(request, null)).rejects.toMatchObject({
      kind: 'limit',
      code: 'BURST_LIMIT',
      retryAtMs: NIGHT + 10_000,
    });
    expect(hits).toHaveLength(5);
  });
  it("the day's limit ends at midnight of the portal's zone, and nothing is tried before", async () => {
    const { deps, hits, open } = failing(tooMany('DAILY', 'You have reached your daily limit.'), 1);
    // US/Eastern is five hours behind in November.
    await expect((await open()).read(request, null)).rejects.toMatchObject({
      kind: 'limit',
      code: 'DAILY_LIMIT',
      retryAtMs: Date.UTC(2026, 10, 23, 5),
    });
    expect([hits.length, deps.waits]).toEqual([1, []]);
  });
  it('a write that was refused for its speed goes again, for nothing had happened', async () => {
    const { hits, open } = scripted((hit, nth) =>
      hit.path.endsWith('/batch/update')
        ? nth === 1
          ? tooMany('TEN_SECONDLY_ROLLING', 'x')
          : { json: { status: 'COMPLETE', results: [{ id: '5' }] } }
        : undefined,
    );
    expect(await (await open()).write('deals', rows)).toEqual([{ id: '0-3-5', status: 'done' }]);
    expect(hits).toHaveLength(2);
  });
  it('a portal on the move says for how long', async () => {
    const { open } = failing(
      {
        status: 477,
        json: { status: 'error', message: 'migrating' },
        headers: { 'retry-after': '3600' },
      },
      1,
    );
    await expect((await open()).read(request, null)).rejects.toMatchObject({
      kind: 'limit',
      retryAtMs: NIGHT + 3_600_000,
    });
  });
});

describe('a read on a bad wire', () => {
  it.each([
    ['500', refusal(500, 'ERROR', 'internal')],
    ['a bad gateway page', html],
    ['a web page with 200', { text: '<!doctype html><p>Sign in' }],
    ['cut JSON', { text: '{"total":1,"results":[{"id"' }],
    ['another shape', { json: { total: 'many' } }],
    ['a reset', reset()],
    ['a lock', refusal(423, 'LOCKED', 'locked')],
  ] as [string, Answer][])('%s is tried again', async (_name, answer) => {
    const { hits, open } = failing(answer, 2);
    expect((await (await open()).read(request, null)).rows[0]?.fields).toEqual({ dealname: 'D' });
    expect(hits).toHaveLength(3);
  });
  it.each([
    ['500', refusal(500, 'ERROR', 'internal'), 'transient', 'ERROR'],
    ['a web page', html, 'transient', 'HTTP_502'],
    ['no connection', refused(), 'transient', 'NETWORK'],
    ['cut JSON', { text: '{"total"' }, 'transient', 'UNREADABLE_ANSWER'],
  ] as [string, Answer, string, string][])(
    '%s that lasts is a %s error in the end',
    async (_name, answer, kind, code) => {
      const { hits, open } = failing(answer, 99);
      await expect((await open()).read(request, null)).rejects.toMatchObject({
        kind,
        code,
        outcomeUnknown: false,
      });
      expect(hits).toHaveLength(5);
    },
  );
  it.each([
    ['no answer', new DOMException('The operation timed out.', 'TimeoutError'), true],
    ['504', refusal(504, 'GATEWAY_TIMEOUT', 'timed out'), true],
    ['524', { status: 524, text: '<html>' }, true],
    ['500', refusal(500, 'ERROR', 'internal'), false],
  ] as [string, Answer, boolean][])(
    '%s for a search or a count: tooMuch is told, so that a smaller one is asked for',
    async (_name, answer, tooMuch) => {
      const { open } = failing(answer, 99);
      await expect((await open()).read(request, null)).rejects.toMatchObject({
        kind: 'transient',
        tooMuch,
      });
      await expect((await open()).count(request)).rejects.toMatchObject({
        kind: 'transient',
        tooMuch,
      });
    },
  );
  it.each([
    [
      'missing scopes',
      refusal(403, 'MISSING_SCOPES', "This app hasn't been granted all required scopes", {
        errors: [
          {
            message: 'One or more of the following scopes are required.',
            context: { requiredGranularScopes: ['crm.objects.deals.read'] },
          },
        ],
      }),
      'config',
      'MISSING_SCOPES',
      'crm.objects.deals.read',
    ],
    [
      'an unknown property',
      refusal(400, 'VALIDATION_ERROR', 'Property "x" does not exist', {
        errors: [{ message: 'Property "x" does not exist', code: 'PROPERTY_DOESNT_EXIST' }],
      }),
      'config',
      'PROPERTY_DOESNT_EXIST',
      'mapping',
    ],
    [
      'a revoked token',
      refusal(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.'),
      'auth',
      'INVALID_AUTHENTICATION',
      'token',
    ],
    [
      'a redirect',
      { status: 302, text: '', headers: { location: 'https://x' } },
      'config',
      'HTTP_302',
      'baseUrl',
    ],
  ] as [string, Answer, string, string, string][])(
    '%s stops at once, with a cure',
    async (_name, answer, kind, code, cure) => {
      const { hits, open } = failing(answer, 99);
      await expect((await open()).read(request, null)).rejects.toMatchObject({
        kind,
        code,
        cure: expect.stringContaining(cure),
      });
      expect(hits).toHaveLength(1);
    },
  );
  it('a value that does not fit its property comes as its text, and its record with it', async () => {
    const { open } = scripted((hit) =>
      hit.path.endsWith('/search')
        ? {
            json: {
              total: 1,
              results: [
                {
                  id: '5',
                  properties: { hs_lastmodifieddate: '2026-11-01T00:00:00Z', hw_score: 'NaN?' },
                },
              ],
            },
          }
        : undefined,
    );
    const { rows } = await (await open()).read({ ...request, fields: ['hw_score'] }, null);
    expect(rows).toMatchObject([{ id: '0-3-5', fields: { hw_score: 'NaN?' } }]);
  });
  it('a search that stands still is an error, not an endless loop', async () => {
    const crowd = Array.from({ length: 200 }, () => ({
      id: '5',
      properties: { hs_lastmodifieddate: '2026-11-01T00:00:00.000Z' },
    }));
    const { open } = scripted((hit) =>
      hit.path.endsWith('/search') ? { json: { total: 9999, results: crowd } } : undefined,
    );
    await expect((await open()).read(request, null)).rejects.toMatchObject({
      kind: 'transient',
      code: 'NO_PROGRESS',
    });
    const { open: openEmpty } = scripted((hit) =>
      hit.path.endsWith('/search') ? { json: { total: 9999, results: [] } } : undefined,
    );
    await expect((await openEmpty()).read(request, null)).rejects.toMatchObject({
      kind: 'transient',
      message: expect.stringContaining('empty page'),
    });
  });
});

describe('associations on a bad wire', () => {
  const records = {
    json: {
      total: 3,
      results: ['5', '6', '7'].map((id) => ({
        id,
        properties: { hs_lastmodifieddate: '2026-11-01T00:00:00Z' },
      })),
    },
  };
  const link = (id: string, to: string, after?: string) => ({
    from: { id },
    to: [
      {
        toObjectId: Number(to),
        associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 5, label: null }],
      },
    ],
    ...(after === undefined ? {} : { paging: { next: { after } } }),
  });
  const linked = async (...answers: Answer[]) => {
    let nth = 0;
    const { open } = scripted((hit) =>
      hit.path.endsWith('/search')
        ? records
        : hit.path.includes('/associations/')
          ? answers[nth++]
          : undefined,
    );
    const page = await (await open()).read({ ...request, associations: ['companies'] }, null);
    return page.rows.map(
      (row) =>
        row.links?.['companies']?.map((each) => `${each.toId} ${each.labels.join()}`) ?? null,
    );
  };
  it('a record that HubSpot says has none has none; one that it could not read is unknown', async () => {
    const none = {
      status: 'error',
      category: 'OBJECT_NOT_FOUND',
      subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
      message: 'No company is associated with deal 6.',
      context: { fromObjectId: ['6'] },
    };
    const failed = {
      status: 'error',
      category: 'INTERNAL_ERROR',
      message: 'Something went wrong',
      context: { fromObjectId: ['7'] },
    };
    expect(
      await linked({ status: 207, json: { results: [link('5', '9')], errors: [none, failed] } }),
    ).toEqual([['0-2-9 Primary'], [], null]);
    expect(
      await linked({
        status: 207,
        json: {
          results: [link('5', '9')],
          errors: [
            { status: 'error', category: 'INTERNAL_ERROR', message: 'Something went wrong' },
          ],
        },
      }),
    ).toEqual([['0-2-9 Primary'], null, null]);
    expect(await linked({ json: { results: [link('5', '9')] } })).toEqual([
      ['0-2-9 Primary'],
      [],
      [],
    ]);
  });
  it('links that go on in another answer are read to their end, or not at all', async () => {
    expect(
      await linked(
        { json: { results: [link('5', '9', '1')] } },
        { json: { results: [link('5', '10')] } },
      ),
    ).toEqual([['0-2-9 Primary', '0-2-10 Primary'], [], []]);
    expect(
      await linked(
        { json: { results: [link('5', '9', '1')] } },
        ...Array.from({ length: 5 }, () => html),
      ),
    ).toEqual([null, [], []]);
  });
});

describe('a write on a bad wire', () => {
  it.each([
    ['500', refusal(500, 'ERROR', 'x'), 'transient', true],
    ['a gateway page', html, 'transient', true],
    ['a reset', reset(), 'transient', true],
    ['cut JSON', { text: '{"status":"COMPLETE","results":[' }, 'transient', true],
    [
      'an answer that leaves rows out',
      { json: { status: 'COMPLETE', results: [] } },
      'transient',
      true,
    ],
    ['a refused connection', refused(), 'transient', false],
    [
      'one bad row',
      refusal(400, 'VALIDATION_ERROR', 'Property values were not valid', {
        errors: [
          {
            message: 'was not a valid number',
            code: 'INVALID_NUMBER',
            context: { propertyName: ['hw_score'] },
          },
        ],
      }),
      'rejected',
      false,
    ],
    [
      'a missing property',
      refusal(400, 'VALIDATION_ERROR', 'Property "hw_score" does not exist'),
      'config',
      false,
    ],
    ['a missing scope', refusal(403, 'MISSING_SCOPES', 'x'), 'config', false],
    ['a revoked token', refusal(401, 'INVALID_AUTHENTICATION', 'x'), 'auth', false],
  ] as [string, Answer, string, boolean][])(
    'goes out once: %s',
    async (_name, answer, kind, outcomeUnknown) => {
      const { hits, open } = scripted((hit) =>
        hit.path.endsWith('/batch/update') ? answer : undefined,
      );
      await expect((await open()).write('deals', rows)).rejects.toMatchObject({
        kind,
        outcomeUnknown,
      });
      expect(hits).toHaveLength(1);
    },
  );
  it('tells row by row what became of it, in input order, by trace id, by number, or by what is left', async () => {
    const errors = [
      {
        status: 'error',
        category: 'VALIDATION_ERROR',
        message: 'bad',
        context: { objectWriteTraceId: ['row-1'] },
        errors: [
          {
            message: 'x was not a number',
            code: 'INVALID_NUMBER',
            context: { propertyName: ['hw_score'] },
          },
        ],
      },
      { status: 'error', category: 'OBJECT_NOT_FOUND', message: 'gone', context: { ids: ['8'] } },
    ];
    const wanted = ['5', '6', '7', '8'].map((id) => ({
      id: `0-3-${id}`,
      fields: { hw_score: 1.5 },
    }));
    const { hits, open } = scripted((hit) =>
      hit.path.endsWith('/batch/update')
        ? {
            status: 207,
            json: { status: 'COMPLETE', results: [{ id: '7' }, { id: 5 }], errors, numErrors: 2 },
          }
        : undefined,
    );
    expect(await (await open()).write('deals', wanted)).toEqual([
      { id: '0-3-5', status: 'done' },
      {
        id: '0-3-6',
        status: 'rejected',
        code: 'INVALID_NUMBER',
        message: 'x was not a number',
        fields: ['hw_score'],
      },
      { id: '0-3-7', status: 'done' },
      {
        id: '0-3-8',
        status: 'rejected',
        code: 'OBJECT_NOT_FOUND',
        message: 'gone',
        fields: [],
        gone: true,
      },
    ]);
    expect(JSON.parse(hits[0]?.body ?? '').inputs[1]).toEqual({
      id: '6',
      objectWriteTraceId: 'row-1',
      properties: { hw_score: '1.5' },
    });
  });
  it('refuses what HubSpot would, before it goes out', async () => {
    const { hits, open } = scripted(() => undefined);
    const session = await open();
    await expect(
      session.write(
        'deals',
        Array.from({ length: 101 }, () => rows[0]!),
      ),
    ).rejects.toMatchObject({ kind: 'bug', code: 'WRITE_BATCH' });
    await expect(session.write('deals', [{ id: '0-2-5', fields: {} }])).rejects.toMatchObject({
      kind: 'bug',
      code: 'MALFORMED_ID',
    });
    await expect(session.write('owners', rows)).rejects.toMatchObject({ kind: 'config' });
    expect(hits).toHaveLength(0);
  });
});

describe('signing in', () => {
  it('a wrong token is an auth error at once, with a cure', async () => {
    const { open } = scripted((hit) =>
      hit.path.startsWith('/account-info/')
        ? refusal(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.')
        : undefined,
    );
    await expect(open()).rejects.toMatchObject({
      kind: 'auth',
      cure: expect.stringContaining('service key'),
    });
  });
  it('another portal than the named one is refused', async () => {
    await expect(scripted(() => undefined).open({ portalId: 8 })).rejects.toMatchObject({
      kind: 'config',
      code: 'WRONG_PORTAL',
    });
  });
  it('scopes that lack are told by check, by name', async () => {
    const missing = refusal(403, 'MISSING_SCOPES', 'scopes', {
      errors: [{ context: { requiredGranularScopes: ['crm.schemas.deals.read'] } }],
    });
    const { open } = scripted((hit) =>
      hit.path === '/crm/v3/properties/deals' ? missing : undefined,
    );
    const session = await open();
    expect(
      (await session.check(['deals'])).find((step) => step.name.startsWith('deals')),
    ).toMatchObject({ ok: false, cure: expect.stringContaining('crm.schemas.deals.read') });
    expect(await session.describe('deals')).toBeNull();
    await expect(session.read(request, null)).rejects.toMatchObject({
      kind: 'config',
      cure: expect.stringContaining('crm.schemas.deals.read'),
    });
  });
  it('never says a token', async () => {
    const { deps, open } = scripted((hit) => (hit.path.endsWith('/search') ? html : undefined));
    const error = await (await open({}, { accessToken: 'pat-secret-1' }))
      .read(request, null)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HeadwaterError);
    expect(
      `${String(error)} ${JSON.stringify(error)} ${JSON.stringify(deps.events)}`,
    ).not.toContain('pat-secret-1');
  });
});

it('a portal whose deals have no modified date is read whole only', async () => {
  const { open } = scripted((hit) =>
    hit.path === '/crm/v3/properties/deals'
      ? { json: { results: [property('dealname', 'string')] } }
      : undefined,
  );
  const session = await open();
  expect((await session.describe('deals'))?.stampField).toBeNull();
  await expect(session.read(request, null)).rejects.toMatchObject({
    kind: 'config',
    code: 'NO_STAMP',
  });
});
