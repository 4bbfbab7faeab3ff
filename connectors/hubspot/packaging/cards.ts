import type { Closing, PackageRequest } from '../../../src/model/packaging.ts';
import { cardRecords, constant } from '../../kit/card/record.ts';
import { cardTexts, filledText, packageTexts } from '../../kit/card/texts.ts';
import { GROUP } from '../field-definition.ts';

const CARDS = 'src/app/cards';
const LOCATIONS = { sidebar: 'crm.record.sidebar', tab: 'crm.record.tab' } as const;
/** How HubSpot itself says that a record is closed, of the objects that have such a thing. */
const CLOSED: Record<string, Closing> = {
  deals: {
    closed: { field: 'hs_is_closed', is: ['true'] },
    won: { field: 'hs_is_closed_won', is: ['true'] },
  },
};
/** Objects that HubSpot knows by these names in a card's list; own ones are `p_name` there. */
const STANDARD = new Set(['companies', 'contacts', 'deals', 'tickets']);
const objectType = (object: string): string =>
  STANDARD.has(object) ? object : `p_${object.replace(/^p\d*_/, '')}`;
const DEAL_TYPE = '0-3';
/** Of the vendor's own libraries; HubSpot builds the cards with them. */
const LIBRARIES = { '@hubspot/ui-extensions': '0.17.0', react: '18.3.1' };

export const packageJson = (name: string): string =>
  `${JSON.stringify({ name, version: '0.1.0', private: true, type: 'module', dependencies: LIBRARIES }, null, 2)}\n`;

/** Two cards for each object over one component, and what they know of the mapping. */
export function cardFiles({ writes, currency, language }: PackageRequest): [string, string][] {
  const texts = cardTexts(language);
  const records = cardRecords(writes, CLOSED);
  return [
    [`${CARDS}/package.json`, packageJson('headwater-cards')],
    [`${CARDS}/texts.js`, constant('TEXTS', texts)],
    [
      `${CARDS}/fields.js`,
      `// Made by \`headwater package\` from the mapping.\n${constant('RECORDS', records)}${constant('CURRENCY', currency)}${constant('ACCESS', filledText(texts.accessHubspot, GROUP.label))}${constant('DEAL_TYPE', DEAL_TYPE)}`,
    ],
    ...Object.keys(records).flatMap((object) => cardsOf(object, packageTexts(language).cardAbout)),
  ];
}

function cardsOf(object: string, description: string): [string, string][] {
  return [
    [`${CARDS}/${object}.jsx`, entry(object)],
    ...Object.entries(LOCATIONS).map(([place, location]): [string, string] => [
      `${CARDS}/${object}-${place}-hsmeta.json`,
      `${JSON.stringify(
        {
          uid: `headwater_${object}_${place}`,
          type: 'card',
          config: {
            name: 'Headwater',
            description,
            location,
            entrypoint: `/app/cards/${object}.jsx`,
            objectTypes: [objectType(object)],
          },
        },
        null,
        2,
      )}\n`,
    ]),
  ];
}

const entry = (object: string): string =>
  `import { hubspot } from '@hubspot/ui-extensions';
import { RECORDS } from './fields.js';
import { HeadwaterCard } from './HeadwaterCard.jsx';

hubspot.extend(({ context }) => <HeadwaterCard record={RECORDS['${object}']} context={context} />);
`;
