import type { Command } from 'commander';
import { parseMapping } from '../../mapping/document/parse.ts';
import { sourcesOf } from '../../mapping/document/sources.ts';
import { previewRows, type PreviewRow } from '../../mapping/check/preview.ts';
import type { CrmRow } from '../../model/connector.ts';
import { HeadwaterError } from '../../model/error.ts';
import {
  ENTITIES,
  type EntityFieldType,
  type EntityShape,
  type EntityValue,
} from '../../model/entities.ts';
import type { CompiledMapping, MappingDocument, StreamSpec } from '../../model/mapping.ts';
import { nearest } from '../../model/nearest.ts';
import { localPage } from '../../store/rows.ts';
import { lostInPreview } from '../../sync/read/preview-references.ts';
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
import { heading, instant, printable } from '../format.ts';

const PREVIEW_ROWS = 3;
/** Rows of an object among which records of one entity are looked for: one page. */
const ENTITY_ROWS = 2_000;

type Options = CommonOptions & { limit: number; local: boolean };

export function registerMappingPreview(mapping: Command, deps: CliDeps): void {
  withConnection(
    mapping
      .command('preview')
      .description('real records before and after the mapping')
      .argument('[name]', 'CRM object, or entity of the model such as partner; all when left out'),
    'headwater mapping preview Opportunity --limit 2',
  )
    .option('--limit <n>', 'records of each object', count('--limit', 1), PREVIEW_ROWS)
    .option('--local', 'from the local copy, without one API call for records', false)
    .action(async (name: string | undefined, options: Options) => {
      await onSession(deps, options, async (open) => {
        const { previews, lost } = await preview(deps, open, name, options);
        if (options.json) return printJson(deps, previews);
        for (const one of previews) deps.stdout(previewText(one));
        for (const [place, ids] of lost)
          deps.stdout(`! ${place} leads to nobody: ${[...ids].join(', ')}\n`);
      });
    });
}

async function preview(
  deps: CliDeps,
  open: OpenConnection,
  name: string | undefined,
  options: Options,
): Promise<{ previews: PreviewRow[]; lost: Map<string, Set<string>> }> {
  const { document } = open.connection;
  const text = await mappingTextOf(open.connection);
  const compiled = await requireMapping(open.session, text, document.crm, document.mapping);
  const { streams, entity } = wanted(compiled, parseMapping(text).document, name);
  const rows: CrmRow[] = [];
  // Few of an object's records may become the entity: enough of them are looked at.
  const limit = entity === null ? options.limit : Math.max(options.limit, ENTITY_ROWS);
  for (const stream of streams)
    rows.push(...(await sampleOf(deps, open, stream, { ...options, limit })));
  const shown = previewRows(compiled, rows);
  const previews = entity === null ? shown : ofEntity(shown, entity, options.limit);
  const { session, connector } = open;
  const { queueIdPrefix } = connector.features;
  // Without a call there is nobody to ask; a run counts them for the local copy.
  const lost = options.local
    ? new Map()
    : await lostInPreview(session, compiled, previews, queueIdPrefix);
  return { previews, lost };
}

/** Records that become this entity, before those that could have and did not. */
function ofEntity(rows: PreviewRow[], entity: string, limit: number): PreviewRow[] {
  const own = rows.flatMap((row) => {
    const after = row.after.filter((one) => one.entity === entity);
    return after.length === 0 ? [] : [{ ...row, after }];
  });
  const mapped = own.filter(({ after }) => after.some(({ outcome }) => outcome === 'mapped'));
  return (mapped.length > 0 ? mapped : own).slice(0, limit);
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

/** An object, or all objects of which an entity is made; the object where one has both names. */
function wanted(
  { streams }: CompiledMapping,
  document: MappingDocument | null,
  name: string | undefined,
): { streams: StreamSpec[]; entity: string | null } {
  if (name === undefined) return { streams, entity: null };
  const own = streams.filter(({ object }) => object === name);
  if (own.length > 0) return { streams: own, entity: null };
  const sources = document === null ? [] : sourcesOf(document);
  const objects = sources.flatMap(({ entity, source }) => (entity === name ? source.object : []));
  const made = streams.filter(({ object }) => objects.includes(object));
  if (made.length > 0) return { streams: made, entity: name };
  const known = [...new Set([...streams, ...sources.map(({ source }) => source)])].map(
    ({ object }) => object,
  );
  const entities = [...new Set(sources.map(({ entity }) => entity))];
  const near = nearest(name, [...known, ...entities]);
  throw new HeadwaterError(
    'config',
    `the mapping reads no object "${name}", nor an entity of that name`,
    {
      cure: `${near === null ? '' : `Did you mean \`${near}\`? `}It reads ${[...new Set(known)].join(', ')}, which become ${entities.join(', ')}.`,
    },
  );
}

function previewText(preview: PreviewRow): string {
  const line = (field: string, value: string): string => `    ${field}: ${printable(value, 160)}\n`;
  const before = Object.entries(preview.before).map(([field, value]) =>
    line(field, JSON.stringify(value)),
  );
  const after = preview.after.map((one) => {
    const { fields } = ENTITIES[one.entity] as EntityShape;
    return [
      `  ${one.outcome === 'refused' ? '✗' : '->'} ${one.entity} (${one.outcome})\n`,
      ...Object.entries(one.values).map(([field, value]) =>
        line(field, valueText(fields[field]?.type, value)),
      ),
      ...one.reasons.map((reason) => `    ${printable(reason, 300)}\n`),
    ].join('');
  });
  return [heading(`${preview.object} ${preview.id}`), ...before, ...after].join('');
}

/** Instants are epoch milliseconds in the model, and dates to people. */
function valueText(type: EntityFieldType | undefined, value: EntityValue): string {
  if (value === null) return '(empty)';
  return type === 'instant' && typeof value === 'number' ? instant(value) : String(value);
}
