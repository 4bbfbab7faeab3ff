import type { Command } from 'commander';
import { listRuns, type Run } from '../../store/runs.ts';
import { count, onExistingStore, printJson, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { instant, seconds, table, whole } from '../format.ts';

const SHOWN = 20;
const TEXTS = ['run', 'connection', 'kind', 'state', 'started'];
const NUMBERS = ['took', 'calls', 'rows read', 'changed', 'refused', 'fields written'];
const ALIGN = [...TEXTS.map(() => 'left' as const), ...NUMBERS.map(() => 'right' as const)];

export function registerRunList(run: Command, deps: CliDeps): void {
  withDatabase(
    run.command('list').description('the last runs, newest first'),
    'headwater run list --limit 5',
  )
    .option('--limit <n>', 'how many', count('--limit', 1), SHOWN)
    .action(
      async (options: { db: string; json: boolean; limit: number }) =>
        await onExistingStore(deps, options.db, async (store) => {
          const runs = await listRuns(store, options.limit);
          if (options.json)
            return printJson(
              deps,
              runs.map(({ summary, ...rest }) => ({ ...rest, ...rowsOf(summary) })),
            );
          if (runs.length === 0)
            return deps.stdout('no runs yet: `headwater sync run` makes the first\n');
          deps.stdout(table([...TEXTS, ...NUMBERS], runs.map(cells), ALIGN));
        }),
    );
}

const cells = (run: Run): string[] => [
  run.id,
  run.connectionId,
  run.dryRun ? 'dry run' : run.kind,
  run.state,
  instant(run.startedMs),
  run.endedMs === null ? '' : seconds(run.endedMs - run.startedMs),
  whole(run.calls),
  ...Object.values(rowsOf(run.summary)).map(whole),
];

/** What went through a run. `refused`: rows by the mapping and fields by the CRM. */
function rowsOf(summary: Run['summary']): {
  rowsRead: number;
  rowsChanged: number;
  refused: number;
  fieldsWritten: number;
} {
  const counts = (list: unknown, name: string): number =>
    Array.isArray(list)
      ? (list as Record<string, unknown>[]).reduce(
          (sum, one) => sum + (typeof one[name] === 'number' ? one[name] : 0),
          0,
        )
      : 0;
  const { pulled, applied } = summary ?? {};
  return {
    rowsRead: counts(pulled, 'read'),
    rowsChanged: counts(pulled, 'changed'),
    refused: counts(pulled, 'rejected') + counts(applied, 'rejected'),
    fieldsWritten: counts(applied, 'fields'),
  };
}
