import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unzip } from '../../../../src/sandbox/salesforce/metadata-api/zip.ts';
import {
  field,
  file,
  list,
  manifest,
  openAdmin,
  opened,
  packed,
  permissionSet,
  planObject,
  type Admin,
} from './metadata.ts';

let admin: Admin;
beforeEach(async () => {
  admin = await openAdmin();
});
afterEach(() => admin.close());

const SCORE = {
  'objects/Account.object': file('CustomObject', field('Score__c')),
  'package.xml': manifest({ CustomField: ['Account.Score__c'] }),
};
const fieldNames = (object: string) =>
  admin.sandbox.org.object(object)?.fields.map(({ name }) => name) ?? [];

describe('a deployment', () => {
  it('makes a field that is hidden until a permission set opens it, and then usable', async () => {
    const result = await admin.deploy(SCORE);
    expect(result).toMatchObject({
      status: 'Succeeded',
      success: true,
      done: true,
      numberComponentErrors: 0,
    });
    expect(
      list(result.details.componentSuccesses).find(
        ({ fullName }) => fullName === 'Account.Score__c',
      ),
    ).toMatchObject({ componentType: 'CustomField', fileName: 'objects/Account.object' });
    const account = admin.connection.sobject('Account');
    const { id } = await account.create({ Name: 'A' });
    await expect(account.update({ Id: String(id), Score__c: 1.5 })).rejects.toThrow(/Score__c/);
    await admin.deploy({
      'permissionsets/Check.permissionset': permissionSet(opened('Account.Score__c')),
      'package.xml': manifest({ PermissionSet: ['Check'] }),
    });
    const set = await admin.connection.query<{ Id: string }>(
      "SELECT Id FROM PermissionSet WHERE Name = 'Check'",
    );
    await admin.connection.sobject('PermissionSetAssignment').create({
      PermissionSetId: String(set.records[0]?.Id),
      AssigneeId: admin.sandbox.vendor.startSession.userId,
    });
    await account.update({ Id: String(id), Score__c: 1.5 });
    expect(
      (await admin.connection.query(`SELECT Score__c FROM Account WHERE Id = '${String(id)}'`))
        .records[0],
    ).toMatchObject({ Score__c: 1.5 });
  });

  it('finds an order of its own: a permission set and a lookup before what they refer to', async () => {
    const result = await admin.deploy({
      'permissionsets/Check.permissionset': permissionSet(opened('Plan__c.Goal__c')),
      'objects/Account.object': file(
        'CustomObject',
        field(
          'Plan__c',
          '<type>Lookup</type><referenceTo>Plan__c</referenceTo><relationshipName>Accounts</relationshipName>',
        ),
      ),
      'objects/Plan__c.object': planObject(field('Goal__c')),
      'package.xml': manifest({
        PermissionSet: ['Check'],
        CustomField: ['Account.Plan__c'],
        CustomObject: ['Plan__c'],
      }),
    });
    expect(list(result.details.componentFailures)).toEqual([]);
    expect(
      list(result.details.componentSuccesses)
        .map(({ fullName }) => fullName)
        .sort(),
    ).toEqual(['Account.Plan__c', 'Check', 'Plan__c', 'Plan__c.Goal__c', 'package.xml']);
  });

  it('takes everything back when one component fails, fields, objects and rights alike', async () => {
    const before = fieldNames('Account');
    const result = await admin.deploy({
      'objects/Account.object': file(
        'CustomObject',
        field('Score__c') + field('Bad__c', '<type>Nonsense</type>'),
      ),
      'objects/Plan__c.object': planObject(),
      'permissionsets/Check.permissionset': permissionSet(opened('Account.Score__c')),
      'package.xml': manifest({
        CustomField: ['Account.Score__c', 'Account.Bad__c'],
        CustomObject: ['Plan__c'],
        PermissionSet: ['Check'],
      }),
    });
    expect(result).toMatchObject({ status: 'Failed', success: false, numberComponentErrors: 1 });
    expect(list(result.details.componentFailures)).toMatchObject([
      {
        fullName: 'Account.Bad__c',
        componentType: 'CustomField',
        problem: 'Invalid field type: Nonsense',
      },
    ]);
    expect(fieldNames('Account')).toEqual(before);
    expect(admin.sandbox.org.object('Plan__c')).toBeUndefined();
    expect(
      (await admin.connection.query("SELECT Id FROM PermissionSet WHERE Name = 'Check'")).totalSize,
    ).toBe(0);
    // And the same package without the fault goes in afterwards.
    expect((await admin.deploy(SCORE)).status).toBe('Succeeded');
  });

  it('keeps what is right when asked to', async () => {
    const result = await admin.deploy(
      {
        'objects/Account.object': file(
          'CustomObject',
          field('Score__c') + field('Bad__c', '<type>Nonsense</type>'),
        ),
        'package.xml': manifest({ CustomField: ['Account.Score__c', 'Account.Bad__c'] }),
      },
      { rollbackOnError: false },
    );
    expect(result.status).toBe('SucceededPartial');
    expect(fieldNames('Account')).toContain('Score__c');
  });

  it('only checks when asked to, and puts the validation in force later', async () => {
    const checked = await admin.deploy(SCORE, { checkOnly: true });
    expect(checked).toMatchObject({ status: 'Succeeded', numberComponentErrors: 0 });
    expect(fieldNames('Account')).not.toContain('Score__c');
    await admin.connection.metadata.deployRecentValidation({ id: checked.id, rest: true });
    expect(fieldNames('Account')).toContain('Score__c');
  });

  it('says nothing changed the second time', async () => {
    await admin.deploy(SCORE);
    const again = list((await admin.deploy(SCORE)).details.componentSuccesses).find(
      ({ fullName }) => fullName === 'Account.Score__c',
    );
    expect([String(again?.created), String(again?.changed)]).toEqual(['false', 'false']);
  });

  it.each<[string, Record<string, string>, string, RegExp]>([
    [
      'no manifest',
      { 'objects/Account.object': file('CustomObject', field('Score__c')) },
      'package.xml',
      /No package\.xml found/,
    ],
    [
      'a member without a file',
      { 'package.xml': manifest({ Layout: ['Account-X'] }) },
      'Account-X',
      /was named in package\.xml, but was not found in zipped directory/,
    ],
    [
      'an unknown type',
      { 'package.xml': manifest({ Nonsense: ['X'] }) },
      'package.xml',
      /Unknown type name 'Nonsense'/,
    ],
    [
      'a file that is not well-formed',
      {
        'layouts/Account-X.layout': '<Layout><a></Layout>',
        'package.xml': manifest({ Layout: ['Account-X'] }),
      },
      'Account-X',
      /^Error parsing file/,
    ],
    [
      'a layout with a field that is not there',
      {
        'layouts/Account-X.layout': file(
          'Layout',
          '<layoutSections><layoutColumns><layoutItems><field>No__c</field></layoutItems></layoutColumns><style>OneColumn</style></layoutSections>',
        ),
        'package.xml': manifest({ Layout: ['Account-X'] }),
      },
      'Account-X',
      /no CustomField named Account\.No__c found/,
    ],
    [
      'a permission for a field that is not there',
      {
        'permissionsets/P.permissionset': permissionSet(opened('Account.No__c')),
        'package.xml': manifest({ PermissionSet: ['P'] }),
      },
      'P',
      /no CustomField named Account\.No__c found/,
    ],
    [
      'a permission for a required field',
      {
        'permissionsets/P.permissionset': permissionSet(opened('Account.Name')),
        'package.xml': manifest({ PermissionSet: ['P'] }),
      },
      'P',
      /You cannot deploy to a required field: Account\.Name/,
    ],
    [
      'a bundle without its configuration',
      {
        'lwc/hello/hello.js': 'export default 1',
        'package.xml': manifest({ LightningComponentBundle: ['hello'] }),
      },
      'hello',
      /js-meta\.xml/,
    ],
    [
      'a page with a component that is not there',
      {
        'flexipages/P.flexipage': file(
          'FlexiPage',
          '<flexiPageRegions><itemInstances><componentInstance><componentName>nope</componentName></componentInstance></itemInstances><name>main</name><type>Region</type></flexiPageRegions><masterLabel>P</masterLabel><sobjectType>Account</sobjectType><template><name>t</name></template><type>RecordPage</type>',
        ),
        'package.xml': manifest({ FlexiPage: ['P'] }),
      },
      'P',
      /component nope/,
    ],
  ])('fails on %s', async (_name, files, fullName, problem) => {
    const result = await admin.deploy(files);
    expect(result.status).toBe('Failed');
    expect(list(result.details.componentFailures)).toMatchObject([
      { fullName, problem: expect.stringMatching(problem) },
    ]);
  });

  it('deletes what destructiveChanges names, and only warns of what is not there', async () => {
    await admin.deploy(SCORE);
    const result = await admin.deploy(
      {
        'package.xml': manifest({}),
        'destructiveChanges.xml': manifest({
          CustomField: ['Account.Score__c', 'Account.Never__c'],
        }),
      },
      { ignoreWarnings: true },
    );
    expect(result.status).toBe('Succeeded');
    expect(fieldNames('Account')).not.toContain('Score__c');
    expect(list(result.details.componentFailures)).toMatchObject([
      { problemType: 'Warning', problem: 'No CustomField named: Account.Never__c found' },
    ]);
  });

  it('goes over REST too, and is not for everyone', async () => {
    const form = (files: Record<string, string>): FormData => {
      const body = new FormData();
      body.append(
        'entity_content',
        new Blob([JSON.stringify({ deployOptions: { singlePackage: true } })], {
          type: 'application/json',
        }),
      );
      body.append(
        'file',
        new Blob([new Uint8Array(packed(files))], { type: 'application/zip' }),
        'package.zip',
      );
      return body;
    };
    const address = `${admin.sandbox.url}/services/data/v66.0/metadata/deployRequest`;
    const headers = (token: string) => ({ authorization: `Bearer ${token}` });
    const started = await fetch(address, {
      method: 'POST',
      headers: headers(admin.sandbox.accessToken),
      body: form(SCORE),
    });
    expect(started.status).toBe(201);
    const { id } = (await started.json()) as { id: string };
    const status = (await (
      await fetch(`${address}/${id}?includeDetails=true`, {
        headers: headers(admin.sandbox.accessToken),
      })
    ).json()) as { deployResult: { status: string; details: { componentFailures: unknown[] } } };
    expect(status.deployResult).toMatchObject({
      status: 'Succeeded',
      details: { componentFailures: [] },
    });
    expect(
      (await fetch(`${address}/0Af000000000000`, { headers: headers(admin.sandbox.accessToken) }))
        .status,
    ).toBe(404);
    const user = admin.sandbox.org.addUser({
      username: 'rep@check.example',
      lastName: 'Rep',
      profile: 'Standard User',
    });
    const { token } = admin.sandbox.vendor.site.sessions.open(user.id);
    expect(
      (await fetch(address, { method: 'POST', headers: headers(token), body: form(SCORE) })).status,
    ).toBe(403);
  });
});

