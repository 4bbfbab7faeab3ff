import { join } from 'node:path';
import { HeadwaterError } from '../../../src/model/error.ts';
import type {
  CrmPackage,
  PackageRequest,
  PackagedWrite,
  Packager,
} from '../../../src/model/packaging.ts';
import { cardView, templateFiles } from '../../kit/card/templates.ts';
import { packageTexts } from '../../kit/card/texts.ts';
import { faultsOf } from '../field-definition.ts';
import { appFile } from './app.ts';
import { cardFiles } from './cards.ts';
import { guide } from './guide.ts';
import { settingsFiles } from './settings-page.ts';

/** Of HubSpot's developer platform; older ones know no settings page of this kind. */
const PLATFORM = '2026.03';
const TEMPLATES = join(import.meta.dirname, 'templates');

/**
 * A project for `hs project upload`: an app with a card for the sidebar and one for a tab of each
 * object that the mapping writes to, and a settings page. Cards read properties of the record that
 * is open; there is no backend.
 */
export const packager: Packager = async (request: PackageRequest): Promise<CrmPackage> => {
  const writes = merged(request.writes);
  checkNames(writes);
  const files = new Map<string, string>([
    ['hsproject.json', json({ name: 'headwater', srcDir: 'src', platformVersion: PLATFORM })],
    appFile(packageTexts(request.language).cardAbout),
    ...[...templateFiles(TEMPLATES)].map(([path, text]): [string, string] => [
      `src/app/${path}`,
      text,
    ]),
    ['src/app/cards/view.js', cardView()],
    ...cardFiles({ ...request, writes }),
    ...settingsFiles({ ...request, writes }),
  ]);
  return { files, steps: guide(writes, request.language) };
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Blocks of one object are one card. */
function merged(writes: PackagedWrite[]): PackagedWrite[] {
  return [...Map.groupBy(writes, ({ object }) => object).values()].flatMap((all) =>
    all[0] === undefined ? [] : [{ ...all[0], fields: all.flatMap(({ fields }) => fields) }],
  );
}

function checkNames(writes: PackagedWrite[]): void {
  const faults = writes.flatMap(({ object, fields }) => [
    ...(/^[A-Za-z]\w*$/.test(object) ? [] : [`${object}: that is no name of an object`]),
    ...fields.flatMap(({ spec }) => faultsOf(spec).map((f) => `${object}.${spec.name}: ${f}`)),
  ]);
  if (faults.length > 0)
    throw new HeadwaterError('config', faults.join('; '), {
      code: 'PACKAGE_NAMES',
      cure: 'Correct the names under write: in the mapping.',
    });
}
