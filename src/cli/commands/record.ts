import type { Command } from 'commander';
import { currentRecord } from '../../sync/measure/read-record.ts';
import { onExistingStore, printJson, soleConnection, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { heading, instant } from '../format.ts';
import { registerErase } from './forget.ts';
import { recordText } from '../record-text.ts';

interface Options {
  db: string;
  json: boolean;
  connectionId?: string;
}

const HELP = `
Every run keeps what it says: win probabilities, partner scores, forecasts. When the window of a
statement has ended, the run after it notes how it came out, as it was known at that end. Nothing
that was said is changed later. What a backtest makes again of the past stands apart, marked.`;

export function registerRecord(record: Command, deps: CliDeps): void {
  withDatabase(
    record
      .command('show')
      .description('calibration, skill against simpler ways, coverage of the intervals'),
    'headwater record show',
  )
    .option('--connection-id <id>', 'where the database holds several')
    .addHelpText('after', HELP)
    .action(async (options: Options) => await show(deps, options));
  registerErase(record, deps);
}

async function show(deps: CliDeps, options: Options): Promise<void> {
  await onExistingStore(deps, options.db, async (store) => {
    const id = await soleConnection(store, options.connectionId);
    const live = await currentRecord(store, id, 'live', deps.nowMs());
    const replayed = await currentRecord(store, id, 'replayed', deps.nowMs());
    if (options.json) return printJson(deps, { connection: id, live, replayed });
    deps.stdout(heading(`Track record of ${id}`));
    if (live === null)
      deps.stdout('  nothing has been said yet: `headwater sync run` makes the first statements\n');
    else {
      deps.stdout(recordText(live));
      if (live.chances.length + live.amounts.length === 0)
        deps.stdout(
          `  nothing of it has ended yet; the first does at ${instant(live.nextDueMs)}. \`headwater backtest run\` shows how it would have done on your own past.\n`,
        );
    }
    if (replayed !== null)
      deps.stdout(`${heading('Replayed on the past (backtest)')}${recordText(replayed)}`);
  });
}
