/** Where the files of the project stand, and what its tool reads first. */

/** Of the API that the package is written in; orgs take packages of older versions. */
export const API_VERSION = '66.0';
/** What every org can take. */
export const SOURCE = 'force-app/main/default';
/** A project of its own, for what would take the place of pages that people have arranged. */
const PAGES = 'record-pages';
export const PAGES_SOURCE = `${PAGES}/${SOURCE}`;

export type SourceFile = [path: string, text: string];

const project = (name: string): string =>
  `${JSON.stringify(
    {
      packageDirectories: [{ path: 'force-app', default: true }],
      name,
      namespace: '',
      sourceApiVersion: API_VERSION,
    },
    null,
    2,
  )}\n`;

export const projectFiles = (): SourceFile[] => [
  ['sfdx-project.json', project('headwater')],
  [`${PAGES}/sfdx-project.json`, project('headwater-record-pages')],
];
