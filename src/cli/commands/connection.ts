import type { Command } from 'commander';
import { requiredObjects } from '../../mapping/document/objects.ts';
import { parseMapping } from '../../mapping/document/parse.ts';
import { EXIT, onSession, printJson, withConnection, type CommonOptions } from '../command.ts';
import { readText } from '../connection-file.ts';
import type { CliDeps } from '../deps.ts';
import { registerConnectionAdd } from './connection-add.ts';

export function registerConnection(
  program: Command,
  deps: CliDeps,
  setExit: (code: number) => void,
): void {
  const connection = program.command('connection').description('the way into a CRM org');
  registerConnectionAdd(connection, deps, setExit);
  withConnection(
    connection
      .command('check')
      .description('token, org, objects, permissions, budget: each step with its cure'),
    'headwater connection check --connection acme.yaml',
  ).action(
    async (options: CommonOptions) =>
      await onSession(deps, options, async ({ connection: loaded, session }) => {
        const mapping = parseMapping(
          await readText(
            loaded.mappingFile,
            'mapping document',
            'Correct `mapping:` in the connection document.',
          ),
        );
        const document = mapping.document ?? mapping.salvaged;
        const checks = await session.check(document === null ? [] : requiredObjects(document));
        if (mapping.document === null)
          checks.push({
            name: 'Mapping',
            ok: false,
            detail: `${loaded.document.mapping} has faults${document === null ? ', so no object was looked at' : ''}`,
            cure: '`headwater mapping check` lists them, each with its line.',
          });
        if (checks.some((check) => !check.ok)) setExit(EXIT.failed);
        if (options.json)
          return printJson(deps, {
            connection: loaded.document.id,
            ok: checks.every((check) => check.ok),
            checks,
          });
        for (const check of checks)
          deps.stdout(
            `${check.ok ? '✓' : '✗'} ${check.name}: ${check.detail}${check.cure === null ? '' : `\n    ${check.cure}`}\n`,
          );
      }),
  );
}
