/** Bulk API 1.0 as jsforce's `conn.bulk` speaks it, over a real port. */
import jsforce from 'jsforce';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../../../src/sandbox/index.ts';

let sandbox: Sandbox;
let conn: jsforce.Connection;
beforeAll(async () => {
  sandbox = await startSandbox({ partners: 6, deals: 60, switches: { bulkJobMs: 30 } });
  conn = new jsforce.Connection({
    instanceUrl: sandbox.url,
    accessToken: sandbox.accessToken,
    version: '66.0',
  });
  conn.bulk.pollInterval = 10;
});
afterAll(async () => {
  // jsforce closes its jobs behind our back, after the results are there.
  await new Promise((resolve) => setTimeout(resolve, 300));
  await sandbox.close();
});

async function toArray<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const rows: T[] = [];
  for await (const row of stream) rows.push(row);
  return rows;
}

it('queries: every row of a query once, with parents and times', async () => {
  const stream = await conn.bulk.query(
    'SELECT Id, Name, CreatedDate, Amount, Account.Name FROM Opportunity',
  );
  const rows = await toArray(stream as unknown as AsyncIterable<Record<string, string>>);
  expect(rows).toHaveLength(sandbox.org.recordCount('Opportunity'));
  expect(new Set(rows.map(({ Id }) => Id)).size).toBe(rows.length);
  expect(rows[0]).toMatchObject({
    'Account.Name': expect.stringMatching(/./),
    CreatedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.000Z$/),
  });
});

it('inserts, updates, upserts and deletes; a bad row fails alone, in input order', async () => {
  const made = await conn.bulk.load('Account', 'insert', [
    { Name: 'Bulk one', AnnualRevenue: 5 },
    { Industry: 'nameless' },
    { Name: 'Bulk, "two"' },
  ]);
  expect(made.map(({ success }) => success)).toEqual([true, false, true]);
  expect(made[1]).toMatchObject({
    id: null,
    errors: ['REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --'],
  });
  const [first, , third] = made.map(({ id }) => id ?? '');
  expect(
    await conn.bulk.load('Account', 'update', [{ Id: first, AnnualRevenue: 7 }]),
  ).toMatchObject([{ id: first, success: true, created: false }]);
  expect(
    (
      await conn.bulk.load('Account', 'upsert', { extIdField: 'Id' }, [
        { Id: first, Name: 'Bulk one', AnnualRevenue: 8 },
        { Id: '', Name: 'Bulk three', AnnualRevenue: 9 },
      ])
    ).map(({ created }) => created),
  ).toEqual([false, true]);
  expect(await conn.bulk.load('Account', 'delete', [{ Id: third }])).toMatchObject([
    { id: third, success: true },
  ]);
  const { records } = await conn.query<{ Name: string; AnnualRevenue: number }>(
    "SELECT Name, AnnualRevenue FROM Account WHERE Name LIKE 'Bulk%' ORDER BY Name",
  );
  expect(records.map(({ Name, AnnualRevenue }) => [Name, AnnualRevenue])).toEqual([
    ['Bulk one', 8],
    ['Bulk three', 9],
  ]);
});

it('takes several batches, lists them, and leaves an aborted job as it was', async () => {
  const { switches } = sandbox.vendor.site;
  // Long enough that nothing begins before the job is aborted, however slow the machine is.
  switches.bulkJobMs = 60_000;
  const job = conn.bulk.createJob('Account', 'insert');
  const batches = [job.createBatch(), job.createBatch()];
  const queued = batches.map((batch) => new Promise((resolve) => batch.on('queue', resolve)));
  for (const [n, batch] of batches.entries()) batch.execute([{ Name: `Aborted ${n}` }]);
  await Promise.all(queued);
  expect((await job.list()).map(({ state }) => state)).toEqual([
    expect.stringMatching(/Queued|InProgress/),
    expect.stringMatching(/Queued|InProgress/),
  ]);
  const { id } = job;
  expect((await job.abort())?.state).toBe('Aborted');
  switches.bulkJobMs = 0;
  const listed = await sandbox.fetch(`${sandbox.url}/services/async/66.0/job/${id}/batch`, {
    headers: { 'x-sfdc-session': sandbox.accessToken },
  });
  expect((await listed.text()).match(/NotProcessed/g)).toHaveLength(2);
  switches.bulkJobMs = 30;
  expect(
    sandbox.org.query(sandbox.org.admin, "SELECT Id FROM Account WHERE Name LIKE 'Aborted%'", false)
      .totalSize,
  ).toBe(0);
});

it('tells of a statement that is wrong, and asks for a new session when the old one ended', async () => {
  await expect(conn.bulk.query('SELECT Nothing__c FROM Account')).rejects.toThrow(
    /InvalidBatch : Failed to process query: INVALID_FIELD/,
  );
  await expect(conn.bulk.load('Nothing__c', 'insert', [{ Name: 'x' }])).rejects.toThrow(
    /Unable to find object/,
  );
  let refreshed = 0;
  const stale = new jsforce.Connection({
    instanceUrl: sandbox.url,
    accessToken: '00D000000000000!stale',
    version: '66.0',
    refreshFn: (_conn, done) => {
      refreshed += 1;
      done(null, sandbox.accessToken);
    },
  });
  stale.bulk.pollInterval = 10;
  expect(await stale.bulk.load('Account', 'insert', [{ Name: 'After refresh' }])).toMatchObject([
    { success: true },
  ]);
  expect(refreshed).toBe(1);
});
