import type { Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import { listReceipts } from '../../store/cursors.ts';
import { countIntents, listIntents } from '../../store/intents.ts';
import { listIssues } from '../../store/issues.ts';
import { findRun, listRuns, listSteps, type Run } from '../../store/runs.ts';
import type { Gone } from '../../mapping/compile/gone.ts';
import type { PullResult } from '../../sync/read/pull.ts';
import { count, onExistingStore, printJson, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { pausedText } from '../summary-text.ts';
import { registerRunWrites } from './run-writes.ts';
import { heading, instant, plural, printable, seconds, table, whole } from '../format.ts';

interface Options {
  db: string;
  json: boolean;
}

/**
 * A page of intents and refusals is enough to see what happened; `--json --limit` gives the rest.
 */
const SHOWN = 20;

export function registerRun(
  program: Command,
  deps: CliDeps,
  setExit: (code: number) => void,
): void {
  const run = program
    .command('run')
    .description('look at runs, apply a plan that was shown, take writes back');
  registerRunWrites(run, deps, setExit);
  withDatabase(
    run.command('list').description('the last runs, newest first'),
    'headwater run list --limit 5',
  )
    .option('--limit <n>', 'how many', count('--limit', 1), SHOWN)
    .action(
      async (options: Options & { limit: number }) =>
        await onExistingStore(deps, options.db, async (store) => {
          const runs = await listRuns(store, options.limit);
          if (options.json)
            return printJson(
              deps,
              runs.map(({ summary, ...rest }) => ({ ...rest, ...rowsOf(summary) })),
            );
          if (runs.length === 0)
            return deps.stdout('no runs yet: `headwater sync run` makes the first\n');
          deps.stdout(
            table(
              [
                'run',
                'connection',
                'kind',
                'state',
                'started',
                'took',
                'calls',
                'rows read',
                'changed',
                'refused',
                'fields written',
              ],
              runs.map((one) => [
                one.id,
                one.connectionId,
                one.dryRun ? 'dry run' : one.kind,
                one.state,
                instant(one.startedMs),
                one.endedMs === null ? '' : seconds(one.endedMs - one.startedMs),
                whole(one.calls),
                ...Object.values(rowsOf(one.summary)).map(whole),
              ]),
              [
                'left',
                'left',
                'left',
                'left',
                'left',
                'right',
                'right',
                'right',
                'right',
                'right',
                'right',
              ],
            ),
          );
        }),
    );
  withDatabase(
    run
      .command('show')
      .description('one run: steps, receipts, writes, refusals')
      .argument('[run]', 'run id; the last one when left out'),
    'headwater run show',
  )
    .option('--limit <n>', 'how many intents', count('--limit', 1), SHOWN)
    .action(
      async (id: string | undefined, options: Options & { limit: number }) =>
        await onExistingStore(deps, options.db, async (store) => {
          const found =
            id === undefined ? ((await listRuns(store, 1))[0] ?? null) : await findRun(store, id);
          if (found === null)
            throw new HeadwaterError(
              'config',
              id === undefined ? 'there is no run yet' : `there is no run ${id}`,
              { cure: '`headwater run list` names them.' },
            );
          const detail = {
            run: found,
            steps: await listSteps(store, found.id),
            receipts: await listReceipts(store, found.connectionId, found.id),
            writes: await countIntents(store, found.id),
            intents: await listIntents(store, found.id, options.limit),
            quarantine: await listIssues(store, found.connectionId, options.limit),
          };
          if (options.json) return printJson(deps, detail);
          deps.stdout(showText(detail));
        }),
    );
}

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

/**
 * How fresh the run left each stream: fields, links and what the CRM works out have clocks of their
 * own. Runs of older versions told none.
 */
function freshnessText(summary: Run['summary']): string {
  const pulled = (summary?.['pulled'] ?? []) as Partial<PullResult>[];
  const shown = pulled.filter((one) => one.fieldsMs !== undefined);
  const asOf = (ms: number | null | undefined): string => (ms == null ? '-' : instant(ms));
  return shown.length === 0
    ? ''
    : heading('Freshness') +
        table(
          ['object', 'fields as of', 'links as of', 'calculated as of'],
          shown.map((one) => [
            one.object ?? '',
            asOf(one.fieldsMs),
            asOf(one.associationsMs),
            asOf(one.calculatedMs),
          ]),
          ['left'],
        );
}

function showText(detail: {
  run: NonNullable<Awaited<ReturnType<typeof findRun>>>;
  steps: Awaited<ReturnType<typeof listSteps>>;
  receipts: Awaited<ReturnType<typeof listReceipts>>;
  writes: Awaited<ReturnType<typeof countIntents>>;
  intents: Awaited<ReturnType<typeof listIntents>>;
  quarantine: Awaited<ReturnType<typeof listIssues>>;
}): string {
  const { run } = detail;
  const parts = [
    heading(`Run ${run.id}: ${run.state}`),
    `  ${run.connectionId}, ${run.dryRun ? 'dry run' : run.kind}, started ${instant(run.startedMs)}, as of ${instant(run.asOfMs)}\n  mapping ${run.mapping ?? '-'}, model ${run.model ?? '-'}, ${plural(run.calls, 'API call')}\n`,
  ];
  const through = run.summary?.['verifiedThroughMs'];
  if (run.kind === 'sync')
    parts.push(`  verified through ${instant(typeof through === 'number' ? through : null)}\n`);
  if (run.error !== null) parts.push(`  ! ${run.error}\n`);
  parts.push(pausedText(run.summary?.['paused'] as Gone[] | undefined), freshnessText(run.summary));
  parts.push(
    heading('Steps'),
    table(
      ['step', 'state', 'took', 'calls'],
      detail.steps.map((step) => [
        step.name,
        step.state,
        step.endedMs === null ? '' : seconds(step.endedMs - step.startedMs),
        whole(step.calls),
      ]),
      ['left', 'left', 'right', 'right'],
    ),
  );
  if (detail.receipts.length > 0) {
    parts.push(
      heading('Receipts of closed windows'),
      table(
        ['object', 'until', 'ours', 'the CRM counts', ''],
        detail.receipts.map((receipt) => [
          receipt.object,
          instant(receipt.untilMs),
          whole(receipt.ourCount),
          whole(receipt.crmCount),
          receipt.verified ? 'verified' : 'DIFFERS',
        ]),
        ['left', 'left', 'right', 'right'],
      ),
    );
  }
  if (detail.writes.length > 0) {
    parts.push(
      heading('Writes'),
      table(
        ['object', 'state', 'records', 'fields', 'reason'],
        detail.writes.map((write) => [
          write.object,
          write.state,
          whole(write.records),
          whole(write.fields),
          printable(write.reason ?? '', 80),
        ]),
        ['left', 'left', 'right', 'right'],
      ),
      ...detail.intents.map(
        (intent) =>
          `    ${intent.recordId} ${intent.field}: ${printable(JSON.stringify(intent.oldValue), 30)} -> ${printable(JSON.stringify(intent.newValue), 60)} (${intent.state})\n`,
      ),
    );
  }
  if (detail.quarantine.length > 0) {
    parts.push(
      heading('Quarantine (now)'),
      ...detail.quarantine.map(
        (issue) => `    ${issue.object} ${issue.id}: ${printable(issue.message, 140)}\n`,
      ),
    );
  }
  return parts.join('');
}
