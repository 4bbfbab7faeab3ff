import type { ConnectionCheck, MappedFields, ReadAs } from '../../src/model/connector.ts';
import { fail, type Outcome, pass, step } from '../kit/checks.ts';
import { FILE_STAMP } from './describe.ts';
import type { Folder } from './folder.ts';
import { saysWhenCreated, type Survey } from './survey.ts';
import { unfitCells } from './unfit.ts';

/**
 * What an admin should see of the folder and of each file: rows, how it was read, and which rows
 * are in doubt; none throws.
 */
export async function check(
  folder: Folder,
  objects: string[],
  mapped: MappedFields = { optional: [], readAs: {} },
): Promise<ConnectionCheck[]> {
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
    const { [object]: readAs = {} } = mapped.readAs;
    if (found !== null)
      checks.push(
        await step(`${object}: rows`, async () => await rowsOf(found as unknown as Survey, readAs)),
      );
  }
  const there = new Set(checks[0]?.ok === true ? await folder.objects() : []);
  for (const object of mapped.optional.filter((name) => there.has(name)))
    checks.push(
      await step(`${object}: rows`, async () =>
        rowsOf(await folder.need(object), mapped.readAs[object] ?? {}),
      ),
    );
  return checks;
}

function summary({ file, format, columns, key, stamp, rows }: Survey): string {
  const ids = key.columns.map((at) => columns[at]!.name).join(' and ') || 'the whole row';
  const delimiter = format.delimiter === '\t' ? 'tab' : format.delimiter;
  return `${file.name}: ${rows} rows, delimiter ${delimiter}, ${format.encoding ?? 'utf-8'}, told apart by ${ids}, changes by ${stamp === null ? FILE_STAMP : columns[stamp]!.name}${columns.some(({ name }) => saysWhenCreated(name)) && stamp === null ? ' (a column of creation times stands still when a row is edited)' : ''}; ${columns.map(({ name, type }) => `${name} ${type}`).join(', ')}`;
}

async function rowsOf(survey: Survey, readAs: Record<string, ReadAs>): Promise<Outcome> {
  const { columns, ragged, short, repeats } = survey;
  const faults = [
    ...sharedNames(survey),
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
  faults.push(...columns.flatMap(numbersOf), ...(await unfitCells(survey, readAs)));
  const odd = columns.flatMap((column, at) =>
    column.unread === null ? [] : [{ lost: column.type === 'text', words: oddCells(column, at) }],
  );
  // Among numbers that are read, a few cells that are none leave only their own rows out.
  if (faults.length === 0 && !odd.some(({ lost }) => lost))
    return pass(odd.length === 0 ? 'all sound' : odd.map(({ words }) => words).join('; '));
  return fail(
    [...faults, ...odd.map(({ words }) => words)].join('; '),
    'Set `decimal` where numbers are in doubt, and export plain numbers, with the currency in a column of its own; where a column is read as text, say what it is under `types`; quote cells that hold the delimiter; give each column a name of its own; name the columns that tell rows apart as `id` in the settings.',
  );
}

type Read = Survey['columns'][number];

/** Two columns of one name: a mapping that names it reads the first, whichever was meant. */
const sharedNames = ({ columns }: Survey): string[] =>
  columns.flatMap(({ name, shares }, at) =>
    shares === null
      ? []
      : [
          `the header names ${shares} again in column ${at + 1}, which is read as ${name}; ${shares} is the first of them`,
        ],
  );
const placeOf = ({ name }: Read, at: number): string => `${name} (column ${at + 1})`;

function oddCells(column: Read, at: number): string {
  const { count, example, lines } = column.unread!;
  const cells = count === 1 ? 'cell is no number' : 'cells are no numbers';
  return `${placeOf(column, at)}: ${count} ${cells}, such as ${example} (lines ${lines.join(', ')})`;
}

/** What keeps numbers of a column from being read. */
function numbersOf(column: Read, at: number): string[] {
  const { doubts, contradicts } = column;
  const words = [];
  if (doubts !== null)
    words.push(
      `${doubts.count} numbers of ${placeOf(column, at)} may have thousands or decimals, such as ${doubts.example} (lines ${doubts.lines.join(', ')}): those rows wait until \`decimal\` is set`,
    );
  if (contradicts)
    words.push(
      `some numbers of ${placeOf(column, at)} have a decimal point and others a decimal comma`,
    );
  return words;
}
