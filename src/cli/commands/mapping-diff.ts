import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { diffMappings, newlyRead, type MappingChange } from '../../mapping/check/diff.ts';
import { parseMapping } from '../../mapping/document/parse.ts';
import { HeadwaterError } from '../../model/error.ts';
import type { MappingDocument } from '../../model/mapping.ts';
import { findDocument, findRun } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import { localDiff, type LocalDiff } from '../../sync/read/local-diff.ts';
import { faultLine } from '../../sync/run/prepare.ts';
import { onExistingStore, printJson, soleConnection, usage, withDatabase } from '../command.ts';
import { readText } from '../connection-file.ts';
import type { CliDeps } from '../deps.ts';
import { heading, plural, printable, table, whole } from '../format.ts';

interface Options {
  db: string;
  json: boolean;
  run: string[];
  connectionId?: string;
}

export function registerMappingDiff(mapping: Command, deps: CliDeps): void {
  withDatabase(
    mapping
      .command('diff')
      .description(
        'what a changed mapping would change, in words and in rows of the local copy; no API calls',
      )
      .argument('[files...]', 'before and after; with --run, the after alone'),
    'headwater mapping diff old.yaml new.yaml',
  )
    .option(
      '--run <id>',
      'the mapping that a run used; give it twice for before and after',
      (id: string, all: string[]) => [...all, id],
      [] as string[],
    )
    .option('--connection-id <id>', 'where the database holds several')
    .addHelpText('after', '  $ headwater mapping diff --run 20261122T044136-1f3a9c mapping.yaml')
    .action(async (files: string[], options: Options) => {
      if (files.length + options.run.length !== 2)
        throw usage('mapping diff compares two: two files, a --run and a file, or two --run');
      const work = async (store: Store | null): Promise<void> => {
        const [before, after] = await documents(deps, store, options.run, files);
        const changes = diffMappings(before.document, after.document);
        const local =
          store === null
            ? null
            : await rowsOf(
                store,
                await connectionOf(store, options, before.connectionId),
                before.document,
                after.document,
              );
        const unread = newlyRead(before.document, after.document);
        if (options.json)
          return printJson(deps, {
            before: before.name,
            after: after.name,
            changes,
            newlyRead: unread,
            local,
          });
        deps.stdout(diffText(changes, unread, local));
      };
      // A diff of two files must not leave an empty database behind.
      if (options.run.length > 0 || existsSync(resolve(deps.cwd, options.db)))
        await onExistingStore(deps, options.db, work);
      else await work(null);
    });
}

interface Named {
  name: string;
  document: MappingDocument;
  connectionId: string | null;
}

async function documents(
  deps: CliDeps,
  store: Store | null,
  runs: string[],
  files: string[],
): Promise<[Named, Named]> {
  const found: Named[] = [];
  for (const id of runs) {
    const run = store === null ? null : await findRun(store, id);
    const body =
      run === null || run.mapping === null || store === null
        ? null
        : await findDocument(store, run.connectionId, 'mapping', run.mapping);
    if (run === null || body === null)
      throw new HeadwaterError(
        'config',
        run === null ? `there is no run ${id}` : `run ${id} ended before it had a mapping`,
        { cure: '`headwater run list` names the runs.' },
      );
    found.push({
      name: `run ${id}`,
      document: parse(`run ${id}`, body),
      connectionId: run.connectionId,
    });
  }
  for (const file of files)
    found.push({
      name: file,
      document: parse(
        file,
        await readText(resolve(deps.cwd, file), 'mapping document', 'Give the path of a mapping.'),
      ),
      connectionId: null,
    });
  return [found[0]!, found[1]!];
}

function parse(name: string, text: string): MappingDocument {
  const { document, faults } = parseMapping(text);
  if (document !== null) return document;
  throw new HeadwaterError('config', faults.map((fault) => faultLine(name, fault)).join('\n'), {
    code: 'MAPPING',
    cure: 'Correct it first; a diff compares whole mappings.',
  });
}

async function connectionOf(
  store: Store,
  options: Options,
  ofRun: string | null,
): Promise<string | null> {
  if (options.connectionId === undefined && ofRun !== null) return ofRun;
  try {
    return await soleConnection(store, options.connectionId);
  } catch (error) {
    // nothing was synced yet: there are no rows to try it on
    if (options.connectionId === undefined && error instanceof HeadwaterError) return null;
    throw error;
  }
}

const rowsOf = async (
  store: Store,
  connectionId: string | null,
  before: MappingDocument,
  after: MappingDocument,
): Promise<LocalDiff | null> =>
  connectionId === null ? null : await localDiff(store, connectionId, before, after);

const MARK = { added: '+', removed: '-', changed: '~' } as const;

function diffText(changes: MappingChange[], unread: string[], local: LocalDiff | null): string {
  if (changes.length === 0) return 'the two mappings say the same\n';
  const parts = [
    heading(plural(changes.length, 'change')),
    ...changes.map((change) => `  ${MARK[change.kind]} ${printable(change.text, 240)}\n`),
  ];
  if (unread.length > 0)
    parts.push(
      `\n  To be read by the next sync, when no other mapping keeps them: ${printable(unread.join(', '), 400)}\n`,
    );
  if (local === null) return `${parts.join('')}\n  No local copy to try it on: give --db.\n`;
  parts.push(
    heading(
      `${plural(local.different, 'row')} of ${whole(local.rows)} in the local copy would map differently`,
    ),
  );
  if (local.entities.length > 0) {
    parts.push(
      table(
        [
          'entity',
          'other values',
          'become one',
          'stop being one',
          'newly refused',
          'fields, examples',
        ],
        local.entities.map((one) => [
          one.entity,
          whole(one.changed),
          whole(one.added),
          whole(one.removed),
          whole(one.refused),
          printable(
            [
              ...Object.entries(one.fields).map(([field, rows]) => `${field} ${whole(rows)}`),
              ...(one.refusal === null ? [] : [one.refusal]),
              one.examples.join(' '),
            ].join('; '),
            160,
          ),
        ]),
        ['left', 'right', 'right', 'right', 'right'],
      ),
    );
  }
  return parts.join('');
}
