import { join } from 'node:path';
import type { Closing, PackageRequest } from '../../../src/model/packaging.ts';
import { cardRecords, constant } from '../../kit/card/record.ts';
import { cardView, templateFiles } from '../../kit/card/templates.ts';
import { cardTexts, filledText, packageTexts } from '../../kit/card/texts.ts';
import { PERMISSION_SETS } from '../grants.ts';
import { labelFiles } from './labels.ts';
import { API_VERSION, SOURCE, type SourceFile } from './project.ts';
import { metadataXml } from './xml.ts';

const TEMPLATES = join(import.meta.dirname, 'templates');
export const COMPONENT = 'headwaterScore';

/** How the CRM itself says that a record is closed, of the objects that have such a thing. */
const CLOSED: Record<string, Closing> = {
  Opportunity: {
    closed: { field: 'IsClosed', is: ['true'] },
    won: { field: 'IsWon', is: ['true'] },
  },
};

/** The bundles of the component, with the names of this mapping, and its texts as labels. */
export function componentFiles({ writes, currency, language }: PackageRequest): SourceFile[] {
  const records = cardRecords(writes, CLOSED);
  const bundle = `${SOURCE}/lwc/${COMPONENT}`;
  return [
    ...[...templateFiles(TEMPLATES)].map(
      ([path, text]): SourceFile => [`${SOURCE}/lwc/${path}`, text],
    ),
    [`${bundle}/view.js`, cardView()],
    [
      `${bundle}/fields.js`,
      `// Made by \`headwater package\` from the mapping.\n${constant('RECORDS', records)}${constant('CURRENCY', currency)}${constant('ACCESS', filledText(cardTexts(language).accessSalesforce, PERMISSION_SETS[0].label))}`,
    ],
    [
      `${bundle}/${COMPONENT}.js-meta.xml`,
      configuration(Object.keys(records), packageTexts(language).cardAbout),
    ],
    ...labelFiles(`${bundle}/labels.js`, language),
  ];
}

/** The objects are said twice: metadata XML has no shorter way for both form factors. */
function configuration(objects: string[], description: string): string {
  return metadataXml('LightningComponentBundle', {
    apiVersion: API_VERSION,
    description,
    isExposed: true,
    masterLabel: 'Headwater score',
    targets: { target: ['lightning__RecordPage'] },
    targetConfigs: {
      targetConfig: [
        {
          '@targets': 'lightning__RecordPage',
          objects: { object: objects },
          supportedFormFactors: {
            supportedFormFactor: [{ '@type': 'Large' }, { '@type': 'Small' }],
          },
        },
      ],
    },
  });
}
