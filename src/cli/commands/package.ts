import type { Command } from 'commander';
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { packagedWrites } from '../../mapping/compile/closing.ts';
import { parseMapping } from '../../mapping/document/parse.ts';
import { HeadwaterError } from '../../model/error.ts';
import type { MappingDocument } from '../../model/mapping.ts';
import type { CrmPackage, PackageFault, PackageRequest } from '../../model/packaging.ts';
import { faultLine } from '../../sync/run/prepare.ts';
import { DEFAULT_CONNECTION, DEFAULT_DATABASE, EXIT, onSession, printJson } from '../command.ts';
import { loadConnection, mappingTextOf, readText } from '../connection-file.ts';
import type { CliDeps, SetExit } from '../deps.ts';
import { plural } from '../format.ts';
import { writePackage } from '../package-folder.ts';

interface PackageOptions {
  out: string;
  connection?: string;
  deploy: boolean;
  db: string;
  json: boolean;
}

export function registerPackage(noun: Command, deps: CliDeps, setExit: SetExit): void {
  noun
    .argument('<crm>')
    .requiredOption('--out <dir>', 'folder to write them into')
    .option(
      '-c, --connection <file>',
      `connection document whose mapping names the fields (default: ${DEFAULT_CONNECTION} if it is there and for that CRM, else the shipped mapping)`,
    )
    .option('--deploy', "send it to the connection's org at once, where its API takes it", false)
    .option('--db <file>', 'local database', DEFAULT_DATABASE)
    .option('--json', 'one JSON document on stdout', false)
    .addHelpText('after', '\nExample:\n  $ headwater package salesforce --out crm-package')
    .action(async (crm: string, options: PackageOptions) => {
      const { mapping, from } = await mappingFor(deps, crm, options.connection);
      const made = await makePackage(deps, crm, mapping);
      const folder = resolve(deps.cwd, options.out);
      await writePackage(folder, made.files);
      const faults = options.deploy ? await deploy(deps, crm, options, made) : null;
      if (faults !== null && faults.length > 0) setExit(EXIT.failed);
      if (options.json)
        return printJson(deps, {
          folder,
          from,
          files: [...made.files.keys()],
          steps: made.steps,
          faults,
        });
      deps.stdout(
        `${plural(made.files.size, 'file')} in ${folder}, with the names of ${from}\n${faults === null ? '' : deployedText(faults)}${stepsText(made)}`,
      );
    });
}

async function deploy(
  deps: CliDeps,
  crm: string,
  { connection = DEFAULT_CONNECTION, db }: PackageOptions,
  { files }: CrmPackage,
): Promise<PackageFault[]> {
  return await onSession(deps, { connection, db }, async (open) => {
    const { session } = open;
    if (open.connector.name !== crm || session.deployPackage === undefined)
      throw new HeadwaterError('config', `the package for ${crm} is not sent by Headwater`, {
        cure: "Deploy it with the vendor's own tool, as the steps say; its files are there.",
      });
    return await session.deployPackage(files);
  });
}

const deployedText = (faults: PackageFault[]): string =>
  faults.length === 0
    ? '✓ deployed\n'
    : faults.map(({ component, message }) => `✗ ${component}: ${message}\n`).join('');

const stepsText = ({ steps }: CrmPackage): string =>
  steps
    .map(
      ({ title, lines }, at) =>
        `\n${at + 1}. ${title}\n${lines.map((line) => `   ${line}\n`).join('')}`,
    )
    .join('');

const packageRequest = (deps: CliDeps, mapping: MappingDocument): PackageRequest => ({
  writes: packagedWrites(mapping),
  currency: mapping.settings.reportingCurrency,
  language: mapping.settings.language,
  version: deps.version,
});

/** Errors: `config` when the connector makes no package, or refuses a name. */
export async function makePackage(
  deps: CliDeps,
  crm: string,
  mapping: MappingDocument,
): Promise<CrmPackage> {
  const { packaging } = await deps.connector(crm);
  if (packaging === undefined)
    throw new HeadwaterError('config', `the connector "${crm}" makes no package`, {
      cure: 'The results stand in the fields that the mapping names under write:.',
    });
  return await (await packaging())(packageRequest(deps, mapping));
}

async function mappingFor(
  deps: CliDeps,
  crm: string,
  named: string | undefined,
): Promise<{ mapping: MappingDocument; from: string }> {
  const file = named ?? ((await isThere(deps, DEFAULT_CONNECTION)) ? DEFAULT_CONNECTION : null);
  const connection = file === null ? null : await loadConnection(deps, file);
  if (connection !== null && connection.document.crm === crm)
    return {
      mapping: readMapping(connection.mappingFile, await mappingTextOf(connection)),
      from: connection.mappingFile,
    };
  if (connection !== null && named !== undefined)
    throw new HeadwaterError('config', `${named} connects ${connection.document.crm}, not ${crm}`, {
      cure: `Run \`headwater package ${connection.document.crm}\`, or name another --connection.`,
    });
  const shipped = join(deps.packageRoot, 'mappings', `${crm}.yaml`);
  const text = await readText(
    shipped,
    `shipped mapping for ${crm}`,
    'Name a connection document for it with --connection.',
  );
  return { mapping: readMapping(shipped, text), from: `the shipped mapping, ${shipped}` };
}

const isThere = async (deps: CliDeps, file: string): Promise<boolean> =>
  await access(resolve(deps.cwd, file)).then(
    () => true,
    () => false,
  );

function readMapping(file: string, text: string): MappingDocument {
  const { document, faults } = parseMapping(text);
  if (document !== null) return document;
  throw new HeadwaterError('config', faults.map((fault) => faultLine(file, fault)).join('; '), {
    code: 'MAPPING',
    cure: 'Correct the mapping: `headwater mapping check` shows every fault.',
  });
}
