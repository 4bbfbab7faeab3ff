import type { Command } from 'commander';
import { faultLine, prepareMapping } from '../../sync/run/prepare.ts';
import { EXIT, onSession, printJson, withConnection, type CommonOptions } from '../command.ts';
import { mappingTextOf } from '../connection-file.ts';
import type { CliDeps } from '../deps.ts';
import { plural } from '../format.ts';

export function registerMappingCheck(
  mapping: Command,
  deps: CliDeps,
  setExit: (code: number) => void,
): void {
  withConnection(
    mapping
      .command('check')
      .description("compare the mapping with the CRM's own description; every fault at once"),
    'headwater mapping check',
  ).action(
    async (options: CommonOptions) =>
      await onSession(deps, options, async ({ connection, session }) => {
        const prepared = await prepareMapping(
          session,
          await mappingTextOf(connection),
          connection.document.crm,
        );
        const errors = prepared.faults.filter((fault) => fault.severity === 'error').length;
        if (errors > 0) setExit(EXIT.failed);
        if (options.json)
          return printJson(deps, {
            mapping: connection.document.mapping,
            ok: errors === 0,
            version: prepared.compiled?.version ?? null,
            faults: prepared.faults,
          });
        for (const fault of prepared.faults)
          deps.stdout(`${faultLine(connection.document.mapping, fault)}\n`);
        deps.stdout(
          errors > 0
            ? `${plural(errors, 'error')}; nothing will be read or written until they are cured\n`
            : `the mapping fits this org (version ${prepared.compiled!.version})\n`,
        );
      }),
  );
}
