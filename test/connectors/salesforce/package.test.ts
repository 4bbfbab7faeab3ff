import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagedWrites } from '../../../src/mapping/compile/closing.ts';
import { compileWrites } from '../../../src/mapping/compile/writes.ts';
import type { FieldPlanItem } from '../../../src/model/connector.ts';
import { PRINTED } from '../../../src/model/language/printed.ts';
import { fieldDescription } from '../../../src/model/language/field-labels.ts';
import { LANGUAGES, type Language } from '../../../src/model/language/languages.ts';
import type { CrmPackage } from '../../../src/model/packaging.ts';
import { packageTexts, type PackageText } from '../../../connectors/kit/card/texts.ts';
import { salesforce } from '../../../connectors/salesforce/index.ts';
import { packager } from '../../../connectors/salesforce/packaging/index.ts';
import { metadataFormat } from '../../../connectors/salesforce/packaging/metadata-format.ts';
import { parsed, SALESFORCE } from '../../mapping/fixtures/document.ts';
import { list, openAdmin, type Admin } from '../../sandbox/salesforce/metadata-api/metadata.ts';
import { testDeps } from './support/deps.ts';

/** English texts that stand in a package of another language. */
const englishIn = (all: string, language: Language): string[] =>
  Object.entries(packageTexts('en'))
    .filter(([name, text]) => text !== packageTexts(language)[name as PackageText])
    .flatMap(([name, text]) => (all.includes(`>${text}<`) ? [name] : []));

/** Of labels of fields and list views, and of names of reports. */
const NAME_LIMITS = [
  ['label', 40],
  ['name', 40],
  ['inlineHelpText', 510],
] as const;
const SOURCE = 'force-app/main/default/';
const made = async (mapping: string): Promise<CrmPackage> =>
  await packager({
    writes: packagedWrites(parsed(mapping)),
    currency: 'EUR',
    language: parsed(mapping).settings.language,
    version: '1',
  });
const fileOf = ({ files }: CrmPackage, path: string): string => files.get(`${SOURCE}${path}`) ?? '';
const textOf = ({ files }: CrmPackage): string => [...files.values(), ...files.keys()].join('\n');

