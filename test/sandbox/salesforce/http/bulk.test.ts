import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvLine, readCsv } from '../../../../src/sandbox/salesforce/http/csv.ts';
import { errorCode, openClient, V, type Client } from './client.ts';

let client: Client;
const NOW = Date.UTC(2026, 4, 1, 7, 25, 37);
beforeAll(async () => {
  client = await openClient({ nowMs: NOW, ticking: false, switches: { bulkJobMs: 0 } });
  for (const Name of ['Plain', 'Comma, "quoted"', 'Line\nbreak', '=1+1'])
    await client.create('Account', { Name, AnnualRevenue: 15000 });
});
afterAll(() => client.close());

const query = (soql: string, more: object = {}) =>
  client.send('POST', 'jobs/query', { operation: 'query', query: soql, ...more });
const idOf = (answer: { body: unknown }) => (answer.body as { id: string }).id;

describe('CSV', () => {
  it('reads back whatever it writes, in every form', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 20 });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(',', ';', '\t', '|', '^', '`'),
        fc.constantFrom('\n', '\r\n'),
        (rows, delimiter, lineEnding) => {
          const form = { delimiter, lineEnding };
          const text = csvLine(['h1', 'h2'], form) + rows.map((row) => csvLine(row, form)).join('');
          expect(readCsv(text, form)).toEqual({ header: ['h1', 'h2'], rows });
        },
      ),
    );
  });
});

