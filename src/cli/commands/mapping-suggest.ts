import type { Command } from 'commander';
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { suggestMapping } from '../../mapping/suggest/index.ts';
import { parseMapping } from '../../mapping/document/parse.ts';
import { HeadwaterError } from '../../model/error.ts';
import { onSession, printJson, withConnection, type CommonOptions } from '../command.ts';
import { readText } from '../connection-file.ts';
import type { CliDeps } from '../deps.ts';
import { plural, printable, table } from '../format.ts';
import { sampleOrg } from '../../sync/read/sample-org.ts';
import { writeSchemaBeside } from '../setup/schema-file.ts';

export function registerMappingSuggest(mapping: Command, deps: CliDeps): void {
  withConnection(
    mapping
      .command('suggest')
      .description('a commented draft of a mapping, from the description and a sample of the org'),
    'headwater mapping suggest --out draft.yaml',
  )
    .option(
      '--out <file>',
      'where the draft goes; never over an existing file. stdout when left out',
    )
    .action(
      async (options: CommonOptions & { out?: string }) =>
        await onSession(deps, options, async ({ connection, session }) => {
          const { crm } = connection.document;
          const shipped = parseMapping(
            await readText(
              join(deps.packageRoot, 'mappings', `${crm}.yaml`),
              'shipped mapping',
              `No mapping ships for ${crm}.`,
            ),
          ).document;
          if (shipped === null)
            throw new HeadwaterError('bug', `the shipped mapping of ${crm} has faults`);
          const input = await sampleOrg(session, crm, shipped, (text) => {
            if (!options.json) deps.stderr(`  ${printable(text, 100)}\n`);
          });
          const { yaml, explanations, questions } = suggestMapping(input);
          if (options.out !== undefined) {
            const file = resolve(deps.cwd, options.out);
            await writeNew(file, yaml);
            await writeSchemaBeside(deps, file);
          }
          if (options.json)
            return printJson(deps, {
              out: options.out ?? null,
              calls: session.calls(),
              explanations,
              questions,
              ...(options.out === undefined ? { yaml } : {}),
            });
          if (options.out === undefined) return deps.stdout(yaml);
          const sources = explanations.filter(({ field }) => field === null);
          deps.stdout(
            `${table(
              ['entity', 'from', 'confidence', 'why'],
              sources.map((one) => [
                one.entity,
                one.choice || '-',
                one.choice === '' ? '' : one.confidence,
                printable(one.because.join(' '), 100),
              ]),
            )}\n${questions.map(({ text }) => `  Question: ${printable(text, 200)}\n`).join('')}  ${options.out} written, with the schema by which editors complete it and ${plural(session.calls(), 'API call')}. Put its name under \`mapping:\` in ${options.connection}, then run \`headwater mapping check\`.\n`,
          );
        }),
    );
}

/** An admin's file is never written over: a suggestion knows less than its author. */
async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'WRITE';
    if (code !== 'EEXIST') await rm(file, { force: true });
    throw new HeadwaterError(
      'config',
      code === 'EEXIST' ? `${file} is there already` : `cannot write ${file}: ${code}`,
      { code, cure: 'Name another file with --out.', cause: error },
    );
  }
}
