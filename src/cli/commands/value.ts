import type { Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import type { Store } from '../../store/store.ts';
import { valueList } from '../../sync/measure/value-list.ts';
import { count, onExistingStore, printJson, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { scoredPlace } from '../scored-place.ts';
import { valueText } from '../value-text.ts';

interface Options {
  db: string;
  json: boolean;
  top: number;
  partner?: string;
  connectionId?: string;
  whatIf: boolean;
}

/** As many as fit on a page. */
const SHOWN = 20;

export function registerValue(value: Command, deps: CliDeps): void {
  withDatabase(
    value
      .command('show')
      .description('what partners are worth, and how few of them bring how much'),
    'headwater value show --top 10',
  )
    .option('--partner <id or name>', 'only this partner')
    .option('--top <n>', 'how many, the most valuable first', count('--top', 1), SHOWN)
    .option('--connection-id <id>', 'where the database holds several')
    .option('--what-if', 'what the last dry run found, instead of the last real run', false)
    .action(
      async (options: Options) =>
        await onExistingStore(deps, options.db, async (store) => {
          await showValue(deps, store, options);
        }),
    );
}

async function showValue(deps: CliDeps, store: Store, options: Options): Promise<void> {
  const { place, asOfMs, currency, speech, partner } = await scoredPlace(deps, store, options);
  const { runId } = place;
  const { partners, concentration } = await valueList(store, place, partner);
  if (options.partner !== undefined && partners.length === 0)
    throw new HeadwaterError('config', `no scored partner matches "${options.partner}"`, {
      cure: 'Give its CRM id or a part of its name.',
    });
  const shown = partners.slice(0, options.top);
  if (options.json)
    return printJson(deps, {
      ...{ runId, asOfMs, currency, total: partners.length },
      ...{ concentration, partners: shown },
    });
  deps.stdout(valueText({ partners: shown, concentration }, partners.length, speech));
}
