import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldOf, metadataOf } from '../../../../src/sandbox/salesforce/http/field-metadata.ts';
import { errorCode, openClient, V, type Client } from './client.ts';

let client: Client;
beforeAll(async () => {
  client = await openClient();
});
afterAll(() => client.close());

const make = (name: string, Metadata: object, object = 'Opportunity') =>
  client.send('POST', 'tooling/sobjects/CustomField', { FullName: `${object}.${name}`, Metadata });
const score = {
  label: 'Partner score',
  type: 'Number',
  precision: 5,
  scale: 2,
  description: 'Chance that the plan is met',
  inlineHelpText: 'From 0 to 100',
};
const DOCUMENTS: object[] = [
  score,
  { label: 'p', type: 'Percent', precision: 3, scale: 0 },
  { label: 't', type: 'Text', length: 80 },
  { label: 'l', type: 'LongTextArea', length: 32768, visibleLines: 3 },
  { label: 'c', type: 'Checkbox', defaultValue: 'false' },
  { label: 'd', type: 'Date' },
  { label: 'dt', type: 'DateTime' },
  { label: 'u', type: 'Url' },
  { label: 'r', type: 'Lookup', referenceTo: 'Account', relationshipName: 'Backer' },
  {
    label: 'k',
    type: 'Picklist',
    valueSet: {
      restricted: true,
      valueSetDefinition: {
        sorted: false,
        value: [
          { fullName: 'A', default: false, label: 'A' },
          { fullName: 'B', default: true, label: 'Bee' },
        ],
      },
    },
  },
];

describe('CustomField', () => {
  it.each(DOCUMENTS)('round-trips %o', (document) => {
    const field = fieldOf('X__c', document as Record<string, unknown>);
    const shown = Object.fromEntries(
      Object.entries(metadataOf(field)).filter(([, value]) => value !== null),
    );
    expect(fieldOf('X__c', shown)).toEqual(field);
  });

  it('is made, found, shown, changed and deleted', async () => {
    const made = await make('HW_Score__c', score);
    const { id } = made.body as { id: string };
    expect([made.status, made.body]).toEqual([
      201,
      {
        id: expect.stringMatching(/^00N\w{15}$/),
        success: true,
        errors: [],
        warnings: [],
        infos: [],
      },
    ]);
    const found = await client.send(
      'GET',
      `tooling/query?q=${encodeURIComponent("SELECT Id, DeveloperName, TableEnumOrId FROM CustomField WHERE TableEnumOrId = 'Opportunity' AND DeveloperName = 'HW_Score'")}`,
    );
    expect(found.body).toMatchObject({
      totalSize: 1,
      records: [{ Id: id, DeveloperName: 'HW_Score', TableEnumOrId: 'Opportunity' }],
    });
    expect(
      (
        await client.send('PATCH', `tooling/sobjects/CustomField/${id}`, {
          Metadata: { label: 'Renamed', type: 'Number', precision: 6, scale: 2 },
        })
      ).status,
    ).toBe(204);
    expect((await client.send('GET', `tooling/sobjects/CustomField/${id}`)).body).toMatchObject({
      Id: id,
      FullName: 'Opportunity.HW_Score__c',
      Metadata: { label: 'Renamed', precision: 6, description: 'Chance that the plan is met' },
    });
    expect((await client.send('DELETE', `tooling/sobjects/CustomField/${id}`)).status).toBe(204);
    expect((await client.send('GET', `tooling/sobjects/CustomField/${id}`)).status).toBe(404);
  });

  it.each<[object, string]>([
    [{ label: 'x', type: 'Number', precision: 19, scale: 0 }, 'FIELD_INTEGRITY_EXCEPTION'],
    [{ label: 'x', type: 'Number' }, 'REQUIRED_FIELD_MISSING'],
    [{ type: 'Date' }, 'REQUIRED_FIELD_MISSING'],
    [{ label: 'x', type: 'Text', length: 300 }, 'FIELD_INTEGRITY_EXCEPTION'],
    [{ label: 'x', type: 'Nonsense' }, 'INVALID_TYPE'],
    [{ label: 'x', type: 'Picklist' }, 'REQUIRED_FIELD_MISSING'],
  ])('is refused: %o', async (metadata, code) => {
    const answer = await make('Bad__c', metadata);
    expect([answer.status, errorCode(answer)]).toEqual([400, code]);
  });

  it('cannot be made twice, nor on what does not exist', async () => {
    await make('Twice__c', { label: 'x', type: 'Date' });
    expect(errorCode(await make('Twice__c', { label: 'x', type: 'Date' }))).toBe(
      'DUPLICATE_DEVELOPER_NAME',
    );
    expect(errorCode(await make('X__c', { label: 'x', type: 'Date' }, 'Nope'))).toBe(
      'INVALID_TYPE',
    );
  });
});