describe('a retrieval', () => {
  it('gives back what was deployed, so that it can be deployed elsewhere', async () => {
    const files = {
      'objects/Plan__c.object': planObject(field('Goal__c')),
      'permissionsets/Check.permissionset': permissionSet(opened('Plan__c.Goal__c')),
      'lwc/hello/hello.js': 'export default 1',
      'lwc/hello/hello.js-meta.xml': file(
        'LightningComponentBundle',
        '<apiVersion>66.0</apiVersion>',
      ),
      'package.xml': manifest({
        CustomObject: ['Plan__c'],
        PermissionSet: ['Check'],
        LightningComponentBundle: ['hello'],
      }),
    };
    expect((await admin.deploy(files)).status).toBe('Succeeded');
    const wanted = {
      types: [
        { name: 'CustomObject', members: ['Plan__c'] },
        { name: 'PermissionSet', members: ['Check'] },
        { name: 'LightningComponentBundle', members: ['*'] },
        { name: 'Layout', members: ['Account-Nope'] },
      ],
      version: '66.0',
    };
    const started = await admin.connection.metadata.retrieve({
      apiVersion: 66,
      singlePackage: true,
      unpackaged: wanted,
    } as never);
    const result = await admin.connection.metadata.checkRetrieveStatus(String(started.id));
    expect(list(result.messages)).toMatchObject([
      { problem: "Entity of type 'Layout' named 'Account-Nope' cannot be found" },
    ]);
    const back = unzip(Buffer.from(result.zipFile, 'base64'));
    expect([...back.keys()].sort()).toEqual(Object.keys(files).sort());
    expect(Buffer.from(back.get('lwc/hello/hello.js') ?? []).toString()).toBe('export default 1');
    const elsewhere = await openAdmin();
    try {
      const again = await elsewhere.deploy(
        Object.fromEntries([...back].map(([path, bytes]) => [path, Buffer.from(bytes).toString()])),
      );
      expect(list(again.details.componentFailures)).toEqual([]);
      expect(
        elsewhere.sandbox.org.object('Plan__c')?.fields.find(({ name }) => name === 'Goal__c'),
      ).toMatchObject({ type: 'double', precision: 5, scale: 2 });
    } finally {
      await elsewhere.close();
    }
  });
});
