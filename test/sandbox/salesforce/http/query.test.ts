import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCode, openClient, V, type Client } from './client.ts';

let client: Client;
const NOW = Date.UTC(2026, 4, 1, 7, 25, 37);
async function openFilled(): Promise<Client> {
  const filled = await openClient({ nowMs: NOW, ticking: false });
  for (let from = 0; from < 450; from += 150) {
    const records = Array.from({ length: 150 }, (_one, i) => ({
      attributes: { type: 'Account' },
      Name: `Account ${String(from + i).padStart(3, '0')}`,
    }));
    await filled.send('POST', 'composite/sobjects', { records });
  }
  return filled;
}
beforeAll(async () => {
  client = await openFilled();
});
afterAll(() => client.close());

interface Page {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
  records: Record<string, unknown>[];
}
const pageOf = (answer: { body: unknown }) => answer.body as Page;

describe('query', () => {
  it("gives attributes first, cells in SELECT order, date-times in the vendor's form, nulls as null", async () => {
    const { body, text, headers } = await client.query(
      "SELECT CreatedDate, Name, Owner.Name, Phone, (SELECT Id FROM Contacts) FROM Account WHERE Name = 'Account 007'",
    );
    const { Id, url } = await client
      .query("SELECT Id FROM Account WHERE Name = 'Account 007'")
      .then((one) => {
        const record = pageOf(one).records[0] as { Id: string; attributes: { url: string } };
        return { Id: record.Id, url: record.attributes.url };
      });
    expect(url).toBe(`${V}/sobjects/Account/${Id}`);
    expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(headers.get('sforce-limit-info')).toMatch(/^api-usage=\d+\/100000$/);
    expect(body).toMatchObject({
      totalSize: 1,
      done: true,
      records: [
        {
          attributes: { type: 'Account', url },
          CreatedDate: '2026-05-01T07:25:37.000+0000',
          Name: 'Account 007',
          Owner: { attributes: { type: 'User' } },
          Phone: null,
          Contacts: null,
        },
      ],
    });
    expect(Object.keys(pageOf({ body }).records[0] ?? {})).toEqual([
      'attributes',
      'CreatedDate',
      'Name',
      'Owner',
      'Phone',
      'Contacts',
    ]);
    expect(text).not.toContain('nextRecordsUrl');
  });

  it('pages by locator: every row once, in order', async () => {
    let page = pageOf(
      await client.query('SELECT Name FROM Account ORDER BY Name', {
        'sforce-query-options': 'batchSize=200',
      }),
    );
    expect(page).toMatchObject({
      totalSize: 450,
      done: false,
      nextRecordsUrl: expect.stringMatching(/^\/services\/data\/v66\.0\/query\/0r8\w{15}-200$/),
    });
    const names = page.records.map(({ Name }) => Name);
    while (page.nextRecordsUrl !== undefined) {
      page = pageOf(await client.send('GET', page.nextRecordsUrl));
      names.push(...page.records.map(({ Name }) => Name));
    }
    expect(names).toEqual(
      Array.from({ length: 450 }, (_one, i) => `Account ${String(i).padStart(3, '0')}`),
    );
  });

  it('grants no wish below 200, and may give less than asked', async () => {
    const size = async () =>
      pageOf(
        await client.query('SELECT Id FROM Account', { 'sforce-query-options': 'batchSize=10' }),
      ).records.length;
    expect(await size()).toBe(200);
    client.sandbox.vendor.configure({ pageSizeMax: 30 });
    expect(await size()).toBe(30);
    client.sandbox.vendor.configure({ pageSizeMax: 2000 });
  });

  it('counts child rows towards the page', async () => {
    const own = await openFilled();
    const ids = pageOf(
      await own.query('SELECT Id FROM Account ORDER BY Name LIMIT 100'),
    ).records.map(({ Id }) => Id);
    for (const half of [ids.slice(0, 50), ids.slice(50)]) {
      await own.send('POST', 'composite/sobjects', {
        records: half.flatMap((AccountId) =>
          [1, 2, 3].map((n) => ({ attributes: { type: 'Contact' }, LastName: `L${n}`, AccountId })),
        ),
      });
    }
    const soql = 'SELECT Name, (SELECT LastName FROM Contacts) FROM Account ORDER BY Name';
    let page = pageOf(await own.query(soql, { 'sforce-query-options': 'batchSize=200' }));
    expect(page.records).toHaveLength(50); // 50 accounts and their 150 contacts
    expect(page.records[0]).toMatchObject({
      Contacts: {
        totalSize: 3,
        done: true,
        records: [{ attributes: { type: 'Contact' }, LastName: 'L1' }, {}, {}],
      },
    });
    let rows = page.records.length;
    while (page.nextRecordsUrl !== undefined)
      rows += (page = pageOf(await own.send('GET', page.nextRecordsUrl))).records.length;
    expect(rows).toBe(450);
    await own.close();
  });

  it('lets a locator live two days', async () => {
    const own = await openClient({ nowMs: NOW, ticking: false, pageSizeMax: 1 });
    await own.create('Account', { Name: 'a' });
    await own.create('Account', { Name: 'b' });
    const next = pageOf(await own.query('SELECT Id FROM Account')).nextRecordsUrl ?? '';
    own.sandbox.clock.advance(2 * 86_400_000 - 1);
    expect((await own.send('GET', next)).status).toBe(200);
    own.sandbox.clock.advance(1);
    const late = await own.send('GET', next);
    expect([late.status, errorCode(late)]).toEqual([400, 'INVALID_QUERY_LOCATOR']);
    expect(errorCode(await own.send('GET', 'query/0r8nonsense-200'))).toBe('INVALID_QUERY_LOCATOR');
  });

  it('aggregates and counts', async () => {
    expect((await client.query('SELECT COUNT() FROM Account')).body).toEqual({
      totalSize: 450,
      done: true,
      records: [],
    });
    expect(
      (await client.query('SELECT COUNT(Id), MAX(CreatedDate) newest FROM Account')).body,
    ).toEqual({
      totalSize: 1,
      done: true,
      records: [
        {
          attributes: { type: 'AggregateResult' },
          expr0: 450,
          newest: '2026-05-01T07:25:37.000+0000',
        },
      ],
    });
  });

  it('queryAll also finds what was deleted', async () => {
    const id = await client.create('Account', { Name: 'Doomed' });
    await client.send('DELETE', `sobjects/Account/${id}`);
    const soql = `SELECT Id, IsDeleted FROM Account WHERE Name = 'Doomed'`;
    expect(pageOf(await client.query(soql)).totalSize).toBe(0);
    expect(
      pageOf(await client.send('GET', `queryAll?q=${encodeURIComponent(soql)}`)).records,
    ).toMatchObject([{ Id: id, IsDeleted: true }]);
  });

  it('explains, and tells the columns', async () => {
    const explained = (
      await client.send('GET', `query?explain=${encodeURIComponent('SELECT Id FROM Account')}`)
    ).body;
    expect(explained).toMatchObject({
      plans: [
        { leadingOperationType: 'TableScan', sobjectCardinality: 450, sobjectType: 'Account' },
      ],
      sourceQuery: 'SELECT Id FROM Account',
    });
    const columns = (
      await client.send(
        'GET',
        `query?columns=true&q=${encodeURIComponent('SELECT Id, Name, Owner.Name, Owner.Email, AnnualRevenue, (SELECT LastName FROM Contacts) FROM Account')}`,
      )
    ).body as {
      columnMetadata: {
        columnName: string;
        joinColumns: { columnName: string }[];
        aggregate: boolean;
        numberType: boolean;
      }[];
    };
    expect(columns).toMatchObject({
      entityName: 'Account',
      groupBy: false,
      idSelected: true,
      keyPrefix: '001',
    });
    expect(
      columns.columnMetadata.map(({ columnName, joinColumns, aggregate, numberType }) => [
        columnName,
        joinColumns.map((one) => one.columnName),
        aggregate,
        numberType,
      ]),
    ).toEqual([
      ['Id', [], false, false],
      ['Name', [], false, false],
      ['Owner', ['Name', 'Email'], false, false],
      ['AnnualRevenue', [], false, true],
      ['Contacts', ['LastName'], true, false],
    ]);
  });

  it("refuses wrong statements in the vendor's words", async () => {
    const wrong = await client.query('SELECT Nope FROM Account');
    expect([wrong.status, wrong.body]).toMatchObject([
      400,
      [
        {
          errorCode: 'INVALID_FIELD',
          message: expect.stringContaining("No such column 'Nope' on entity 'Account'"),
        },
      ],
    ]);
    expect((await client.query('SELECT Id FROM Nope')).body).toMatchObject([
      {
        errorCode: 'INVALID_TYPE',
        message: expect.stringContaining("sObject type 'Nope' is not supported."),
      },
    ]);
    expect(errorCode(await client.query('SELECT FROM Account'))).toBe('MALFORMED_QUERY');
    expect(errorCode(await client.send('GET', 'query'))).toBe('MALFORMED_QUERY');
    expect(
      (await client.query(`SELECT Id FROM Account WHERE Name IN ('${'x'.repeat(17_000)}')`)).status,
    ).toBe(414);
  });
});
