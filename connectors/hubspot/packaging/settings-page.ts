import type { PackageRequest } from '../../../src/model/packaging.ts';
import { constant } from '../../kit/card/record.ts';
import { filledText, packageTexts } from '../../kit/card/texts.ts';
import { packageJson } from './cards.ts';
import { viewLines } from './views.ts';

const SETTINGS = 'src/app/settings';

/** The page in Connected apps > Headwater: what is written, and what a person clicks once. */
export function settingsFiles({ writes, version, language }: PackageRequest): [string, string][] {
  const texts = packageTexts(language);
  const objects = writes.map((write) => ({
    object: write.object,
    card: filledText(texts.settingsCard, write.object),
    properties: filledText(
      texts.settingsProperties,
      write.fields.map(({ spec }) => spec.label).join(', '),
    ),
    views: viewLines(write, language),
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
            description: texts.settingsAbout,
            entrypoint: '/app/settings/Settings.jsx',
          },
        },
        null,
        2,
      )}\n`,
    ],
    [
      `${SETTINGS}/made.js`,
      `${constant('MADE', filledText(texts.settingsMade, version))}${constant('VIEWS', texts.settingsViews)}${constant('OBJECTS', objects)}`,
    ],
  ];
}
