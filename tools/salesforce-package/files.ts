/**
 * The source package's generated files, from what Headwater can write and where the
 * shipped mapping writes it.
 */
import { customField } from '../../connectors/salesforce/field-metadata.ts';
import { PERMISSION_SETS } from '../../connectors/salesforce/grants.ts';
import { compileWrites } from '../../src/mapping/compile/writes.ts';
import type { CompiledWrite, MappingDocument } from '../../src/model/mapping.ts';
import { metadataXml, type XmlNode } from './xml.ts';

/** Of the API that the package is written in; orgs take packages of older versions. */
const API_VERSION = '66.0';
const SOURCE = 'force-app/main/default';
const COMPONENT = 'headwaterScore';

/** What the record page part shows, by the output behind each field. */
const SHOWN: Record<'partner' | 'deal', Record<string, string>> = {
  partner: {
    score: 'partner.score',
    low: 'partner.scoreLow',
    high: 'partner.scoreHigh',
    evidence: 'partner.evidence',
    event: 'partner.event',
    reasons: 'partner.reasons',
    nextAction: 'partner.nextAction',
  },
  deal: {
    score: 'deal.winProbability',
    evidence: 'deal.evidence',
    reasons: 'deal.reasons',
    nextAction: 'deal.nextAction',
    health: 'deal.health',
  },
};

/** Files by path below the package's folder. */
export function packageFiles(mapping: MappingDocument): Map<string, string> {
  const writes = compileWrites(mapping, () => null);
  const files = new Map<string, string>([
    [
      'sfdx-project.json',
      `${JSON.stringify({ packageDirectories: [{ path: 'force-app', default: true }], name: 'headwater', namespace: '', sourceApiVersion: API_VERSION }, null, 2)}\n`,
    ],
  ]);
  for (const { object, fields } of writes) {
    for (const { spec } of fields) {
      const { Metadata } = customField(spec);
      files.set(
        `${SOURCE}/objects/${object}/fields/${spec.name}.field-meta.xml`,
        metadataXml('CustomField', { fullName: spec.name, ...(Metadata as XmlNode) }),
      );
    }
  }
  for (const set of PERMISSION_SETS)
    files.set(
      `${SOURCE}/permissionsets/${set.name}.permissionset-meta.xml`,
      permissionSet(set, writes),
    );
  for (const write of writes)
    files.set(
      `${SOURCE}/flexipages/Headwater_${write.object}_Record_Page.flexipage-meta.xml`,
      recordPage(write.object),
    );
  files.set(`${SOURCE}/lwc/${COMPONENT}/fields.js`, fieldsModule(writes));
  files.set(`${SOURCE}/lwc/${COMPONENT}/${COMPONENT}.js-meta.xml`, componentConfiguration(writes));
  return files;
}

function permissionSet(set: (typeof PERMISSION_SETS)[number], writes: CompiledWrite[]): string {
  const fieldPermissions = writes
    .flatMap(({ object, fields }) =>
      fields.map(
        ({ field }): XmlNode => ({
          editable: set.edit,
          field: `${object}.${field}`,
          readable: true,
        }),
      ),
    )
    .sort((a, b) => (String(a['field']) < String(b['field']) ? -1 : 1));
  return metadataXml('PermissionSet', {
    description: set.description,
    fieldPermissions,
    hasActivationRequired: false,
    label: set.label,
  });
}

/**
 * A page to assign in the Lightning App Builder; until somebody does, nothing changes for anybody.
 */
function recordPage(object: string): string {
  const region = (name: string, component: string): XmlNode => ({
    itemInstances: {
      componentInstance: { componentName: component, identifier: component.replace(':', '_') },
    },
    name,
    type: 'Region',
  });
  return metadataXml('FlexiPage', {
    description: `The standard page of an ${object} with what Headwater says about it beside`,
    flexiPageRegions: [
      region('header', 'force:highlightsPanel'),
      region('main', 'force:detailPanel'),
      region('sidebar', `c:${COMPONENT}`),
    ],
    masterLabel: `Headwater ${object} Record Page`,
    sobjectType: object,
    template: { name: 'flexipage:recordHomeTemplateDesktop' },
    type: 'RecordPage',
  });
}

function componentConfiguration(writes: CompiledWrite[]): string {
  return metadataXml('LightningComponentBundle', {
    apiVersion: API_VERSION,
    description: 'Score, band, reasons and next action, from the fields that Headwater writes',
    isExposed: true,
    masterLabel: 'Headwater score',
    targets: { target: ['lightning__RecordPage'] },
  }).replace(
    '</LightningComponentBundle>',
    `    <targetConfigs>\n        <targetConfig targets="lightning__RecordPage">\n            <objects>\n${writes.map(({ object }) => `                <object>${object}</object>\n`).join('')}            </objects>\n        </targetConfig>\n    </targetConfigs>\n</LightningComponentBundle>`,
  );
}

function fieldsModule(writes: CompiledWrite[]): string {
  const objects = writes.map(({ object, entity, fields }) => {
    const shown = Object.entries(SHOWN[entity]).flatMap(([name, output]) => {
      const found = fields.find((field) => field.output === output);
      return found === undefined ? [] : [`        ${name}: '${object}.${found.field}'`];
    });
    return `    ${object}: {\n${shown.join(',\n')}\n    }`;
  });
  return `// Made by tools/salesforce-package.ts from mappings/salesforce.yaml.\nexport const FIELDS = {\n${objects.join(',\n')}\n};\n`;
}
