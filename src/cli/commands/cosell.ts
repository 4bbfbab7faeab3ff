import type { Command } from 'commander';
import { cosellOf } from '../../sync/measure/cosell.ts';
import { sharedDealFields } from '../../sync/measure/joint-deal.ts';
import { syncedMapping } from '../../sync/measure/plan-import.ts';
import { count, onExistingStore, printJson, soleConnection, withDatabase } from '../command.ts';
import { cosellText } from '../cosell-text.ts';
import type { CliDeps } from '../deps.ts';
import { printable } from '../format.ts';
import { noSuchDeal } from '../no-such-deal.ts';
import { scoredPlace } from '../scored-place.ts';
import { spelt } from '../typed-ids.ts';

interface Options {
  db: string;
  json: boolean;
  connectionId?: string;
}

const PAIRS = 5;

export function registerCosell(noun: Command, deps: CliDeps): void {
  const on = (name: string, about: string, example: string): Command =>
    withDatabase(noun.command(name).description(about), example).option(
      '--connection-id <id>',
      'where the database holds several',
    );
  on(
    'suggest',
    'pairs of partners that complement each other on a deal, with what they won together',
    'headwater cosell suggest --deal 006xx0000012345',
  )
    .requiredOption('--deal <id>', 'an open deal')
    .option('--top <n>', 'how many pairs', count('--top', 1), PAIRS)
    .action(async (options: Options & { deal: string; top: number }) => {
      await onExistingStore(deps, options.db, async (store) => {
        const { place, asOfMs } = await scoredPlace(deps, store, options);
        const ids = await spelt(deps, store, place.connectionId, options.deal.trim());
        const found = await cosellOf(store, place, asOfMs, ids);
        if (found === null) throw noSuchDeal(options.deal);
        if (options.json) return printJson(deps, found);
        deps.stdout(cosellText(found, options.top));
      });
    });
  on(
    'fields',
    'fields of the CRM that hold what a partner may see of a deal, for a field set or a portal',
    'headwater cosell fields',
  ).action(async (options: Options) => {
    await onExistingStore(deps, options.db, async (store) => {
      const id = await soleConnection(store, options.connectionId);
      const objects = sharedDealFields(await syncedMapping(store, id));
      if (options.json) return printJson(deps, { objects });
      for (const { object, fields } of objects)
        deps.stdout(`${printable(object)}: ${printable(fields.join(', '), 2000)}\n`);
    });
  });
}
