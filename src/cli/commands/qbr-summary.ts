import type { Command } from 'commander';
import { safePack } from '../../model/partner-safe.ts';
import type { Store } from '../../store/store.ts';
import { reviewPack } from '../../sync/measure/review.ts';
import { reviewPlace } from '../../sync/measure/review-place.ts';
import { packSummary, type Rewording } from '../../sync/measure/summary.ts';
import { channelDeps } from '../alerts.ts';
import {
  DEFAULT_CONNECTION,
  onExistingStore,
  printJson,
  soleConnection,
  withDatabase,
} from '../command.ts';
import { loadConnection } from '../connection-file.ts';
import type { CliDeps } from '../deps.ts';
import { printable } from '../format.ts';
import { notScored, scoredPartner } from '../reviewed-partner.ts';

interface Options {
  db: string;
  json: boolean;
  connectionId?: string;
  connection: string;
  partner: string;
  period?: string;
  partnerSafe: boolean;
  reword: boolean;
}

export function registerQbrSummary(qbr: Command, deps: CliDeps): void {
  withDatabase(
    qbr.command('summary').description("a partner's period in three sentences"),
    'headwater qbr summary --partner "Northwind"',
  )
    .requiredOption('--partner <id or name>', 'this partner')
    .option('--period <label>', 'such as "2026 Q3"; the last run\'s when left out')
    .option('--partner-safe', 'only what the partner may see', false)
    .option('--reword', 'in the words of the language model that the connection names', false)
    .option('--connection <file>', 'connection document, for --reword', DEFAULT_CONNECTION)
    .option('--connection-id <id>', 'where the database holds several')
    .action(async (options: Options) => {
      await onExistingStore(deps, options.db, async (store) => await show(deps, store, options));
    });
}

async function rewording(deps: CliDeps, file: string): Promise<Rewording> {
  const loaded = await loadConnection(deps, file);
  return { ...channelDeps(deps, loaded), connection: loaded.document };
}

async function show(deps: CliDeps, store: Store, options: Options): Promise<void> {
  const connectionId = await soleConnection(store, options.connectionId);
  const place = await reviewPlace(store, connectionId, options.period ?? null);
  const id = await scoredPartner(deps, place, options.partner);
  const found = await reviewPack(place, id);
  if (found === null) throw notScored(place);
  const pack = options.partnerSafe ? safePack(found) : found;
  const wanted = options.reword ? await rewording(deps, options.connection) : null;
  const { sentences, rewritten, refused } = await packSummary(place, pack, wanted);
  if (options.json)
    return printJson(deps, {
      ...{ partner: pack.shared.partner.name, period: place.period.label },
      ...{ run: place.run.runId, sentences, rewritten, refused },
    });
  deps.stdout(`${printable(rewritten ?? sentences.join(' '), 4000)}\n`);
  if (refused !== null)
    deps.stderr(`  ! ${printable(refused, 300)}: the sentences stand as they are\n`);
}
