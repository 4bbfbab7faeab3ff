import type { Command } from 'commander';
import { previewRows, type PreviewRow } from '../../mapping/check/preview.ts';
import type { CrmRow } from '../../model/connector.ts';
import { HeadwaterError } from '../../model/error.ts';
import type { StreamSpec } from '../../model/mapping.ts';
import { localPage } from '../../store/rows.ts';
import { requireMapping } from '../../sync/run/prepare.ts';
import {
  count,
  onExistingStore,
  onSession,
  printJson,
  withConnection,
  type CommonOptions,
  type OpenConnection,
} from '../command.ts';
import { mappingTextOf } from '../connection-file.ts';
import type { CliDeps } from '../deps.ts';
import { heading, printable } from '../format.ts';

const PREVIEW_ROWS = 3;

type Options = CommonOptions & { limit: number; local: boolean };

export function registerMappingPreview(mapping: Command, deps: CliDeps): void {
  withConnection(
    mapping
      .command('preview')
      .description('real records before and after the mapping')
      .argument('[object]', 'CRM object; all when left out'),
    'headwater mapping preview Opportunity --limit 2',
  )
    .option('--limit <n>', 'records of each object', count('--limit', 1), PREVIEW_ROWS)
    .option('--local', 'from the local copy, without one API call for records', false)
    .action(async (object: string | undefined, options: Options) => {
      await onSession(deps, options, async (open) => {
        const previews = await preview(deps, open, object, options);
        if (options.json) return printJson(deps, previews);
        for (const one of previews) deps.stdout(previewText(one));
      });
    });
}

async function preview(
  deps: CliDeps,
  open: OpenConnection,
  object: string | undefined,
  options: Options,
): Promise<PreviewRow[]> {
  const { document } = open.connection;
  const compiled = await requireMapping(
    open.session,
    await mappingTextOf(open.connection),
    document.crm,
    document.mapping,
  );
  const streams = compiled.streams.filter(
    (stream) => object === undefined || stream.object === object,
  );
  if (streams.length === 0)
    throw new HeadwaterError('config', `the mapping reads no object "${object}"`, {
      cure: `It reads ${compiled.streams.map((stream) => stream.object).join(', ')}.`,
    });
  const rows: CrmRow[] = [];
  for (const stream of streams) rows.push(...(await sampleOf(deps, open, stream, options)));
  return previewRows(compiled, rows);
}

/** The first rows of a stream, from the CRM or, with `--local`, from the local copy. */
async function sampleOf(
  deps: CliDeps,
  { connection, session }: OpenConnection,
  stream: StreamSpec,
  options: Options,
): Promise<CrmRow[]> {
  if (!options.local)
    return (await session.read({ ...stream, range: { kind: 'all' } }, null)).rows.slice(
      0,
      options.limit,
    );
  return await onExistingStore(deps, options.db, async (store) => {
    const page = await localPage(store, connection.document.id, stream.object, '', options.limit);
    return page.map((local) => local.row);
  });
}

function previewText(preview: PreviewRow): string {
  const before = Object.entries(preview.before).map(
    ([field, value]) => `    ${field}: ${printable(JSON.stringify(value), 100)}\n`,
  );
  const after = preview.after.map(
    (one) =>
      `  ${one.outcome === 'refused' ? '✗' : '->'} ${one.entity} (${one.outcome}) ${one.outcome === 'mapped' ? printable(JSON.stringify(one.values), 600) : one.reasons.join('; ')}\n`,
  );
  return [heading(`${preview.object} ${preview.id}`), ...before, ...after].join('');
}
