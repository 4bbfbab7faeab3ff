import type { Command } from 'commander';
import { say } from '../../model/language/printed.ts';
import type { Store } from '../../store/store.ts';
import { attentionList, type AttentionFilter } from '../../sync/measure/attention.ts';
import { attentionText } from '../attention-text.ts';
import {
  onExistingStore,
  placeOf,
  printJson,
  soleConnection,
  usage,
  withDatabase,
} from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { heading } from '../format.ts';
import { requireScored } from '../scored-place.ts';
import { registerCleanUp } from './clean-up.ts';

interface Options extends AttentionFilter {
  db: string;
  json: boolean;
  limit: string;
  connectionId?: string;
  whatIf: boolean;
}

/** Enough for a morning. */
const SHOWN = 20;
const MAX_SHOWN = 1000;

export function registerAttention(attention: Command, deps: CliDeps): void {
  registerCleanUp(attention, deps);
  withDatabase(
    attention
      .command('list')
      .description('partners and deals by money at stake, each with one action'),
    'headwater attention list --owner "Kim"',
  )
    .option('--owner <id or name>', 'only those of this owner')
    .option('--region <region>', 'only partners, and their deals, of this region')
    .option('--type <type>', 'only partners, and their deals, of this type')
    .option('--limit <n>', 'how many', String(SHOWN))
    .option('--all', 'with what waits, since its owner has enough to do today', false)
    .option('--connection-id <id>', 'where the database holds several')
    .option('--what-if', 'what the last dry run found, instead of the last real run', false)
    .action(async (options: Options) => {
      const limit = Number(options.limit);
      if (!Number.isInteger(limit) || limit < 1 || limit > MAX_SHOWN)
        throw usage(`--limit takes a whole number from 1 to ${MAX_SHOWN}`);
      await onExistingStore(deps, options.db, async (store) => {
        const connectionId = await soleConnection(store, options.connectionId);
        const place = await placeOf(store, connectionId, options.whatIf);
        await showAttention(deps, store, connectionId, place, { ...options, limit });
      });
    });
}

/** The list as a person or a program reads it. */
export async function showAttention(
  deps: CliDeps,
  store: Store,
  connectionId: string,
  at: { rowsId: string; resultsId: string },
  options: AttentionFilter & { json: boolean; limit: number },
): Promise<void> {
  const { place, asOfMs, speech } = await requireScored(store, connectionId, at);
  const items = await attentionList(store, place, options, speech);
  const shown = items.slice(0, options.limit);
  if (options.json)
    return printJson(deps, { runId: place.runId, asOfMs, total: items.length, items: shown });
  if (items.length === 0) {
    const filtered = [options.owner, options.region, options.type].some((one) => one !== undefined);
    deps.stdout(`  ${say(speech, filtered ? 'attention.noMatch' : 'attention.none')}\n`);
    return;
  }
  const rest = items.length - shown.length;
  deps.stdout(
    [
      heading('Needs attention'),
      ...shown.map((item, i) => attentionText(item, i + 1, speech)),
      rest === 0 ? '' : `  ${say(speech, 'attention.more', { n: rest })}\n`,
    ].join(''),
  );
}
