import { Option, type Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import { say } from '../../model/language/printed.ts';
import { PARTNER_CLASSES, type PartnerClassName } from '../../model/partner-class.ts';
import type { Store } from '../../store/store.ts';
import { classList, noteIntervention } from '../../sync/measure/class-list.ts';
import type { ScoredPlace } from '../../sync/measure/last-scored.ts';
import { classesText } from '../class-text.ts';
import { count, onExistingStore, printJson, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { printable } from '../format.ts';
import { requireFound, scoredPlace } from '../scored-place.ts';

interface Options {
  db: string;
  json: boolean;
  partner?: string;
  connectionId?: string;
  whatIf?: boolean;
}

const SHOWN = 50;

export function registerClass(noun: Command, deps: CliDeps): void {
  withDatabase(
    noun.command('list').description('which partners to grow, to help, to review, and why'),
    'headwater class list --class review',
  )
    .addOption(
      new Option('--class <class>', 'only those of this class').choices([...PARTNER_CLASSES]),
    )
    .option('--partner <id or name>', 'only this partner')
    .option('--top <n>', 'how many', count('--top', 1), SHOWN)
    .option('--connection-id <id>', 'where the database holds several')
    .option('--what-if', 'what the last dry run found, instead of the last real run', false)
    .action(
      async (options: Options & { top: number; class?: PartnerClassName }) =>
        await onExistingStore(deps, options.db, async (store) => {
          const { place, speech, asOfMs, partner } = await scoredPlace(deps, store, options);
          const filter = { partner, name: options.class ?? null };
          const found = await classList(store, place, filter);
          if (found.length === 0 && partner !== null)
            requireFound(await classList(store, place, { partner, name: null }), options.partner);
          const shown = found.slice(0, options.top);
          if (options.json)
            return printJson(deps, {
              ...{ runId: place.runId, asOfMs, total: found.length, partners: shown },
            });
          if (found.length === 0) deps.stdout(`  ${say(speech, 'class.noMatch')}\n`);
          else deps.stdout(classesText(shown, found.length, speech));
        }),
    );
  registerTried(noun, deps);
}

function registerTried(noun: Command, deps: CliDeps): void {
  withDatabase(
    noun.command('tried').description('note what was tried with a partner that fell silent'),
    'headwater class tried --partner Delta --what "joint call day" --by "Kim Ode" --why "no deal since May"',
  )
    .option('--connection-id <id>', 'where the database holds several')
    .requiredOption('--partner <id or name>', 'a partner')
    .requiredOption('--what <words>', 'what was tried')
    .requiredOption('--by <name>', 'who did it')
    .requiredOption('--why <reason>', 'what it answers')
    .action(
      async (options: Options & { what: string; by: string; why: string }) =>
        await onExistingStore(deps, options.db, async (store) => {
          const { place, speech, partner } = await scoredPlace(deps, store, options);
          const partnerId = await onlyId(store, place, partner!);
          const { what, by, why } = options;
          const given = { partnerId, what, by, why, atMs: deps.nowMs() };
          const kept = await noteIntervention(store, place, given);
          if (options.json) return printJson(deps, kept);
          const day = new Date(kept.atMs).toISOString().slice(0, 10);
          deps.stdout(`  ${say(speech, 'class.triedOn', { day, by, what, why })}\n`);
        }),
    );
}

async function onlyId(store: Store, place: ScoredPlace, needle: string): Promise<string> {
  const found = await classList(store, place, { partner: needle, name: null });
  const [first] = found;
  if (first === undefined || found.length > 1)
    throw new HeadwaterError('config', `"${needle}" matches ${found.length} scored partners`, {
      cure:
        first === undefined
          ? 'Give its CRM id or a part of its name.'
          : `Give the id: ${found
              .slice(0, 5)
              .map(({ id, name }) => `${printable(name)} (${id})`)
              .join(', ')}.`,
    });
  return first.id;
}
