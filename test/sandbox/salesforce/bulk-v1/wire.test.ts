/** Bulk API 1.0 as other clients write it: JSON throughout, or JSON jobs with XML batches. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseXml } from '../../../../src/sandbox/salesforce/metadata-api/xml.ts';
import { openClient, type Answer, type Client } from '../http/client.ts';

const NOW = Date.UTC(2026, 4, 1, 7, 25, 37);
const ROOT = '/services/async/66.0/job';
let client: Client;
beforeEach(async () => {
  client = await openClient({ nowMs: NOW, ticking: false, switches: { bulkJobMs: 0 } });
  await client.create('Account', { Name: 'One & only', AnnualRevenue: 15000 });
});
afterEach(() => client.close());

const post = (path: string, body: unknown, type = 'application/json') =>
  client.send('POST', `${ROOT}${path}`, body, { 'content-type': type });
const get = (path: string) => client.send('GET', `${ROOT}${path}`);
const idOf = (answer: Answer) => (answer.body as { id: string }).id;
const xmlText = (answer: Answer, name: string) =>
  parseXml(answer.text).children.find((one) => one.name === name)?.text;
async function jsonJob(job: Record<string, string>, body: unknown): Promise<string> {
  const jobId = idOf(await post('', { contentType: 'JSON', ...job }));
  return `/${jobId}/batch/${idOf(await post(`/${jobId}/batch`, body))}`;
}

it('a JSON job: records in, results out, times as numbers', async () => {
  const insert = await jsonJob({ operation: 'insert', object: 'Contact' }, [
    { LastName: 'Young', Account: { Name: 'x' } },
    { LastName: 'Old', Birthdate: '1960-02-03' },
    {},
  ]);
  expect((await get(insert)).body).toMatchObject({
    state: 'Completed',
    numberRecordsProcessed: 3,
    numberRecordsFailed: 2,
  });
  expect((await get(`${insert}/result`)).body).toMatchObject([
    { success: false, errors: [{ statusCode: 'INVALID_FIELD' }] },
    { success: true, created: true, id: expect.stringMatching(/^003/) },
    {
      success: false,
      id: null,
      errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['LastName'] }],
    },
  ]);
  const query = await jsonJob(
    { operation: 'query', object: 'Contact' },
    'SELECT LastName, Birthdate, CreatedDate, Owner.Name FROM Contact',
  );
  const [result] = (await get(`${query}/result`)).body as string[];
  expect((await get(`${query}/result/${result}`)).body).toEqual([
    {
      attributes: expect.objectContaining({ type: 'Contact' }),
      LastName: 'Old',
      Birthdate: Date.UTC(1960, 1, 3),
      CreatedDate: NOW,
      Owner: {
        attributes: expect.objectContaining({ type: 'User' }),
        Name: 'Headwater Integration',
      },
    },
  ]);
});

it('a CSV job opened in JSON answers its batches in XML', async () => {
  const jobId = idOf(
    await post('', { operation: 'queryAll', object: 'Account', contentType: 'CSV' }),
  );
  const made = await client.send(
    'POST',
    `${ROOT}/${jobId}/batch`,
    'SELECT Name, AnnualRevenue FROM Account',
    { 'content-type': 'text/csv', 'sforce-enable-pkchunking': 'true' },
  );
  expect([made.status, xmlText(made, 'jobId')]).toEqual([201, jobId]);
  const list = parseXml((await get(`/${jobId}/batch`)).text);
  expect(
    list.children.map((batch) => batch.children.find(({ name }) => name === 'state')?.text),
  ).toEqual(['Completed']);
  const batch = `/${jobId}/batch/${xmlText(made, 'id')}`;
  expect((await get(`${batch}/request`)).text).toBe('SELECT Name, AnnualRevenue FROM Account');
  const result = xmlText(await get(`${batch}/result`), 'result');
  expect((await get(`${batch}/result/${result}`)).text).toBe(
    '"Name","AnnualRevenue"\n"One & only","15000"\n',
  );
  expect((await post(`/${jobId}`, { state: 'Closed' })).body).toMatchObject({
    state: 'Closed',
    numberBatchesTotal: 1,
    numberBatchesCompleted: 1,
    numberRecordsProcessed: 1,
    apiVersion: 66,
  });
  expect((await post(`/${jobId}/batch`, 'SELECT Id FROM Account')).body).toMatchObject({
    exceptionCode: 'InvalidJobState',
  });
});

it('an XML job: sObjects in, results and records out', async () => {
  const job =
    '<?xml version="1.0"?><jobInfo xmlns="http://www.force.com/2009/06/asyncapi/dataload"><operation>update</operation><object>Account</object><contentType>XML</contentType></jobInfo>';
  const opened = await post('', job, 'application/xml; charset=UTF-8');
  const id = (await client.query('SELECT Id FROM Account LIMIT 1')).body as {
    records: { Id: string }[];
  };
  const rows = `<sObjects xmlns="http://www.force.com/2009/06/asyncapi/dataload" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><sObject><Id>${id.records[0]?.Id}</Id><AnnualRevenue xsi:nil="true"/><Phone>1 &lt; 2</Phone></sObject></sObjects>`;
  const made = await post(`/${xmlText(opened, 'id')}/batch`, rows, 'application/xml');
  const result = parseXml(
    (await get(`/${xmlText(opened, 'id')}/batch/${xmlText(made, 'id')}/result`)).text,
  );
  expect(result.children[0]?.children.map(({ name, text }) => [name, text])).toEqual([
    ['id', id.records[0]?.Id],
    ['success', 'true'],
    ['created', 'false'],
  ]);
  expect((await client.query('SELECT AnnualRevenue, Phone FROM Account')).body).toMatchObject({
    records: [{ AnnualRevenue: null, Phone: '1 < 2' }],
  });
});

it('refuses in its own words', async () => {
  const said = async (answer: Promise<Answer>) =>
    ((await answer).body as { exceptionCode: string }).exceptionCode;
  expect(await said(post('', { operation: 'merge', object: 'Account', contentType: 'JSON' }))).toBe(
    'InvalidJob',
  );
  expect(
    await said(post('', { operation: 'upsert', object: 'Account', contentType: 'JSON' })),
  ).toBe('InvalidJob');
  expect(await said(post('', '{', 'application/json'))).toBe('InvalidJob');
  const lost = await client.send('GET', `${ROOT}/750000000000000`, undefined, {
    'x-sfdc-session': 'nonsense',
    'content-type': 'application/xml',
  });
  expect([lost.status, xmlText(lost, 'exceptionCode')]).toEqual([400, 'InvalidSessionId']);
  const bad = await jsonJob({ operation: 'insert', object: 'Account' }, { Name: 'no list' });
  expect((await get(bad)).body).toMatchObject({
    state: 'Failed',
    stateMessage: expect.stringContaining('a list of records was expected'),
  });
});

it.each(['', '  \n'])('an empty batch %j is an error of the client at once', async (body) => {
  const jobId = idOf(
    await post('', { contentType: 'CSV', operation: 'insert', object: 'Contact' }),
  );
  const answer = await client.send('POST', `${ROOT}/${jobId}/batch`, body, {
    'content-type': 'text/csv',
  });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('ClientInputError');
});