describe('Bulk 2.0 query', () => {
  it("answers a job, then CSV with the vendor's headers", async () => {
    const made = await query(
      'SELECT Id, Name, CreatedDate, AnnualRevenue, Phone, Owner.Name FROM Account ORDER BY Name',
    );
    expect([made.status, made.body]).toMatchObject([
      200,
      {
        id: expect.stringMatching(/^750\w{15}$/),
        operation: 'query',
        object: 'Account',
        createdDate: '2026-05-01T07:25:37.000+0000',
        concurrencyMode: 'Parallel',
        contentType: 'CSV',
        apiVersion: 66,
        lineEnding: 'LF',
        columnDelimiter: 'COMMA',
      },
    ]);
    const job = await client.send('GET', `jobs/query/${idOf(made)}`);
    expect(job.body).toMatchObject({
      state: 'JobComplete',
      jobType: 'V2Query',
      numberRecordsProcessed: 4,
    });
    const results = await client.send('GET', `jobs/query/${idOf(made)}/results`);
    expect([
      results.headers.get('sforce-locator'),
      results.headers.get('sforce-numberofrecords'),
      results.headers.get('content-type'),
    ]).toEqual(['null', '4', 'text/csv']);
    expect(results.text.split('\n')[0]).toBe(
      '"Id","Name","CreatedDate","AnnualRevenue","Phone","Owner.Name"',
    );
    const rows = parse(results.text, { columns: true }) as Record<string, string>[];
    expect(rows.map(({ Name }) => Name).sort()).toEqual([
      '=1+1',
      'Comma, "quoted"',
      'Line\nbreak',
      'Plain',
    ]);
    expect(rows[0]).toMatchObject({
      CreatedDate: '2026-05-01T07:25:37.000Z',
      AnnualRevenue: '15000',
      Phone: '',
      'Owner.Name': 'Headwater Integration',
    });
  });

  it('pages by locator and by result pages, every row once', async () => {
    const id = idOf(
      await query('SELECT Name FROM Account', { columnDelimiter: 'PIPE', lineEnding: 'CRLF' }),
    );
    const rows = (text: string) => parse(text, { delimiter: '|', from: 2 }).flat() as string[];
    const seen: string[] = [];
    for (let locator = ''; locator !== 'null'; ) {
      const page = await client.send(
        'GET',
        `jobs/query/${id}/results?maxRecords=3${locator === '' ? '' : `&locator=${locator}`}`,
      );
      expect(page.text).toContain('"\r\n');
      expect(rows(page.text)).toHaveLength(Number(page.headers.get('sforce-numberofrecords')));
      seen.push(...rows(page.text));
      locator = page.headers.get('sforce-locator') ?? '';
    }
    const pages = (await client.send('GET', `jobs/query/${id}/resultPages?maxRecords=1`)).body as {
      resultPages: { resultUrl: string }[];
      done: boolean;
      nextRecordsUrl: string | null;
    };
    expect([pages.resultPages.length, pages.done, pages.nextRecordsUrl]).toEqual([4, true, null]);
    const parallel = await Promise.all(
      pages.resultPages.map(async ({ resultUrl }) =>
        rows((await client.send('GET', resultUrl)).text),
      ),
    );
    expect([seen.length, parallel.flat()]).toEqual([4, seen]);
    expect(errorCode(await client.send('GET', `jobs/query/${id}/results?locator=!!`))).toBe(
      'INVALID_QUERY_LOCATOR',
    );
  });

  it('goes through its states, and gives results at the end only', async () => {
    client.sandbox.vendor.configure({ bulkJobMs: 300 });
    const id = idOf(await query('SELECT Id FROM Account'));
    const state = async () =>
      ((await client.send('GET', `jobs/query/${id}`)).body as { state: string }).state;
    const early = await client.send('GET', `jobs/query/${id}/results`);
    const seen = [await state()];
    while (seen.at(-1) !== 'JobComplete') {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const now = await state();
      if (now !== seen.at(-1)) seen.push(now);
    }
    expect([errorCode(early), seen]).toEqual([
      'INVALIDJOBSTATE',
      ['UploadComplete', 'InProgress', 'JobComplete'],
    ]);
    const aborted = idOf(await query('SELECT Id FROM Account'));
    expect(
      (await client.send('PATCH', `jobs/query/${aborted}`, { state: 'Aborted' })).body,
    ).toMatchObject({ state: 'Aborted' });
    client.sandbox.vendor.configure({ bulkJobMs: 0 });
    expect(errorCode(await client.send('GET', `jobs/query/${aborted}/results`))).toBe(
      'INVALIDJOBSTATE',
    );
    expect((await client.send('DELETE', `jobs/query/${aborted}`)).status).toBe(204);
    expect((await client.send('GET', `jobs/query/${aborted}`)).status).toBe(404);
  });

  it('wants one API version throughout', async () => {
    const id = idOf(await query('SELECT Id FROM Account'));
    expect((await client.send('GET', `/services/data/v65.0/jobs/query/${id}/results`)).status).toBe(
      409,
    );
  });

  it.each([
    'SELECT COUNT() FROM Account',
    'SELECT COUNT(Id) FROM Account',
    'SELECT Name FROM Account GROUP BY Name',
    'SELECT Id FROM Account OFFSET 5',
    'SELECT BillingAddress FROM Account',
    'SELECT Id, (SELECT Id FROM Contacts) FROM Account',
    'SELECT TYPEOF Owner WHEN User THEN Name END FROM Account',
  ])('refuses %s', async (soql) => {
    const answer = await query(soql);
    expect([answer.status, errorCode(answer)]).toEqual([400, 'API_ERROR']);
  });

  it('takes the refused words where they are only text', async () => {
    expect(
      (await query("SELECT Id FROM Account WHERE Name = 'a GROUP BY b OFFSET 5'")).status,
    ).toBe(200);
    expect(errorCode(await query('SELECT Nope FROM Account'))).toBe('INVALID_FIELD');
  });

  it('sees deleted rows by queryAll', async () => {
    const id = await client.create('Account', { Name: 'Doomed' });
    await client.send('DELETE', `sobjects/Account/${id}`);
    const job = idOf(
      await client.send('POST', 'jobs/query', {
        operation: 'queryAll',
        query: 'SELECT Id, IsDeleted FROM Account WHERE IsDeleted = true',
      }),
    );
    expect(
      parse((await client.send('GET', `jobs/query/${job}/results`)).text, { columns: true }),
    ).toEqual([{ Id: id, IsDeleted: 'true' }]);
  });

  it('is listed', async () => {
    expect((await client.send('GET', 'jobs/query')).body).toMatchObject({
      done: true,
      records: expect.arrayContaining([
        expect.objectContaining({ jobType: 'V2Query', object: 'Account' }),
      ]),
    });
  });
});

