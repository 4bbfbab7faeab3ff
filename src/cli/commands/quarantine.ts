import type { Command } from 'commander';
import { listIssues, retryIssues } from '../../store/issues.ts';
import { count, onExistingStore, printJson, soleConnection, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { instant, plural, printable, table } from '../format.ts';

interface Options {
  db: string;
  json: boolean;
  connectionId?: string;
}

const SHOWN = 50;
/** Who holds a row back. */
const BY: Record<string, string> = {
  write: 'the CRM',
  mapping: 'the mapping',
  data: 'the data',
  signal: 'the signals',
};

export function registerQuarantine(quarantine: Command, deps: CliDeps): void {
  withDatabase(
    quarantine.command('list').description('the rows in quarantine, newest first'),
    'headwater quarantine list --limit 10',
  )
    .option('--limit <n>', 'how many', count('--limit', 1), SHOWN)
    .option('--connection-id <id>', 'where the database holds several')
    .action(
      async (options: Options & { limit: number }) =>
        await onExistingStore(deps, options.db, async (store) => {
          const issues = await listIssues(
            store,
            await soleConnection(store, options.connectionId),
            options.limit,
          );
          if (options.json) return printJson(deps, issues);
          if (issues.length === 0) return deps.stdout('nothing is in quarantine\n');
          deps.stdout(
            table(
              ['since', 'object', 'id', 'by', 'field', 'reason'],
              issues.map((issue) => [
                instant(issue.firstMs),
                issue.object,
                issue.id,
                BY[issue.kind] ?? issue.kind,
                issue.field,
                printable(issue.message, 100),
              ]),
            ),
          );
        }),
    );
  withDatabase(
    quarantine
      .command('retry')
      .description('let quarantined rows try again in the next run')
      .argument('[id]', 'CRM id of one row; all when left out'),
    'headwater quarantine retry 001lf4000000001AAA',
  )
    .option('--connection-id <id>', 'where the database holds several')
    .action(
      async (id: string | undefined, options: Options) =>
        await onExistingStore(deps, options.db, async (store) => {
          const connectionId = await soleConnection(store, options.connectionId);
          const rows = await retryIssues(store, connectionId, id ?? null);
          if (options.json) return printJson(deps, { rows });
          deps.stdout(
            rows === 0
              ? 'no such row is in quarantine\n'
              : `${plural(rows, 'row')} will try again in the next run\n`,
          );
        }),
    );
}
