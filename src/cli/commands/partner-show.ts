import type { Command } from 'commander';
import type { Speech } from '../../model/language/languages.ts';
import type { Store } from '../../store/store.ts';
import type { ScoredPlace } from '../../sync/measure/last-scored.ts';
import type { TraitRow } from '../../sync/measure/trait-list.ts';
import { count, onExistingStore, printJson, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { requireFound, scoredPlace } from '../scored-place.ts';

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

/** A command that shows one thing of every partner. */
export interface Shown<Trait> {
  about: string;
  example: string;
  /** What a row of `--json` calls it, as the API does. */
  name: string;
  list: (store: Store, place: ScoredPlace, partner: string | null) => Promise<TraitRow<Trait>[]>;
  text: (rows: TraitRow<Trait>[], total: number, speech: Speech) => string;
  /** What is said of all partners, beneath. */
  beneath?: (store: Store, place: ScoredPlace, speech: Speech) => Promise<Beneath>;
}

interface Beneath {
  json: object;
  text: string;
}

export function registerShow<Trait>(noun: Command, deps: CliDeps, shown: Shown<Trait>): void {
  withDatabase(noun.command('show').description(shown.about), shown.example)
    .option('--partner <id or name>', 'only this partner')
    .option('--top <n>', 'how many', count('--top', 1), SHOWN)
    .option('--connection-id <id>', 'where the database holds several')
    .option('--what-if', 'what the last dry run found, instead of the last real run', false)
    .action(
      async (options: Options) =>
        await onExistingStore(deps, options.db, async (store) => {
          const { place, asOfMs, currency, speech, partner } = await scoredPlace(
            deps,
            store,
            options,
          );
          const all = requireFound(await shown.list(store, place, partner), options.partner);
          const rows = all.slice(0, options.top);
          const beneath = (await shown.beneath?.(store, place, speech)) ?? { json: {}, text: '' };
          const about = {
            ...{ runId: place.runId, asOfMs, currency, total: all.length },
            ...beneath.json,
          };
          if (!options.json)
            return deps.stdout(shown.text(rows, all.length, speech) + beneath.text);
          const partners = rows.map(({ trait, ...row }) => ({ ...row, [shown.name]: trait }));
          printJson(deps, { ...about, partners });
        }),
    );
}
