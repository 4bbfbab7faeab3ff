import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { PLAN_COLUMNS, type PlanColumn } from '../../mapping/plans/columns.ts';
import { HeadwaterError } from '../../model/error.ts';
import type { PlanChange } from '../../store/plan-revisions.ts';
import {
  keepPreviewed,
  previewPlans,
  readPlanSource,
  shownPlan,
  type PlanSource,
} from '../../sync/measure/plan-import.ts';
import { EXIT, printJson, usage, withDatabase } from '../command.ts';
import { keepDeployed, previewDeployed } from '../deployed-plans.ts';
import { openDeployment, soleDeployed, withUrl } from '../deployment.ts';
import type { CliDeps, SetExit } from '../deps.ts';
import { plural } from '../format.ts';
import { CONNECTION_ID, onPlans, type PlanOptions } from './on-plans.ts';
import { previewText, type ShownPreview } from './plan-text.ts';

interface ImportOptions extends PlanOptions {
  url?: string;
  column: string[];
  decimal?: '.' | ',';
  period?: string;
  yes: boolean;
  by?: string;
  why?: string;
  approved: boolean;
}

export function registerPlanImport(plan: Command, deps: CliDeps, setExit: SetExit): void {
  withUrl(
    withDatabase(
      plan
        .command('import')
        .description(
          'plans from a spreadsheet (CSV) or a document (YAML); shown first, kept with --yes',
        )
        .argument('<file>', 'plans.csv: partner, metric, goal, side, period, owner; or plans.yaml'),
      'headwater plan import plans.csv --yes',
    ),
    'admin, and read where --connection-id is left out',
  )
    .option(...CONNECTION_ID)
    .option(
      '--column <name=header>',
      'a column that is called something else; may be repeated',
      (one: string, all: string[]) => [...all, one],
      [],
    )
    .addOption(
      new Option('--decimal <mark>', 'decimal mark of the numbers in the file').choices(['.', ',']),
    )
    .option('--period <period>', 'period of rows that name none, such as 2027 or 2027 Q1')
    .option('--by <who>', 'who changed the plans, kept with each revision')
    .option('--why <words>', 'why, kept with each revision')
    .option('--approved', 'both sides have agreed to the change', false)
    .option('--yes', 'keep them', false)
    .action(
      async (file: string, options: ImportOptions) =>
        await importPlans(deps, file, options, setExit),
    );
  plan
    .command('template')
    .description('a document to start from; without a name, the list')
    .argument('[name]', 'annual, ramp-up, co-marketing, target-accounts')
    .addHelpText('after', '\nExample:\n  $ headwater plan template annual > plans.yaml')
    .action(async (name: string | undefined) => deps.stdout(await template(deps, name)));
}

async function template(deps: CliDeps, name: string | undefined): Promise<string> {
  const folder = join(deps.packageRoot, 'mappings', 'plans');
  const names = (await readdir(folder)).map((file) => file.replace(/\.yaml$/, '')).sort();
  if (name === undefined)
    return `${names.join('\n')}\n\n  headwater plan template ${names[0]} > plans.yaml\n`;
  if (!names.includes(name))
    throw usage(`there is no template "${name}"; there are ${names.join(', ')}`);
  return await readFile(join(folder, `${name}.yaml`), 'utf8');
}

function columnsOf(given: readonly string[]): Partial<Record<PlanColumn, string>> {
  return Object.fromEntries(
    given.map((one) => {
      const [column, ...header] = one.split('=');
      if (!Object.hasOwn(PLAN_COLUMNS, column!) || header.length === 0)
        throw usage(
          `--column takes NAME=HEADER, where NAME is one of ${Object.keys(PLAN_COLUMNS).join(', ')}`,
        );
      return [column, header.join('=')];
    }),
  );
}

async function readPlanFile(deps: CliDeps, file: string): Promise<string> {
  try {
    return await readFile(resolve(deps.cwd, file), 'utf8');
  } catch (error) {
    throw new HeadwaterError('config', `the file ${file} cannot be read`, {
      code: 'ENOENT',
      cure: 'Name a CSV or YAML file; `headwater plan template` gives one to start from.',
      cause: error,
    });
  }
}

async function importPlans(
  deps: CliDeps,
  file: string,
  options: ImportOptions,
  setExit: SetExit,
): Promise<void> {
  const source = sourceOf(file, await readPlanFile(deps, file), options);
  const by = options.by ?? deps.env['USER'] ?? 'command line';
  const change = { by, why: options.why ?? null, approved: options.approved };
  const { preview, faulty, done, all } =
    options.url === undefined
      ? await intoDatabase(deps, options, source, change)
      : await intoDeployment(deps, options, options.url, source, change);
  if (faulty) setExit(EXIT.failed);
  if (options.json) return printJson(deps, { ...all, kept: done });
  deps.stdout(previewText(preview));
  deps.stdout(importVerdict(options, faulty, preview.plans.length, done));
}

function sourceOf(file: string, text: string, options: ImportOptions): PlanSource {
  const columns = columnsOf(options.column);
  if (/\.(ya?ml|json)$/i.test(file)) return { kind: 'yaml', text };
  const { decimal, period } = options;
  return {
    kind: 'csv',
    text,
    options: {
      columns,
      ...(decimal === undefined ? {} : { decimal }),
      ...(period === undefined ? {} : { period }),
    },
  };
}

interface Imported {
  preview: ShownPreview;
  faulty: boolean;
  /** Null = nothing was kept. */
  done: { kept: number; revised: number } | null;
  /** For a program. */
  all: object;
}

const intoDatabase = async (
  deps: CliDeps,
  options: ImportOptions,
  source: PlanSource,
  change: PlanChange,
): Promise<Imported> =>
  await onPlans(deps, options, async (store, connectionId) => {
    const all = await previewPlans(store, connectionId, source, deps.nowMs());
    const keep = options.yes && !all.faulty;
    return {
      preview: { ...all, plans: all.plans.map(shownPlan) },
      faulty: all.faulty,
      done: keep ? await keepPreviewed(store, connectionId, all, change, deps.nowMs()) : null,
      all,
    };
  });

async function intoDeployment(
  deps: CliDeps,
  options: ImportOptions,
  url: string,
  source: PlanSource,
  change: PlanChange,
): Promise<Imported> {
  const deployment = openDeployment(deps, url);
  const connectionId = await soleDeployed(deployment, options.connectionId);
  const read = readPlanSource(source);
  const preview = await previewDeployed(deployment, connectionId, read, change);
  const keep = options.yes && !preview.faulty;
  return {
    preview,
    faulty: preview.faulty,
    done: keep ? await keepDeployed(deployment, connectionId, read, change) : null,
    all: preview,
  };
}

function importVerdict(
  options: ImportOptions,
  faulty: boolean,
  plans: number,
  done: { kept: number; revised: number } | null,
): string {
  if (done !== null)
    return `\n${plural(done.kept, 'plan')} kept, ${plural(done.revised, 'revision')} added; the next sync scores by them\n`;
  if (faulty)
    return `\nNothing was kept: put the errors right${options.yes ? '' : ', then add --yes'}.\n`;
  return `\nNothing was kept yet: add --yes to keep ${plural(plans, 'plan')}.\n`;
}