describe('the source package', () => {
  it('speaks the language of the mapping: its labels, and what its fields are called', async () => {
    const german = await made(SALESFORCE.replace('language: en', 'language: de'));
    const labels = fileOf(german, 'labels/CustomLabels.labels-meta.xml');
    expect(labels).toContain('<language>de</language>');
    expect(labels).not.toContain('en_US');
    expect(labels).toContain('<value>Diese Zahlen sind {0} Tage alt.');
    const gap = fileOf(german, 'objects/Account/fields/HW_Gap__c.field-meta.xml');
    expect(gap).toContain('<label>Lücke zum Ziel</label>');
    expect(fileOf(german, 'lwc/headwaterScore/fields.js')).toContain(
      'Berechtigungssatz „Headwater“',
    );
  });

  it.each(LANGUAGES)(
    'has views, reports and help in %s, and fits the limits of names',
    async (to) => {
      const inIt = await made(SALESFORCE.replace('language: en', `language: ${to}`));
      const texts = packageTexts(to);
      const stalled = fileOf(
        inIt,
        'objects/Opportunity/listViews/Headwater_Stalled.listView-meta.xml',
      );
      expect(stalled).toContain(`<label>${PRINTED[to]['view.stalled']}</label>`);
      // Results are written in the language too: a view of English words would list nothing.
      expect(stalled).toContain(`<value>${PRINTED[to]['health.stalled']}</value>`);
      const gap = fileOf(inIt, 'objects/Account/fields/HW_Gap__c.field-meta.xml');
      const help = fieldDescription('partner.gap', to) ?? '';
      expect(gap).toContain(`<inlineHelpText>${help}</inlineHelpText>`);
      const all = textOf(inIt);
      // HubSpot alone has a page of settings, and filters in words.
      for (const [name, text] of Object.entries(texts))
        if (!/^(settings|filter)/.test(name) && !text.includes('{0}'))
          expect(all, name).toContain(`>${text}<`);
      expect(englishIn(all, to)).toEqual([]);
      for (const [name, limit] of NAME_LIMITS)
        for (const [, found] of all.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g')))
          expect(found!.length, found).toBeLessThanOrEqual(limit);
    },
  );

  it('follows the mapping: another name is in every file that named the field', async () => {
    const shipped = await made(SALESFORCE);
    const renamed = await made(
      SALESFORCE.replace(
        'HW_Money_At_Stake__c: { value: partner.moneyAtStake }',
        "Our_Stake__c: { value: partner.moneyAtStake, label: 'Stake <ours> & theirs' }",
      ),
    );
    expect(textOf(renamed)).not.toContain('HW_Money_At_Stake__c');
    for (const path of [...shipped.files.keys()].filter((path) =>
      shipped.files.get(path)?.includes('HW_Money_At_Stake__c'),
    ))
      expect(
        renamed.files.get(path.replace('HW_Money_At_Stake__c', 'Our_Stake__c')),
        path,
      ).toContain('Our_Stake__c');
    expect(fileOf(renamed, 'objects/Account/fields/Our_Stake__c.field-meta.xml')).toContain(
      '<label>Stake &lt;ours&gt; &amp; theirs</label>',
    );
  });

  it('holds no list view, report or panel over an output that is not written', async () => {
    const few = await made(
      SALESFORCE.replace(/^ *HW_(Money|Gap|Deal_Health|Next_Action).*\n/gm, ''),
    );
    const names = [...few.files.keys()].join('\n');
    expect(names).not.toMatch(/listViews|Money_at_stake|Plan_gap|Deal_health/);
    const dashboard = fileOf(few, 'dashboards/Headwater/Channel.dashboard-meta.xml');
    expect([...dashboard.matchAll(/<report>(.*?)<\/report>/g)].map(([, name]) => name)).toEqual([
      'Headwater/Forecast',
    ]);
  });

  it('refuses a name that the CRM would refuse, and says which', async () => {
    await expect(made(SALESFORCE.replace('HW_Win_Low__c', 'Win Low'))).rejects.toMatchObject({
      kind: 'config',
      code: 'PACKAGE_NAMES',
      message: expect.stringContaining('Opportunity.Win Low'),
    });
  });

  it('keeps whole record pages out of what is deployed', async () => {
    const { files } = await made(SALESFORCE);
    expect([...files.keys()].filter((path) => path.includes('flexipage'))).toEqual([
      'record-pages/force-app/main/default/flexipages/Headwater_Account_Record_Page.flexipage-meta.xml',
      'record-pages/force-app/main/default/flexipages/Headwater_Opportunity_Record_Page.flexipage-meta.xml',
    ]);
    const project = JSON.parse(files.get('sfdx-project.json') ?? '{}') as {
      packageDirectories: { path: string }[];
    };
    expect(project.packageDirectories.map(({ path }) => path)).toEqual(['force-app']);
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
    const writes = compileWrites(parsed(SALESFORCE), () => null);
    const files = Object.fromEntries(metadataFormat((await made(SALESFORCE)).files));
    const deployed = await admin.deploy(files);
    expect([deployed.status, list(deployed.details.componentFailures)]).toEqual(['Succeeded', []]);
    const { sandbox } = admin;
    const specs = writes.flatMap(({ fields }) => fields.map(({ spec }) => spec));
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
      "SELECT Id, Name FROM PermissionSet WHERE Name LIKE 'Headwater%' ORDER BY Name",
    );
    expect(records.map(({ Name }) => Name)).toEqual([
      'Headwater',
      'Headwater_Integration',
      'Headwater_Manager',
    ]);
    await admin.connection.sobject('PermissionSetAssignment').create({
      AssigneeId: sandbox.org.userByName(sandbox.username)?.id ?? '',
      PermissionSetId: records[1]?.Id ?? '',
    });
    expect((await plan()).filter((item) => item.action !== 'none')).toEqual([]);
    // The vendor's command line names folders with a stroke behind them.
    const isFolder =
      /<members>Headwater<\/members>(?=(?:(?!<\/types>)[^])*<name>(?:Report|Dashboard)<)/g;
    const named = files['package.xml']!.replace(isFolder, '<members>Headwater/</members>');
    expect(named.match(/Headwater\/</g)).toHaveLength(2);
    const again = await admin.deploy({ ...files, 'package.xml': named });
    expect(again.status).toBe('Succeeded');
  });

  it('goes the same way through our own session, all or none', async () => {
    const { sandbox } = admin;
    const session = await salesforce.open(
      { auth: 'access-token', instanceUrl: sandbox.url },
      { accessToken: sandbox.accessToken },
      testDeps({ sleep: async () => await new Promise((done) => setTimeout(done, 20)) }),
    );
    const { files } = await made(SALESFORCE);
    expect(await session.deployPackage?.(files)).toEqual([]);
    const report = `${SOURCE}reports/Headwater/Plan_gap.report-meta.xml`;
    const wrong = new Map(files).set(report, files.get(report)!.replace('HW_Gap__c', 'HW_No__c'));
    expect(await session.deployPackage?.(wrong)).toEqual([
      { component: 'Headwater/Plan_gap', message: expect.stringContaining('Account.HW_No__c') },
    ]);
  });

  it('is refused whole when a report shows a field that is not there', async () => {
    const files = Object.fromEntries(metadataFormat((await made(SALESFORCE)).files));
    const name = 'reports/Headwater/Plan_gap.report';
    const refused = await admin.deploy({
      ...files,
      [name]: files[name]!.replace('HW_Gap__c', 'HW_Gone__c'),
    });
    expect(refused.status).toBe('Failed');
    expect(list(refused.details.componentFailures).map(({ problem }) => problem)[0]).toContain(
      'Account.HW_Gone__c',
    );
  });
});
