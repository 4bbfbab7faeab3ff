import { describe, expect, it } from 'vitest';
import { describeAnswer, scripted, type Answer } from './support/wire.ts';

const request = {
  object: 'Account',
  fields: ['Name'],
  where: [],
  range: { kind: 'all' as const },
  includeDeleted: false,
};
const described = describeAnswer('Account', [{ name: 'Name', type: 'string' }]);
const good = {
  json: {
    totalSize: 1,
    done: true,
    records: [
      {
        Id: '001dM00003kSQbVQAW',
        SystemModstamp: '2026-05-01T07:25:37.000+0000',
        IsDeleted: false,
        Name: 'A',
      },
    ],
  },
};
const rows = [{ id: '001dM00003kSQbVQAW', fields: { HW_Score__c: 1 } }];
const resetError = () =>
  Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
  });
const refusedError = () =>
  Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
  });
const rest = (errorCode: string, message: string, status: number): Answer => ({
  status,
  json: [{ errorCode, message }],
});
const html: Answer = {
  status: 200,
  text: '<html><body>Down for maintenance</body></html>',
  headers: { 'content-type': 'text/html' },
};
const cut: Answer = {
  text: JSON.stringify(good.json).slice(0, 80),
  headers: { 'content-type': 'application/json' },
};

/** A wire on which queries and writes go wrong `times` times. */
function faulty(fault: () => Answer, times = Number.POSITIVE_INFINITY) {
  let left = times;
  return scripted((hit) => {
    if (hit.path.endsWith('/describe')) return { json: described };
    if (left-- > 0) return fault();
    return hit.method === 'PATCH'
      ? { json: [{ id: rows[0]?.id, success: true, errors: [] }] }
      : good;
  });
}

