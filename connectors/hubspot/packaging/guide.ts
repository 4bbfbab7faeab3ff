import type { Speech } from '../../../src/model/language/languages.ts';
import type { PackagedWrite } from '../../../src/model/packaging.ts';
import type { SetupStep } from '../../../src/model/setup.ts';
import { viewLines } from './views.ts';

/** From the folder to what a rep sees. */
export function guide(writes: PackagedWrite[], speech: Speech): SetupStep[] {
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
      title: 'Make the views (HubSpot lets no app make them)',
      lines: writes.flatMap((write) => viewLines(write, speech)),
    },
  ];
}