describe('field-level security', () => {
  it('hides a new field from everybody until it is granted, to each what he was granted', async () => {
    await make('HW_Hidden__c', score);
    const { org, accessToken } = client.sandbox;
    const rep = org.addUser({
      username: 'rep@sandbox.example',
      lastName: 'Rep',
      profile: 'Standard User',
    });
    const repToken = client.sandbox.vendor.site.sessions.open(rep.id).token;
    const as = (token: string) => ({ authorization: `Bearer ${token}` });
    const described = async (token: string) =>
      (
        (await client.send('GET', 'sobjects/Opportunity/describe', undefined, as(token))).body as {
          fields: { name: string; updateable: boolean }[];
        }
      ).fields.find(({ name }) => name === 'HW_Hidden__c')?.updateable;
    const id = await client.create('Opportunity', {
      Name: 'x',
      StageName: 'Prospecting',
      CloseDate: '2027-01-01',
    });
    const write = async (token: string, value: number) =>
      errorCode(
        await client.send(
          'PATCH',
          `sobjects/Opportunity/${id}`,
          { HW_Hidden__c: value },
          as(token),
        ),
      );
    expect([
      await described(accessToken),
      errorCode(await client.query('SELECT HW_Hidden__c FROM Opportunity')),
    ]).toEqual([undefined, 'INVALID_FIELD']);
    expect(['INVALID_FIELD', 'INVALID_FIELD_FOR_INSERT_UPDATE']).toContain(
      await write(accessToken, 1),
    );

    const grant = async (name: string, edit: boolean, userId: string) => {
      const ParentId = await client.create('PermissionSet', { Name: name, Label: name });
      await client.create('FieldPermissions', {
        ParentId,
        SobjectType: 'Opportunity',
        Field: 'Opportunity.HW_Hidden__c',
        PermissionsRead: true,
        PermissionsEdit: edit,
      });
      await client.create('PermissionSetAssignment', {
        AssigneeId: userId,
        PermissionSetId: ParentId,
      });
    };
    await grant('Writers', true, client.sandbox.vendor.startSession.userId);
    await grant('Readers', false, rep.id);
    expect([await described(accessToken), await described(repToken)]).toEqual([true, false]);
    expect([await write(accessToken, 71.5), await write(repToken, 1)]).toEqual([
      undefined,
      'INVALID_FIELD_FOR_INSERT_UPDATE',
    ]);
    expect(
      (await client.query('SELECT HW_Hidden__c FROM Opportunity', as(repToken))).body,
    ).toMatchObject({ records: [{ HW_Hidden__c: 71.5 }] });
    expect(
      (
        await client.send(
          'POST',
          `${V}/tooling/sobjects/CustomField`,
          { FullName: 'Account.X__c', Metadata: score },
          as(repToken),
        )
      ).status,
    ).toBe(403);
  });
});

describe('faults aimed at an object', () => {
  it('hit its records, its statements and its jobs, and no others', async () => {
    const { faults, vendor } = client.sandbox;
    vendor.configure({ bulkJobMs: 0 });
    const job = (
      await client.send('POST', 'jobs/query', {
        operation: 'query',
        query: 'SELECT Id FROM Contact',
      })
    ).body as { id: string };
    faults.add({ kind: 'serverError', match: { object: 'Contact' } });
    const status = async (path: string) => (await client.send('GET', path)).status;
    const query = (soql: string) => status(`query?q=${encodeURIComponent(soql)}`);
    expect([
      await status('sobjects/Contact/describe'),
      await query("SELECT Id, Account.Name FROM Contact WHERE Name = 'from Account'"),
      await status(`jobs/query/${job.id}`),
    ]).toEqual([500, 500, 500]);
    expect([
      await status('sobjects/Account/describe'),
      await query(
        'SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Id IN (SELECT AccountId FROM Contact)',
      ),
      await status('limits'),
    ]).toEqual([200, 200, 200]);
    faults.clear();
  });
});
