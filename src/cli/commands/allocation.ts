import { Option, type Command } from 'commander';
import { ALLOCATED, type Allocated } from '../../model/allocation.ts';
import { allocationList } from '../../sync/measure/allocation-list.ts';
import { allocationText } from '../allocation-text.ts';
import { count, onExistingStore, printJson, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { scoredPlace } from '../scored-place.ts';

interface Options {
  db: string;
  json: boolean;
  of: Allocated;
  top: number;
  connectionId?: string;
  whatIf: boolean;
}

const SHOWN = 20;

export function registerAllocation(noun: Command, deps: CliDeps): void {
  withDatabase(
    noun
      .command('show')
      .description('what is spent on partners today beside the same total by what they are worth'),
    'headwater allocation show --of funds',
  )
    .addOption(new Option('--of <what>', 'hours or funds').choices([...ALLOCATED]).default('hours'))
    .option('--top <n>', 'how many, the largest differences first', count('--top', 1), SHOWN)
    .option('--connection-id <id>', 'where the database holds several')
    .option('--what-if', 'what the last dry run found, instead of the last real run', false)
    .action(
      async (options: Options) =>
        await onExistingStore(deps, options.db, async (store) => {
          const { place, asOfMs, currency, speech } = await scoredPlace(deps, store, options);
          const { runId } = place;
          const found = await allocationList(store, place, options.of);
          const partners = found.partners?.slice(0, options.top) ?? null;
          if (options.json) return printJson(deps, { runId, asOfMs, currency, ...found, partners });
          deps.stdout(allocationText({ ...found, partners }, speech));
        }),
    );
}
