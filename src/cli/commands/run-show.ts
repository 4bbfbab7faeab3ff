import type { Command } from 'commander';
import type { Gone } from '../../mapping/compile/gone.ts';
import { HeadwaterError } from '../../model/error.ts';
import { listReceipts } from '../../store/cursors.ts';
import { countIntents, listIntents } from '../../store/intents.ts';
import { listIssues } from '../../store/issues.ts';
import { findRun, listRuns, listSteps, type Run } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import type { PullResult } from '../../sync/read/pull.ts';
import { count, onExistingStore, printJson, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { sayOf } from '../own-words.ts';
import { heading, instant, plural, printable, seconds, table, whole } from '../format.ts';
import { pausedText } from '../summary-text.ts';

interface Options {
  db: string;
  json: boolean;
  limit: number;
}

/**
 * A page of intents and refusals is enough to see what happened; `--json --limit` gives the rest.
 */
const SHOWN = 20;

export function registerRunShow(run: Command, deps: CliDeps): void {
  withDatabase(
    run
      .command('show')
      .description('one run: steps, receipts, writes, refusals')
      .argument('[run]', 'run id; the last one when left out'),
    'headwater run show',
  )
    .option('--limit <n>', 'how many intents', count('--limit', 1), SHOWN)
    .action(
      async (id: string | undefined, options: Options) =>
        await onExistingStore(deps, options.db, async (store) => {
          const found = await wantedRun(store, id);
          const detail = {
            run: found,
            steps: await listSteps(store, found.id),
            receipts: await listReceipts(store, found.connectionId, found.id),
            writes: await countIntents(store, found.id),
            intents: await listIntents(store, found.id, options.limit),
            quarantine: await listIssues(store, found.connectionId, options.limit),
          };
          if (options.json) return printJson(deps, detail);
          (await sayOf(deps, store, found.connectionId))(showText(detail));
        }),
    );
}

/** The run of an id, or the last one. `config` error when there is none. */
export async function wantedRun(store: Store, id: string | undefined): Promise<Run> {
  const found =
    id === undefined ? ((await listRuns(store, 1))[0] ?? null) : await findRun(store, id);
  if (found !== null) return found;
  throw new HeadwaterError(
    'config',
    id === undefined ? 'there is no run yet' : `there is no run ${id}`,
    { cure: '`headwater run list` names them.' },
  );
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

interface Detail {
  run: Run;
  steps: Awaited<ReturnType<typeof listSteps>>;
  receipts: Awaited<ReturnType<typeof listReceipts>>;
  writes: Awaited<ReturnType<typeof countIntents>>;
  intents: Awaited<ReturnType<typeof listIntents>>;
  quarantine: Awaited<ReturnType<typeof listIssues>>;
}

const showText = (detail: Detail): string =>
  [
    headText(detail.run),
    pausedText(detail.run.summary?.['paused'] as Gone[] | undefined),
    freshnessText(detail.run.summary),
    stepsText(detail.steps),
    receiptsText(detail.receipts),
    writesText(detail),
    quarantineText(detail.quarantine),
  ].join('');

function headText(run: Run): string {
  const through = run.summary?.['verifiedThroughMs'];
  return [
    heading(`Run ${run.id}: ${run.state}`),
    `  ${run.connectionId}, ${run.dryRun ? 'dry run' : run.kind}, started ${instant(run.startedMs)}, as of ${instant(run.asOfMs)}\n`,
    `  mapping ${run.mapping ?? '-'}, model ${run.model ?? '-'}, ${plural(run.calls, 'API call')}\n`,
    run.kind === 'sync'
      ? `  verified through ${instant(typeof through === 'number' ? through : null)}\n`
      : '',
    run.error === null ? '' : `  ! ${run.error}\n`,
  ].join('');
}

const stepsText = (steps: Detail['steps']): string =>
  heading('Steps') +
  table(
    ['step', 'state', 'took', 'calls'],
    steps.map((step) => [
      step.name,
      step.state,
      step.endedMs === null ? '' : seconds(step.endedMs - step.startedMs),
      whole(step.calls),
    ]),
    ['left', 'left', 'right', 'right'],
  );

const receiptsText = (receipts: Detail['receipts']): string =>
  receipts.length === 0
    ? ''
    : heading('Receipts of closed windows') +
      table(
        ['object', 'until', 'ours', 'the CRM counts', ''],
        receipts.map((receipt) => [
          receipt.object,
          instant(receipt.untilMs),
          whole(receipt.ourCount),
          whole(receipt.crmCount),
          receipt.verified ? 'verified' : 'DIFFERS',
        ]),
        ['left', 'left', 'right', 'right'],
      );

function writesText({ writes, intents }: Detail): string {
  if (writes.length === 0) return '';
  const counts = table(
    ['object', 'state', 'records', 'fields', 'reason'],
    writes.map((write) => [
      write.object,
      write.state,
      whole(write.records),
      whole(write.fields),
      printable(write.reason ?? '', 80),
    ]),
    ['left', 'left', 'right', 'right'],
  );
  const lines = intents.map(({ recordId, field, oldValue, newValue, state }) => {
    const from = printable(JSON.stringify(oldValue), 30);
    const to = printable(JSON.stringify(newValue), 60);
    return `    ${recordId} ${field}: ${from} -> ${to} (${state})\n`;
  });
  return [heading('Writes'), counts, ...lines].join('');
}

const quarantineText = (issues: Detail['quarantine']): string =>
  issues.length === 0
    ? ''
    : [
        heading('Quarantine (now)'),
        ...issues.map(
          ({ object, id, message }) => `    ${object} ${id}: ${printable(message, 140)}\n`,
        ),
      ].join('');
