import type { Speech } from '../../../src/model/language/languages.ts';
import type { PackagedWrite } from '../../../src/model/packaging.ts';
import { constant } from '../../kit/card/record.ts';
import { packageJson } from './cards.ts';
import { viewLines } from './views.ts';

const SETTINGS = 'src/app/settings';

/** The page in Connected apps > Headwater: what is written, and what a person clicks once. */
export function settingsFiles(
  writes: PackagedWrite[],
  version: string,
  speech: Speech,
): [string, string][] {
  const objects = writes.map((write) => ({
    object: write.object,
    card: `Put the card "Headwater" on the record: Settings > Objects > ${write.object} > Record customization.`,
    properties: write.fields.map(({ spec }) => spec.label),
    views: viewLines(write, speech),
  }));
  return [
    [`${SETTINGS}/package.json`, packageJson('headwater-settings')],
    [
      `${SETTINGS}/settings-hsmeta.json`,
      `${JSON.stringify(
        {
          uid: 'headwater_settings',
          type: 'settings',
          config: {
            name: 'Headwater',
            description: 'What Headwater writes, and how to show it',
            entrypoint: '/app/settings/Settings.jsx',
          },
        },
        null,
        2,
      )}\n`,
    ],
    [
      `${SETTINGS}/made.js`,
      `${constant('MADE', `Made by headwater package, version ${version}, from the mapping. After a change of the mapping, make it again and upload it.`)}${constant('OBJECTS', objects)}`,
    ],
  ];
}
