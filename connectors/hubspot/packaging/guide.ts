import type { Language } from '../../../src/model/language/languages.ts';
import type { PackagedWrite } from '../../../src/model/packaging.ts';
import type { SetupStep } from '../../../src/model/setup.ts';
import { viewLines } from './views.ts';

/** The same for every view; docs/in-the-crm.md has them in more words. */
const VIEW_STEPS = [
  'CRM > Companies (or Deals, or your object) > All views > Create new view: the name, shared with Everyone.',
  'Advanced filters > Add filter: the property, and the condition. Edit columns: those listed, in this order.',
  'Click the head of a column to sort by it; Save view. For everybody at once: All views > Default views.',
];

/** From the folder to what a rep sees. */
export function guide(writes: PackagedWrite[], language: Language): SetupStep[] {
  const objects = writes.map(({ object }) => object).join(' and ');
  return [
    {
      title: 'Upload it (in the folder; needs @hubspot/cli and an account with developer access)',
      lines: ['hs account auth', 'hs project upload'],
    },
    {
      title: 'Sign Headwater in with the app (Development > Projects > headwater > the app > Auth)',
      lines: [
        'A service key carries no card. Copy client ID and client secret, then:',
        'headwater connection add --crm hubspot --auth oauth',
        'Add the account to the allowlist of the app first (Distribution).',
      ],
    },
    {
      title: `Put the card on the record (Settings > Objects > ${objects} > Record customization)`,
      lines: ['Add card > Headwater, to the right sidebar or to a tab; Save.'],
    },
    {
      title: 'Make the saved views (HubSpot has no API for them; each takes a minute)',
      lines: [...VIEW_STEPS, ...writes.flatMap((write) => viewLines(write, language))],
    },
  ];
}
