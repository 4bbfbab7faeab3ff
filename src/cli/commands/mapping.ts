import type { Command } from 'commander';
import { previewRows } from '../../mapping/check/preview.ts';
import { faultLine, prepareMapping, requireMapping } from '../../sync/run/prepare.ts';
import type { CrmRow } from '../../model/connector.ts';
import { HeadwaterError } from '../../model/error.ts';
import { localPage } from '../../store/rows.ts';
import {
  count,
  EXIT,
  onSession,
  onExistingStore,
  printJson,
  withConnection,
  type CommonOptions,
} from '../command.ts';
import { readText } from '../connection-file.ts';
import type { CliDeps } from '../deps.ts';
import { heading, plural, printable } from '../format.ts';
import { registerMappingDiff } from './mapping-diff.ts';
import { registerMappingSuggest } from './mapping-suggest.ts';

const PREVIEW_ROWS = 3;

export function registerMapping(
  program: Command,
  deps: CliDeps,
  setExit: (code: number) => void,
): void {
  const mapping = program
    .command('mapping')
    .description('how CRM fields become the model, and back');
  registerMappingSuggest(mapping, deps);
  registerMappingDiff(mapping, deps);
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
          await readText(
            connection.mappingFile,
            'mapping document',
            'Correct `mapping:` in the connection document.',
          ),
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
  withConnection(
    mapping
      .command('preview')
      .description('real records before and after the mapping')
      .argument('[object]', 'CRM object; all when left out'),
    'headwater mapping preview Opportunity --limit 2',
  )
    .option('--limit <n>', 'records of each object', count('--limit', 1), PREVIEW_ROWS)
    .option('--local', 'from the local copy, without one API call for records', false)
    .action(
      async (
        object: string | undefined,
        options: CommonOptions & { limit: number; local: boolean },
      ) => {
        await onSession(deps, options, async ({ connection, session }) => {
          const text = await readText(
            connection.mappingFile,
            'mapping document',
            'Correct `mapping:` in the connection document.',
          );
          const compiled = await requireMapping(
            session,
            text,
            connection.document.crm,
            connection.document.mapping,
          );
          const streams = compiled.streams.filter(
            (stream) => object === undefined || stream.object === object,
          );
          if (streams.length === 0)
            throw new HeadwaterError('config', `the mapping reads no object "${object}"`, {
              cure: `It reads ${compiled.streams.map((stream) => stream.object).join(', ')}.`,
            });
          const rows: CrmRow[] = [];
          for (const stream of streams) {
            if (options.local)
              rows.push(
                ...(await onExistingStore(deps, options.db, async (store) =>
                  (
                    await localPage(store, connection.document.id, stream.object, '', options.limit)
                  ).map((local) => local.row),
                )),
              );
            else
              rows.push(
                ...(await session.read({ ...stream, range: { kind: 'all' } }, null)).rows.slice(
                  0,
                  options.limit,
                ),
              );
          }
          const previews = previewRows(compiled, rows);
          if (options.json) return printJson(deps, previews);
          for (const preview of previews) {
            deps.stdout(heading(`${preview.object} ${preview.id}`));
            for (const [field, value] of Object.entries(preview.before))
              deps.stdout(`    ${field}: ${printable(JSON.stringify(value), 100)}\n`);
            for (const after of preview.after)
              deps.stdout(
                `  ${after.outcome === 'refused' ? '✗' : '->'} ${after.entity} (${after.outcome}) ${after.outcome === 'mapped' ? printable(JSON.stringify(after.values), 600) : after.reasons.join('; ')}\n`,
              );
          }
        });
      },
    );
}
