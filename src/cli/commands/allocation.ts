import { Option, type Command } from 'commander';
import { ALLOCATED, type Allocated } from '../../model/allocation.ts';
import { HeadwaterError } from '../../model/error.ts';
import { speechOf } from '../../predict/index.ts';
import { latestForecast } from '../../store/results.ts';
import { allocationList } from '../../sync/measure/allocation-list.ts';
import { spokenSettings } from '../../sync/measure/spoken.ts';
import { allocationText } from '../allocation-text.ts';
import {
  count,
  onExistingStore,
  placeOf,
  printJson,
  soleConnection,
  withDatabase,
} from '../command.ts';
import type { CliDeps } from '../deps.ts';

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
          const connectionId = await soleConnection(store, options.connectionId);
          const place = await placeOf(store, connectionId, options.whatIf);
          const latest = await latestForecast(store, place.resultsId);
          if (latest === null)
            throw new HeadwaterError('config', 'no real run has scored anybody yet', {
              cure: 'Run `headwater sync run`; what a dry run found is shown by --what-if.',
            });
          const { runId, forecast } = latest;
          const found = await allocationList(store, { ...place, runId }, options.of);
          const partners = found.partners?.slice(0, options.top) ?? null;
          const { asOfMs, currency } = forecast;
          if (options.json) return printJson(deps, { runId, asOfMs, currency, ...found, partners });
          const settings = await spokenSettings(store, connectionId);
          const speech = speechOf({ ...settings, asOfMs });
          deps.stdout(allocationText({ ...found, partners }, speech));
        }),
    );
}
