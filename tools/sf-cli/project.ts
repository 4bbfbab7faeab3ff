/**
 * A small source project for deployments: an external id, a score, a permission set that opens
 * both, a bundle and a page that shows it.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const file = (root: string, body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${XMLNS}>${body}</${root}>\n`;
const opened = (field: string) =>
  `<fieldPermissions><editable>true</editable><field>Account.${field}</field><readable>true</readable></fieldPermissions>`;

const FILES: Record<string, string> = {
  'objects/Account/fields/Check_Key__c.field-meta.xml': file(
    'CustomField',
    '<fullName>Check_Key__c</fullName><caseSensitive>false</caseSensitive><externalId>true</externalId><label>Check Key</label><length>40</length><required>false</required><type>Text</type><unique>true</unique>',
  ),
  'objects/Account/fields/Check_Score__c.field-meta.xml': file(
    'CustomField',
    '<fullName>Check_Score__c</fullName><externalId>false</externalId><label>Check Score</label><precision>5</precision><required>false</required><scale>2</scale><type>Number</type>',
  ),
  'permissionsets/Check_User.permissionset-meta.xml': file(
    'PermissionSet',
    `${opened('Check_Key__c')}${opened('Check_Score__c')}<hasActivationRequired>false</hasActivationRequired><label>Check User</label>`,
  ),
  'lwc/checkScore/checkScore.js':
    "import { LightningElement, api } from 'lwc';\nexport default class CheckScore extends LightningElement {\n  @api recordId;\n}\n",
  'lwc/checkScore/checkScore.html': '<template>{recordId}</template>\n',
  'lwc/checkScore/checkScore.js-meta.xml': file(
    'LightningComponentBundle',
    '<apiVersion>66.0</apiVersion><isExposed>true</isExposed><targets><target>lightning__RecordPage</target></targets>',
  ),
  'layouts/Account-Check Layout.layout-meta.xml': file(
    'Layout',
    '<layoutSections><customLabel>true</customLabel><detailHeading>true</detailHeading><editHeading>true</editHeading><label>Check</label><layoutColumns><layoutItems><behavior>Readonly</behavior><field>Check_Score__c</field></layoutItems></layoutColumns><layoutColumns/><style>TwoColumnsTopToBottom</style></layoutSections>',
  ),
  'flexipages/Check_Page.flexipage-meta.xml': file(
    'FlexiPage',
    '<flexiPageRegions><itemInstances><componentInstance><componentName>checkScore</componentName><identifier>checkScore1</identifier></componentInstance></itemInstances><name>main</name><type>Region</type></flexiPageRegions><masterLabel>Check</masterLabel><sobjectType>Account</sobjectType><template><name>flexipage:recordHomeTemplateDesktop</name></template><type>RecordPage</type>',
  ),
};

/** Writes a project definition with one package folder. */
export function writeProject(folder: string, path = 'force-app'): void {
  mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(
    join(folder, 'sfdx-project.json'),
    JSON.stringify({
      packageDirectories: [{ path, default: true }],
      namespace: '',
      sourceApiVersion: '66.0',
    }),
  );
}

/** Writes the whole small project into an empty folder. */
export function writeCheckProject(folder: string): void {
  writeProject(folder);
  for (const [path, text] of Object.entries(FILES)) {
    const target = join(folder, 'force-app/main/default', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

/** Paths of all files below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name));
}

/**
 * Number fields of a source folder that one of its permission sets lets users edit:
 * `Account.X__c` and the set's name.
 */
export function editableNumbers(folder: string): { field: string; permissionSet: string }[] {
  const files = filesBelow(folder);
  const sets = files
    .filter((path) => /\.permissionset-meta\.xml$/.test(path))
    .map((path) => ({
      name: /([^/]+)\.permissionset-meta\.xml$/.exec(path)?.[1] ?? '',
      text: readFileSync(path, 'utf8'),
    }));
  return files
    .filter(
      (path) =>
        path.endsWith('.field-meta.xml') &&
        /<type>(?:Number|Percent)<\/type>/.test(readFileSync(path, 'utf8')),
    )
    .flatMap((path) => {
      const [, object = '', name = ''] =
        /objects\/(\w+)\/fields\/(\w+)\.field-meta\.xml$/.exec(path) ?? [];
      const field = `${object}.${name}`;
      const set = sets.find(({ text }) =>
        [...text.matchAll(/<fieldPermissions>[\s\S]*?<\/fieldPermissions>/g)].some(
          ([one]) =>
            one.includes(`<field>${field}</field>`) && one.includes('<editable>true</editable>'),
        ),
      );
      return set === undefined ? [] : [{ field, permissionSet: set.name }];
    });
}
