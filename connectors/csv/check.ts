import type { ConnectionCheck } from '../../src/model/connector.ts';
import { fail, type Outcome, pass, step } from '../kit/checks.ts';
import { FILE_STAMP } from './describe.ts';
import type { Folder } from './folder.ts';
import { saysWhenCreated, type Survey } from './survey.ts';

/**
 * What an admin should see of the folder and of each file: rows, how it was read, and which rows
 * are in doubt; none throws.
 */
export async function check(folder: Folder, objects: string[]): Promise<ConnectionCheck[]> {
  const checks = [
    await step('Folder', async () =>
      pass(`${folder.dir}: ${(await folder.objects()).join(', ') || 'no CSV files'}`),
    ),
  ];
  for (const object of objects) {
    let found: Survey | null = null;
    checks.push(
      await step(`${object}: readable`, async () => {
        found = await folder.survey(object);
        return found === null
          ? fail(
              `there is no ${object}.csv or ${object}.csv.gz`,
              'Put the file into the folder, or take the object out of the mapping.',
            )
          : pass(summary(found));
      }),
    );
    if (found !== null)
      checks.push(await step(`${object}: rows`, async () => rowsOf(found as unknown as Survey)));
  }
  return checks;
}

function summary({ file, format, columns, key, stamp, rows }: Survey): string {
  const ids = key.columns.map((at) => columns[at]!.name).join(' and ') || 'the whole row';
  const delimiter = format.delimiter === '\t' ? 'tab' : format.delimiter;
  return `${file.name}: ${rows} rows, delimiter ${delimiter}, ${format.encoding ?? 'utf-8'}, told apart by ${ids}, changes by ${stamp === null ? FILE_STAMP : columns[stamp]!.name}${columns.some(({ name }) => saysWhenCreated(name)) && stamp === null ? ' (a column of creation times stands still when a row is edited)' : ''}; ${columns.map(({ name, type }) => `${name} ${type}`).join(', ')}`;
}

function rowsOf({ columns, ragged, short, repeats }: Survey): Outcome {
  const faults = [
    ...(ragged.count > 0
      ? [
          `${ragged.count} rows have more cells than the header (lines ${ragged.lines.join(', ')}${ragged.count > ragged.lines.length ? ', …' : ''})`,
        ]
      : []),
    ...(repeats.replaced.size > 0
      ? [`${repeats.replaced.size} rows share their id with a later row, which counts`]
      : []),
  ];
  if (short.count > 0)
    faults.push(
      `${short.count} rows have fewer cells than the header (lines ${short.lines.join(', ')}); what is missing counts as not read`,
    );
  for (const [at, { name, doubts }] of columns.entries())
    if (doubts !== null)
      faults.push(
        `${doubts.count} numbers of ${name} (column ${at + 1}) may have thousands or decimals, such as ${doubts.example} (lines ${doubts.lines.join(', ')}): those rows wait until \`decimal\` is set`,
      );
  return faults.length === 0
    ? pass('all sound')
    : fail(
        faults.join('; '),
        'Set `decimal` where numbers are in doubt; quote cells that hold the delimiter; name the columns that tell rows apart as `id` in the settings.',
      );
}