describe('Bulk 2.0 ingest', () => {
  async function load(
    job: object,
    csv: string,
  ): Promise<{
    id: string;
    success: string;
    failed: string;
    unprocessed: string;
    info: Record<string, unknown>;
  }> {
    const made = await client.send('POST', 'jobs/ingest', {
      contentType: 'CSV',
      lineEnding: 'LF',
      ...job,
    });
    const path = `jobs/ingest/${idOf(made)}`;
    expect(made.body).toMatchObject({ state: 'Open', contentUrl: `${V.slice(1)}/${path}/batches` });
    expect(
      (await client.send('PUT', `${path}/batches`, csv, { 'content-type': 'text/csv' })).status,
    ).toBe(201);
    expect((await client.send('PATCH', path, { state: 'UploadComplete' })).status).toBe(200);
    const info = (await client.send('GET', path)).body as Record<string, unknown>;
    const [success, failed, unprocessed] = await Promise.all(
      ['successfulResults', 'failedResults', 'unprocessedrecords'].map(
        async (name) => (await client.send('GET', `${path}/${name}`)).text,
      ),
    );
    return {
      id: idOf(made),
      success: success ?? '',
      failed: failed ?? '',
      unprocessed: unprocessed ?? '',
      info,
    };
  }

  it('inserts, with a result for every row', async () => {
    const done = await load(
      { object: 'Account', operation: 'insert' },
      'NAME,AnnualRevenue,Phone\n"Two\nlines",7,\n,8,123\n',
    );
    expect(done.info).toMatchObject({
      state: 'JobComplete',
      jobType: 'V2Ingest',
      numberRecordsProcessed: 2,
      numberRecordsFailed: 1,
    });
    expect(done.success).toMatch(
      /^"sf__Id","sf__Created","NAME","AnnualRevenue","Phone"\n"001\w{15}","true","Two\nlines","7",""\n$/,
    );
    expect(done.failed).toBe(
      '"sf__Id","sf__Error","NAME","AnnualRevenue","Phone"\n"","REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --","","8","123"\n',
    );
    expect(done.unprocessed).toBe('"NAME","AnnualRevenue","Phone"\n');
  });

  it('updates, empties by #N/A, leaves by nothing, deletes', async () => {
    const id = await client.create('Account', { Name: 'Bulk', Phone: '1', Website: 'example.com' });
    await load({ object: 'Account', operation: 'update' }, `Id,Phone,Website\n${id},#N/A,\n`);
    expect((await client.send('GET', `sobjects/Account/${id}`)).body).toMatchObject({
      Phone: null,
      Website: 'example.com',
    });
    const removed = await load(
      { object: 'Account', operation: 'delete' },
      `Id\n${id}\n001000000000000AAA\n`,
    );
    expect(removed.info).toMatchObject({ numberRecordsProcessed: 2, numberRecordsFailed: 1 });
    expect((await client.send('GET', `sobjects/Account/${id}`)).status).toBe(404);
  });

  it('aborted, leaves its rows unprocessed', async () => {
    const id = idOf(
      await client.send('POST', 'jobs/ingest', { object: 'Account', operation: 'insert' }),
    );
    await client.send('PUT', `jobs/ingest/${id}/batches`, 'Name\nNever\n');
    await client.send('PATCH', `jobs/ingest/${id}`, { state: 'Aborted' });
    expect((await client.send('GET', `jobs/ingest/${id}/unprocessedRecords`)).text).toBe(
      '"Name"\n"Never"\n',
    );
    expect(
      (await client.query("SELECT COUNT() FROM Account WHERE Name = 'Never'")).body,
    ).toMatchObject({ totalSize: 0 });
  });

  it('is applied also when nobody asks for it', async () => {
    const id = idOf(
      await client.send('POST', 'jobs/ingest', { object: 'Account', operation: 'insert' }),
    );
    await client.send('PUT', `jobs/ingest/${id}/batches`, 'Name\nUnasked\n');
    await client.send('PATCH', `jobs/ingest/${id}`, { state: 'UploadComplete' });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(
      (await client.query("SELECT COUNT() FROM Account WHERE Name = 'Unasked'")).body,
    ).toMatchObject({ totalSize: 1 });
  });

  it('refuses jobs that make no sense', async () => {
    const post = async (job: object) => errorCode(await client.send('POST', 'jobs/ingest', job));
    expect([
      await post({ object: 'Nope', operation: 'insert' }),
      await post({ object: 'Account', operation: 'polish' }),
      await post({ object: 'Account', operation: 'upsert' }),
      await post({ object: 'Account', operation: 'insert', lineEnding: 'CR' }),
    ]).toEqual(['INVALIDENTITY', 'INVALIDJOB', 'INVALIDJOB', 'INVALIDJOB']);
    const id = idOf(
      await client.send('POST', 'jobs/ingest', { object: 'Account', operation: 'insert' }),
    );
    expect(
      errorCode(await client.send('PATCH', `jobs/ingest/${id}`, { state: 'UploadComplete' })),
    ).toBe('INVALIDJOBSTATE');
  });
});