describe('a read on a bad wire', () => {
  it.each([
    ['503', () => rest('SERVER_UNAVAILABLE', 'busy', 503)],
    ['500', () => rest('UNKNOWN_EXCEPTION', 'ErrorId 1', 500)],
    ['a reset', resetError],
    ['a refusal', refusedError],
    ['an HTML page', () => html],
    ['cut JSON', () => cut],
    ['an HTML 503', () => ({ ...html, status: 503 })],
    [
      'too many long calls',
      () => rest('REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.', 403),
    ],
    ['JSON of another shape', () => ({ json: { records: 'none' } })],
  ] as [string, () => Answer][])('goes on after %s, with growing waits', async (_name, fault) => {
    const { open, deps } = faulty(fault, 3);
    const page = await (await open()).read(request, null);
    expect(page.rows.map((row) => row.fields['Name'])).toEqual(['A']);
    expect(deps.waits).toEqual([375, 750, 1500]);
  });
  it('gives up after a bounded number of tries', async () => {
    const { open, hits, deps } = faulty(() => rest('SERVER_UNAVAILABLE', 'busy', 503));
    await expect((await open()).read(request, null)).rejects.toMatchObject({
      kind: 'transient',
      code: 'SERVER_UNAVAILABLE',
      outcomeUnknown: false,
    });
    expect(hits.filter((hit) => hit.path.endsWith('/query'))).toHaveLength(5);
    expect(deps.waits).toHaveLength(4);
  });
  it.each([
    ['MALFORMED_QUERY', 400, 'bug'],
    ['INVALID_FIELD', 400, 'config'],
    ['API_DISABLED_FOR_ORG', 403, 'config'],
    ['INVALID_SESSION_ID', 401, 'auth'],
    ['SOMETHING_NEW', 400, 'config'],
    ['UNSUPPORTED_API_VERSION', 410, 'config'],
  ])('does not repeat %s (%i), which is %s', async (code, status, kind) => {
    const { open, hits } = faulty(() => rest(code, 'words of Salesforce', status));
    await expect((await open()).read(request, null)).rejects.toMatchObject({
      kind,
      code,
      message: expect.stringContaining('words of Salesforce'),
    });
    expect(hits.filter((hit) => hit.path.endsWith('/query'))).toHaveLength(1);
  });
  it('waits out the daily limit instead of failing', async () => {
    const { open } = faulty(() =>
      rest('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 403),
    );
    const before = Date.now();
    await expect((await open()).read(request, null)).rejects.toSatisfy(
      (error: { kind: string; retryAtMs: number }) =>
        error.kind === 'limit' && error.retryAtMs > before,
    );
  });
  it('looks at the schema again after a field has vanished under it', async () => {
    let hidden = false;
    const { open, hits } = scripted((hit) => {
      if (hit.path.endsWith('/describe'))
        return { json: hidden ? describeAnswer('Account', []) : described };
      return hidden ? rest('INVALID_FIELD', "No such column 'Name'", 400) : good;
    });
    const session = await open();
    await session.read(request, null);
    hidden = true;
    await expect(session.read(request, null)).rejects.toMatchObject({
      kind: 'config',
      code: 'INVALID_FIELD',
    });
    await expect(session.read(request, null)).rejects.toMatchObject({
      message: expect.stringContaining('Account has no field Name'),
      cure: expect.stringContaining('Account.Name'),
    });
    expect(hits.filter((hit) => hit.path.endsWith('/query'))).toHaveLength(2);
  });
});

describe('a write on a bad wire', () => {
  it.each([
    ['500', () => rest('UNKNOWN_EXCEPTION', 'ErrorId 1', 500), 'transient', true],
    ['a bad gateway page', () => ({ ...html, status: 502 }), 'transient', true],
    ['a reset', resetError, 'transient', true],
    ['cut JSON', () => ({ text: '[{"id":"001' }), 'transient', true],
    ['an HTML page', () => html, 'transient', true],
    ['answers for other rows', () => ({ json: [] }), 'transient', true],
    ['a refused connection', refusedError, 'transient', false],
    [
      'too many long calls',
      () => rest('REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.', 403),
      'transient',
      false,
    ],
    [
      'an ended session',
      () => rest('INVALID_SESSION_ID', 'Session expired or invalid', 401),
      'auth',
      false,
    ],
    [
      'an unknown column',
      () => rest('INVALID_FIELD', "No such column 'HW_Score__c'", 400),
      'config',
      false,
    ],
  ] as [string, () => Answer, string, boolean][])(
    'goes out once, after %s too',
    async (_name, fault, kind, outcomeUnknown) => {
      const { open, hits } = faulty(fault);
      await expect((await open()).write('Account', rows)).rejects.toMatchObject({
        kind,
        outcomeUnknown,
      });
      expect(hits.filter((hit) => hit.method === 'PATCH')).toHaveLength(1);
    },
  );
  it('has outcomes in input order, with the code of each refused row', async () => {
    const ids = ['001dM00003kSQbVQAW', '0014S000007Ny26QAC'];
    const { open, hits } = scripted(() => ({
      json: [
        {
          success: false,
          errors: [
            {
              statusCode: 'UNABLE_TO_LOCK_ROW',
              message: 'unable to obtain exclusive access',
              fields: [],
            },
          ],
        },
        { id: ids[1], success: true, errors: [] },
      ],
    }));
    const outcomes = await (await open()).write(
      'Account',
      ids.map((id) => ({ id, fields: { HW_Score__c: 1, Name: '=HYPERLINK("x")' } })),
    );
    expect(outcomes).toEqual([
      {
        id: ids[0],
        status: 'rejected',
        code: 'UNABLE_TO_LOCK_ROW',
        message: 'unable to obtain exclusive access',
        fields: [],
        retryable: true,
      },
      { id: ids[1], status: 'done' },
    ]);
    const sent = hits[0];
    expect(JSON.parse(sent?.body ?? '')).toMatchObject({
      allOrNone: false,
      records: [
        { attributes: { type: 'Account' }, id: ids[0], HW_Score__c: 1, Name: '=HYPERLINK("x")' },
        { id: ids[1] },
      ],
    });
    expect([
      sent?.headers.get('sforce-auto-assign'),
      sent?.headers.get('sforce-duplicate-rule-header'),
    ]).toEqual(['FALSE', 'allowSave=true']);
  });
  it('refuses a batch that Salesforce would', async () => {
    const { open, hits } = faulty(() => good);
    const session = await open();
    await expect(
      session.write(
        'Account',
        Array.from({ length: 201 }, () => ({ id: '001dM00003kSQbVQAW', fields: {} })),
      ),
    ).rejects.toMatchObject({ kind: 'bug' });
    await expect(session.write('Account', [{ id: "1' OR", fields: {} }])).rejects.toMatchObject({
      code: 'MALFORMED_ID',
    });
    expect(hits).toHaveLength(0);
  });
});
