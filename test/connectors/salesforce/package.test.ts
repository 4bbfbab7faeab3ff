import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compileWrites } from '../../../src/mapping/compile/writes.ts';
import type { FieldPlanItem } from '../../../src/model/connector.ts';
import { salesforce } from '../../../connectors/salesforce/index.ts';
import { packageFiles } from '../../../tools/salesforce-package/files.ts';
import { parsed, SALESFORCE } from '../../mapping/fixtures/document.ts';
import {
  list,
  manifest,
  openAdmin,
  type Admin,
} from '../../sandbox/salesforce/metadata-api/metadata.ts';
import { testDeps } from './support/deps.ts';

const PACKAGE = resolve(import.meta.dirname, '../../../connectors/salesforce/package');
const SOURCE = 'force-app/main/default/';
/** Written by hand, beside what the tool makes. */
const BY_HAND = ['headwaterScore.html', 'headwaterScore.js'].map(
  (name) => `${SOURCE}lwc/headwaterScore/${name}`,
);
const onDisk = (): string[] =>
  readdirSync(PACKAGE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(PACKAGE.length + 1))
    .sort();
const specs = compileWrites(parsed(SALESFORCE), () => null).flatMap(({ fields }) =>
  fields.map(({ spec }) => spec),
);

/** The same content as the Metadata API takes it: fields inside their object, no `-meta` in names, a manifest. */
function metadataFormat(): Record<string, string> {
  const files: Record<string, string> = {};
  const fields = new Map<string, string[]>();
  const members: Record<string, string[]> = {
    CustomField: [],
    PermissionSet: [],
    FlexiPage: [],
    LightningComponentBundle: ['headwaterScore'],
  };
  for (const path of onDisk().filter((file) => file.startsWith(SOURCE))) {
    const text = readFileSync(join(PACKAGE, path), 'utf8');
    const [kind = '', name = '', , leaf = ''] = path.slice(SOURCE.length).split('/');
    const plain = (file: string): string => file.replace(/\.\w+-meta\.xml$/, '');
    if (kind === 'objects') {
      fields.set(name, [
        ...(fields.get(name) ?? []),
        `<fields>${/<CustomField[^>]*>([\s\S]*)<\/CustomField>/.exec(text)?.[1] ?? ''}</fields>`,
      ]);
      members['CustomField']?.push(`${name}.${plain(leaf)}`);
    } else if (kind === 'lwc') {
      files[path.slice(SOURCE.length)] = text;
    } else {
      files[`${kind}/${name.replace('-meta.xml', '')}`] = text;
      members[kind === 'flexipages' ? 'FlexiPage' : 'PermissionSet']?.push(plain(name));
    }
  }
  for (const [name, own] of fields)
    files[`objects/${name}.object`] =
      `<?xml version="1.0" encoding="UTF-8"?><CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">${own.join('')}</CustomObject>`;
  return { 'package.xml': manifest(members), ...files };
}

describe('the source package', () => {
  it('is what the tool makes today, with nothing left over', () => {
    const made = packageFiles(parsed(SALESFORCE));
    expect(onDisk()).toEqual([...made.keys(), ...BY_HAND].sort());
    for (const [path, text] of made)
      expect(
        readFileSync(join(PACKAGE, path), 'utf8'),
        `${path}: run node tools/salesforce-package.ts`,
      ).toBe(text);
  });

  it('follows the mapping: another name, another file, another line in the permission sets and the component', () => {
    const made = packageFiles(
      parsed(
        SALESFORCE.replace(
          'HW_Partner_Score__c: { value: partner.score }',
          "Our_Score__c: { value: partner.score, label: 'Score <ours> & theirs' }",
        ),
      ),
    );
    expect(made.get(`${SOURCE}objects/Account/fields/Our_Score__c.field-meta.xml`)).toContain(
      '<label>Score &lt;ours&gt; &amp; theirs</label>',
    );
    expect(made.get(`${SOURCE}permissionsets/Headwater.permissionset-meta.xml`)).toContain(
      '<field>Account.Our_Score__c</field>',
    );
    expect(made.get(`${SOURCE}lwc/headwaterScore/fields.js`)).toContain(
      "score: 'Account.Our_Score__c'",
    );
    expect([...made.keys()].join()).not.toContain('HW_Partner_Score__c');
  });

  it('the record page part reads every field it shows through the names of the package', () => {
    const component = readFileSync(join(PACKAGE, BY_HAND[1]!), 'utf8');
    const asked = [...component.matchAll(/this\.value\('(\w+)'\)/g)].map((match) => match[1]);
    const fields = readFileSync(join(PACKAGE, `${SOURCE}lwc/headwaterScore/fields.js`), 'utf8');
    expect(new Set(asked)).toEqual(
      new Set([...fields.matchAll(/^ {8}(\w+):/gm)].map((match) => match[1])),
    );
    const page = readFileSync(join(PACKAGE, BY_HAND[0]!), 'utf8');
    for (const [, name] of page.matchAll(/\{(\w+)\}/g))
      expect(component, name).toMatch(new RegExp(`get ${name}\\(\\)`));
  });
});

describe('deployed through the Metadata API', () => {
  let admin: Admin;
  beforeAll(async () => {
    admin = await openAdmin();
  });
  afterAll(async () => {
    await admin.close();
  });

  it('makes what `field deploy` would make: nothing is left for it but the assignment', async () => {
    const deployed = await admin.deploy(metadataFormat());
    expect([deployed.status, list(deployed.details.componentFailures)]).toEqual(['Succeeded', []]);
    const { sandbox } = admin;
    const plan = async (): Promise<FieldPlanItem[]> => {
      const session = await salesforce.open(
        { auth: 'access-token', instanceUrl: sandbox.url },
        { accessToken: sandbox.accessToken },
        testDeps(),
      );
      return await session.planFields(specs);
    };
    expect(new Set((await plan()).map((item) => item.action))).toEqual(new Set(['grant']));
    const { records } = await admin.connection.query<{ Id: string; Name: string }>(
      "SELECT Id, Name FROM PermissionSet WHERE Name = 'Headwater_Integration'",
    );
    await admin.connection.sobject('PermissionSetAssignment').create({
      AssigneeId: sandbox.org.userByName(sandbox.username)?.id ?? '',
      PermissionSetId: records[0]?.Id ?? '',
    });
    expect((await plan()).filter((item) => item.action !== 'none')).toEqual([]);
    const again = await admin.deploy(metadataFormat());
    expect(again.status).toBe('Succeeded');
  });
});
