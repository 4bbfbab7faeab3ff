import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CrmSession, FieldSpec } from '../../../src/model/connector.ts';
import { readPages, rowsOf, startOrg, type TestOrg } from './support/org.ts';

const score: FieldSpec = {
  object: 'Account',
  name: 'HW_Score__c',
  label: 'Partner score',
  type: 'number',
  precision: 5,
  scale: 1,
  description: 'Chance in percent',
};
const reasons: FieldSpec = {
  object: 'Account',
  name: 'HW_Reasons__c',
  label: 'Score reasons',
  type: 'longtext',
  length: 131_072,
  description: 'Why',
};
let org: TestOrg;
let session: CrmSession;
beforeAll(async () => {
  org = await startOrg(210);
  session = await org.open();
  await session.deployFields(await session.planFields([score, reasons]));
});
afterEach(() => org.sandbox.faults.clear());
afterAll(async () => {
  await org.sandbox.close();
});

const ids = (count: number) => org.accountIds.slice(0, count);
const read = async (some: string[]) =>
  new Map(
    rowsOf(
      await readPages(session, {
        object: 'Account',
        fields: ['HW_Score__c', 'HW_Reasons__c', 'Name'],
        where: [],
        range: { kind: 'ids', ids: some },
        includeDeleted: false,
      }),
    ).map((row) => [row.id, row.fields]),
  );
const patches = () => org.sandbox.log.list().filter((entry) => entry.method === 'PATCH').length;

describe('writes', () => {
  it('change 200 records in one call, and are there when read back', async () => {
    const before = session.calls();
    const outcomes = await session.write(
      'Account',
      ids(200).map((id, n) => ({ id, fields: { HW_Score__c: n / 2 } })),
    );
    expect(outcomes).toEqual(ids(200).map((id) => ({ id, status: 'done' })));
    expect(session.calls() - before).toBe(1);
    const found = await read(ids(200));
    for (const [n, id] of ids(200).entries()) expect(found.get(id)?.['HW_Score__c']).toBe(n / 2);
  });
  it('refuse bad rows one by one, in place, with the words of Salesforce', async () => {
    const [good, wide, gone] = [
      org.accountIds[0] ?? '',
      org.accountIds[1] ?? '',
      org.accountIds[209] ?? '',
    ];
    org.sandbox.org.remove(org.sandbox.org.admin, gone);
    const outcomes = await session.write('Account', [
      { id: gone, fields: { HW_Score__c: 1 } },
      { id: wide, fields: { HW_Score__c: 99999 } },
      { id: good, fields: { HW_Score__c: 7.5 } },
    ]);
    expect(outcomes.map((each) => each.status)).toEqual(['rejected', 'rejected', 'done']);
    expect(outcomes[0]).toMatchObject({ id: gone, code: 'ENTITY_IS_DELETED' });
    expect(outcomes[1]).toMatchObject({
      id: wide,
      code: 'NUMBER_OUTSIDE_VALID_RANGE',
      fields: ['HW_Score__c'],
    });
  });
  it('carry any text unchanged: unicode, formulas, 131,072 characters, null', async () => {
    const texts = [
      '=HYPERLINK("http://evil","x")',
      '@SUM(A1)',
      'O\'Neil \\ "q" % _',
      '漢字 😀 e\u0301',
      'line\nline\ttab',
      'x'.repeat(131_072),
      null,
    ];
    for (const settings of [{}, { pageRows: 1, bulkFromRows: 0 }]) {
      const written = await session.write(
        'Account',
        texts.map((text, n) => ({ id: ids(7)[n] ?? '', fields: { HW_Reasons__c: text } })),
      );
      expect(written.every((each) => each.status === 'done')).toBe(true);
      const other = await org.open(settings);
      const rows = rowsOf(
        await readPages(other, {
          object: 'Account',
          fields: ['HW_Reasons__c'],
          where: [],
          range: { kind: 'all' },
          includeDeleted: false,
        }),
      );
      for (const [n, text] of texts.entries())
        expect(rows.find((row) => row.id === ids(7)[n])?.fields['HW_Reasons__c']).toBe(text);
    }
  });
  it.each([
    ['serverError', true],
    ['reset', true],
    ['truncated', true],
    ['timeout', true],
  ] as const)(
    'lost after they were applied (%s) are unknown, sent once, and there',
    async (kind, unknown) => {
      org.sandbox.faults.add({ kind, match: { method: 'PATCH' }, when: 'after', times: 1 });
      const value = { serverError: 11, reset: 12, truncated: 13, timeout: 14 }[kind];
      const [before, [id = '']] = [patches(), ids(1)];
      await expect(
        (await org.open({ timeoutMs: 800 })).write('Account', [
          { id, fields: { HW_Score__c: value } },
        ]),
      ).rejects.toMatchObject({ kind: 'transient', outcomeUnknown: unknown });
      expect((await read([id])).get(id)?.['HW_Score__c']).toBe(value);
      expect(patches() - before).toBe(1);
    },
  );
  it('after an ended session go again with a new one, applied once', async () => {
    const jwt = await org.open(
      { auth: 'jwt', clientId: org.sandbox.clientId, username: org.sandbox.username },
      { privateKey: org.sandbox.privateKeyPem },
    );
    org.sandbox.faults.add({ kind: 'expiredSession', match: { method: 'PATCH' }, times: 1 });
    const [id = ''] = ids(1);
    expect(await jwt.write('Account', [{ id, fields: { HW_Score__c: 21 } }])).toEqual([
      { id, status: 'done' },
    ]);
    expect((await read([id])).get(id)?.['HW_Score__c']).toBe(21);
  });
  it('name a field that nobody may write', async () => {
    const [id = ''] = ids(1);
    const failure = await session.write('Account', [{ id, fields: { HW_Nope__c: 1 } }]).then(
      (outcomes) => outcomes[0],
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ message: expect.stringContaining('HW_Nope__c') });
  });
});
