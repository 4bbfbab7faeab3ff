/**
 * Other forms of the same requests: compressed, in XML, by the wrong method;
 * and the schema as records.
 */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseXml } from '../../../../src/sandbox/salesforce/metadata-api/xml.ts';
import { errorCode, openClient, V, type Client } from './client.ts';

let client: Client;
beforeAll(async () => {
  client = await openClient();
});
afterAll(() => client.close());

it('takes compressed bodies, and says so of one that is none', async () => {
  const send = (body: Uint8Array<ArrayBuffer>, encoding: string) =>
    client.sandbox.fetch(`${client.sandbox.url}${V}/sobjects/Account`, {
      method: 'POST',
      body,
      headers: {
        authorization: `Bearer ${client.sandbox.accessToken}`,
        'content-type': 'application/json',
        'content-encoding': encoding,
      },
    });
  expect((await send(new Uint8Array(gzipSync('{"Name":"Packed"}')), 'gzip')).status).toBe(201);
  expect((await client.query("SELECT Id FROM Account WHERE Name = 'Packed'")).body).toMatchObject({
    totalSize: 1,
  });
  expect([
    (await send(new Uint8Array(Buffer.from('{}')), 'gzip')).status,
    (await send(new Uint8Array(Buffer.from('{}')), 'br')).status,
  ]).toEqual([400, 415]);
});

it('answers in XML whoever asks for it first', async () => {
  await client.create('Account', { Name: 'A & B' });
  const asked = async (path: string, accept: string) =>
    await client.send('GET', path, undefined, { accept });
  const soql = `query?q=${encodeURIComponent("SELECT Name, Phone, Owner.Name FROM Account WHERE Name = 'A & B'")}`;
  const answer = await asked(soql, 'application/xml');
  expect(answer.headers.get('content-type')).toBe('application/xml;charset=UTF-8');
  const root = parseXml(answer.text);
  const record = root.children.find(({ name }) => name === 'records');
  expect([
    root.name,
    record?.attributes['type'],
    record?.children.map(({ name, text, attributes }) => [name, text, attributes['nil']]),
  ]).toEqual([
    'QueryResult',
    'Account',
    [
      ['Name', 'A & B', undefined],
      ['Phone', '', 'true'],
      ['Owner', '', undefined],
    ],
  ]);
  const wrong = parseXml((await asked('query?q=SELECT+Nope+FROM+Account', 'application/xml')).text);
  expect([
    wrong.name,
    wrong.children[0]?.children.find(({ name }) => name === 'errorCode')?.text,
  ]).toEqual(['Errors', 'INVALID_FIELD']);
  expect(parseXml((await asked('/services/data', 'text/xml')).text).children[0]?.name).toBe(
    'Version',
  );
  for (const accept of ['*/*', 'application/json, application/xml', 'text/html'])
    expect((await asked(soql, accept)).body).toMatchObject({ totalSize: 1 });
});

it('names the methods an address takes', async () => {
  const put = await client.send('PUT', 'sobjects/Account', {});
  expect([put.status, put.body]).toEqual([
    405,
    [
      {
        message: "HTTP Method 'PUT' not allowed. Allowed are HEAD,GET,POST",
        errorCode: 'METHOD_NOT_ALLOWED',
      },
    ],
  ]);
  expect((await client.send('DELETE', 'limits')).status).toBe(405);
  expect(errorCode(await client.send('GET', 'nothing/here'))).toBe('NOT_FOUND');
  expect((await client.send('GET', 'sobjects/Account/describe/layouts')).body).toEqual([
    { message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' },
  ]);
  expect((await client.send('GET', 'sobjects/Account/describe')).status).toBe(200);
});

it('gives entity and field definitions to ordinary queries, joined to each other', async () => {
  expect(
    (
      await client.query(
        "SELECT QualifiedApiName, Label FROM EntityDefinition WHERE QualifiedApiName = 'Opportunity'",
      )
    ).body,
  ).toMatchObject({
    totalSize: 1,
    records: [{ QualifiedApiName: 'Opportunity', Label: 'Opportunity' }],
  });
  const fields = (
    await client.query(
      "SELECT QualifiedApiName, EntityDefinition.Label FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Opportunity'",
    )
  ).body as { records: { QualifiedApiName: string; EntityDefinition: { Label: string } }[] };
  expect(fields.records.map(({ QualifiedApiName }) => QualifiedApiName)).toEqual(
    expect.arrayContaining(['StageName', 'CloseDate', 'Amount']),
  );
  expect(new Set(fields.records.map(({ EntityDefinition }) => EntityDefinition.Label))).toEqual(
    new Set(['Opportunity']),
  );
  expect((await client.send('GET', 'tooling/sobjects')).body).toMatchObject({
    sobjects: expect.arrayContaining([expect.objectContaining({ name: 'CustomField' })]),
  });
  expect(
    (await client.send('GET', 'tooling/sobjects/FieldDefinition/describe')).body,
  ).toMatchObject({
    name: 'FieldDefinition',
    fields: expect.arrayContaining([expect.objectContaining({ name: 'QualifiedApiName' })]),
  });
});
