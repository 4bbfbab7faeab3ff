import { parseArgs } from 'node:util';
import { UserError } from './folder.ts';

export interface Options {
  data: string;
  format: 'log' | 'maven';
  trainUntilMs: number | null;
  testFromMs: number;
  testUntilMs: number;
  horizonDays: number;
  refit: 'weekly' | null;
  json: boolean;
}

export const HELP = `How good the win probabilities are on a folder of a real company's past.

  npm run -s bench:accuracy -- --data DIR --train-until 2011-11-21 --test-from 2011-12-05 --test-until 2011-12-19 --horizon-days 14
  npm run -s bench:accuracy -- --data DIR --test-from 2011-11-14 --test-until 2011-12-19 --horizon-days 14 --refit weekly
  npm run -s bench:accuracy -- --data DIR --format maven --train-until 2017-08-01 --test-from 2017-08-01 --test-until 2017-12-31

Every Monday 00:00 UTC of the test the open deals are taken as they were known then, and each is told how likely it is won
within the horizon; what happened judges it.

  --data DIR            folder with cases.csv, events_stage.csv, activities.csv (each may be .csv.gz)
                        for maven: sales_pipeline.csv, accounts.csv, sales_teams.csv
  --format log|maven    log (when left out): an event log as a pipeline; maven: closed deals, P(won | closed), agents as partners
  --train-until DAY     the last snapshots that are learned from; outcomes are known within the horizon after
  --test-from DAY, --test-until DAY
                        the test's first and last day
  --horizon-days N      won within so many days (14 when left out)
  --refit weekly        fitted anew at each Monday of the test, on snapshots whose horizon is over by then; no --train-until
  --json                one JSON document instead of a table
`;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function dayOf(name: string, value: string | undefined): number {
  if (value === undefined) throw new UserError(`--${name} is missing: a day such as 2011-12-05.`);
  const ms = DAY.test(value) ? Date.parse(`${value}T00:00:00Z`) : NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== value) {
    throw new UserError(`--${name} ${value} is no day; write it as 2011-12-05.`);
  }
  return ms;
}

/** null = help was asked for. */
export function readOptions(args: string[]): Options | null {
  const { values } = parse(args);
  if (values.help) return null;
  if (values.data === undefined)
    throw new UserError('--data is missing: the folder with the files.');
  const format = values.format ?? 'log';
  if (format !== 'log' && format !== 'maven')
    throw new UserError(`--format ${format}: log or maven.`);
  const refit = values.refit ?? null;
  if (refit !== null && refit !== 'weekly')
    throw new UserError(`--refit ${refit}: weekly, or leave it out.`);
  const horizonDays = Number(values['horizon-days'] ?? 14);
  if (!(Number.isInteger(horizonDays) && horizonDays >= 7 && horizonDays <= 365)) {
    throw new UserError(`--horizon-days ${values['horizon-days']}: a whole number from 7 to 365.`);
  }
  const until = values['train-until'];
  if (refit === null && until === undefined) {
    throw new UserError(
      '--train-until is missing: the last day that is learned from; or --refit weekly.',
    );
  }
  if (refit !== null && until !== undefined) {
    throw new UserError(
      '--refit weekly learns from all that is over at each Monday: leave --train-until out.',
    );
  }
  const testFromMs = dayOf('test-from', values['test-from']);
  const testUntilMs = dayOf('test-until', values['test-until']);
  if (testUntilMs < testFromMs) throw new UserError('--test-until lies before --test-from.');
  const trainUntilMs = until === undefined ? null : dayOf('train-until', until);
  const json = values.json === true;
  return {
    data: values.data,
    format,
    trainUntilMs,
    testFromMs,
    testUntilMs,
    horizonDays,
    refit,
    json,
  };
}

function parse(args: string[]) {
  const string = { type: 'string' } as const;
  const boolean = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args,
      options: {
        data: string,
        format: string,
        'train-until': string,
        'test-from': string,
        'test-until': string,
        'horizon-days': string,
        refit: string,
        json: boolean,
        help: boolean,
      },
    });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new UserError(`${said.split('. ')[0]}. --help tells what there is.`);
  }
}
