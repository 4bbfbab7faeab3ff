import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { list, openAdmin, type Admin } from './metadata.ts';

let admin: Admin;
beforeEach(async () => {
  admin = await openAdmin();
});
afterEach(() => admin.close());

const SCORE = {
  fullName: 'Account.Score__c',
  label: 'Score',
  type: 'Number',
  precision: 5,
  scale: 2,
};
const metadata = () => admin.connection.metadata;
const post = (body: string, version = '66.0') =>
  fetch(`${admin.sandbox.url}/services/Soap/m/${version}`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', soapaction: '""' },
    body,
  });
const envelope = (session: string, call: string) =>
  `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><SessionHeader xmlns="http://soap.sforce.com/2006/04/metadata"><sessionId>${session}</sessionId></SessionHeader></e:Header><e:Body>${call}</e:Body></e:Envelope>`;

describe('metadata calls', () => {
  it('creates, reads, changes and deletes a field', async () => {
    expect(await metadata().create('CustomField', SCORE)).toMatchObject({
      fullName: 'Account.Score__c',
      success: true,
    });
    expect(await metadata().create('CustomField', SCORE)).toMatchObject({
      success: false,
      errors: [expect.objectContaining({ statusCode: 'DUPLICATE_DEVELOPER_NAME' })],
    });
    expect(await metadata().read('CustomField', 'Account.Score__c')).toMatchObject({
      fullName: 'Account.Score__c',
      type: 'Number',
      label: 'Score',
    });
    expect(
      await metadata().update('CustomField', { ...SCORE, label: 'Partner score' }),
    ).toMatchObject({ success: true });
    expect(
      admin.sandbox.org.object('Account')?.fields.find(({ name }) => name === 'Score__c')?.label,
    ).toBe('Partner score');
    expect(await metadata().upsert('CustomField', SCORE)).toMatchObject({
      success: true,
      created: false,
    });
    expect(await metadata().delete('CustomField', 'Account.Score__c')).toMatchObject({
      success: true,
    });
    expect(
      admin.sandbox.org.object('Account')?.fields.some(({ name }) => name === 'Score__c'),
    ).toBe(false);
    expect(await metadata().delete('CustomField', 'Account.Score__c')).toMatchObject({
      success: false,
    });
  });

  it('makes an object with its fields and a permission set for it, and drops the object with its rights', async () => {
    const plan = {
      fullName: 'Plan__c',
      label: 'Plan',
      pluralLabel: 'Plans',
      deploymentStatus: 'Deployed',
      sharingModel: 'ReadWrite',
      nameField: { label: 'Plan Name', type: 'Text' },
      fields: [{ fullName: 'Goal__c', label: 'Goal', type: 'Number', precision: 5, scale: 0 }],
    };
    expect(await metadata().create('CustomObject', plan as never)).toMatchObject({ success: true });
    const set = {
      fullName: 'Check',
      label: 'Check',
      fieldPermissions: [{ field: 'Plan__c.Goal__c', readable: true, editable: true }],
      objectPermissions: [{ object: 'Plan__c', allowRead: true, allowCreate: true }],
    };
    expect(await metadata().create('PermissionSet', set as never)).toMatchObject({ success: true });
    const rights = () =>
      admin.connection.query("SELECT Field FROM FieldPermissions WHERE Parent.Name = 'Check'");
    expect((await rights()).records).toMatchObject([{ Field: 'Plan__c.Goal__c' }]);
    // What the document leaves out is taken away.
    expect(
      await metadata().update('PermissionSet', { fullName: 'Check', label: 'Check' } as never),
    ).toMatchObject({ success: true });
    expect((await rights()).totalSize).toBe(0);
    expect(await metadata().delete('CustomObject', 'Plan__c')).toMatchObject({ success: true });
    expect(admin.sandbox.org.object('Plan__c')).toBeUndefined();
  });

  it('keeps what is right beside what is wrong', async () => {
    const results = await metadata().create('CustomField', [
      SCORE,
      { ...SCORE, fullName: 'Nope.Score__c' },
    ]);
    expect(list(results).map(({ success }) => success)).toEqual([true, false]);
    expect(
      admin.sandbox.org.object('Account')?.fields.some(({ name }) => name === 'Score__c'),
    ).toBe(true);
  });

  it('lists types and components', async () => {
    const { metadataObjects } = await metadata().describe();
    expect(metadataObjects.find(({ xmlName }) => xmlName === 'CustomObject')).toMatchObject({
      directoryName: 'objects',
      suffix: 'object',
    });
    await metadata().create('CustomField', SCORE);
    const rows = list(await metadata().list({ type: 'CustomField' }));
    expect(rows.find(({ fullName }) => fullName === 'Account.Score__c')).toMatchObject({
      fileName: 'objects/Account.object',
      type: 'CustomField',
      id: expect.stringMatching(/^00N/),
    });
  });

  it('answers refusals as SOAP faults', async () => {
    const lost = await post(
      envelope(
        '00D000000000000!nobody',
        '<describeMetadata xmlns="http://soap.sforce.com/2006/04/metadata"/>',
      ),
    );
    expect(lost.status).toBe(500);
    expect(await lost.text()).toContain(
      '<faultcode>sf:INVALID_SESSION_ID</faultcode><faultstring>INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session</faultstring>',
    );
    expect(await (await post('<not-xml')).text()).toContain('<soapenv:Fault>');
    expect(
      await (await post(envelope(admin.sandbox.accessToken, '<describeMetadata/>'), '29.0')).text(),
    ).toContain('UNSUPPORTED_API_VERSION');
    const rep = admin.sandbox.org.addUser({
      username: 'rep@check.example',
      lastName: 'Rep',
      profile: 'Standard User',
    });
    expect(
      await (
        await post(
          envelope(admin.sandbox.vendor.site.sessions.open(rep.id).token, '<describeMetadata/>'),
        )
      ).text(),
    ).toContain('sf:INSUFFICIENT_ACCESS');
  });
});
