import type { Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import { say } from '../../model/language/printed.ts';
import type { Store } from '../../store/store.ts';
import { approveTier } from '../../store/tier-decisions.ts';
import { tierList, type TieredPartner } from '../../sync/measure/tier-list.ts';
import type { ScoredPlace } from '../../sync/measure/last-scored.ts';
import { count, onExistingStore, printJson, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { printable } from '../format.ts';
import { requireFound, scoredPlace } from '../scored-place.ts';
import { tierExplained, tiersText } from '../tier-text.ts';

interface Options {
  db: string;
  json: boolean;
  top?: number;
  partner?: string;
  connectionId?: string;
  whatIf?: boolean;
}

const SHOWN = 50;

export function registerTier(tier: Command, deps: CliDeps): void {
  const on = (name: string, description: string, example: string): Command =>
    withDatabase(tier.command(name).description(description), example)
      .option('--connection-id <id>', 'where the database holds several')
      .option('--what-if', 'what the last dry run found, instead of the last real run', false);
  const top = ['--top <n>', 'how many', count('--top', 1), SHOWN] as const;
  on('show', 'the tier in force of each partner, and what comes next', 'headwater tier show')
    .option('--partner <id or name>', 'only this partner')
    .option(...top)
    .action(async (options: Options) => await list(deps, options, false));
  on('plan', 'tiers that are proposed, and those that lapse soon', 'headwater tier plan')
    .option(...top)
    .action(async (options: Options) => await list(deps, options, true));
  on(
    'explain',
    'requirement by requirement, on both sides',
    'headwater tier explain --partner Delta',
  )
    .requiredOption('--partner <id or name>', 'a partner')
    .action(async (options: Options) => await explain(deps, options));
  registerApprove(tier, deps);
}

function registerApprove(tier: Command, deps: CliDeps): void {
  withDatabase(
    tier
      .command('approve')
      .description('put a partner in a tier of its ladder; the next run writes it'),
    'headwater tier approve --partner Delta --tier gold --by "Kim Ode" --why "reached in Q3"',
  )
    .option('--connection-id <id>', 'where the database holds several')
    .requiredOption('--partner <id or name>', 'a partner')
    .requiredOption('--tier <name>', 'a tier of its ladder, proposed or not')
    .requiredOption('--by <name>', 'who decided')
    .requiredOption('--why <reason>', 'what it rests on')
    .action(
      async (options: Options & { tier: string; by: string; why: string }) =>
        await onExistingStore(deps, options.db, async (store) => {
          const { place, speech, partner } = await scoredPlace(deps, store, options);
          const { id } = only(await found(store, place, partner), options.partner!);
          const made = await approveTier(store, place, id, options, deps.nowMs());
          if (options.json) return printJson(deps, made);
          const day = new Date(made.decidedMs).toISOString().slice(0, 10);
          deps.stdout(`  ${say(speech, 'tier.approved', { ...made, day })}\n`);
        }),
    );
}

const found = async (
  store: Store,
  place: ScoredPlace,
  partner: string | null,
): Promise<TieredPartner[]> => await tierList(store, place, { partner, open: false });

function only(rows: TieredPartner[], needle: string): TieredPartner {
  const [first] = rows;
  if (first === undefined)
    throw new HeadwaterError('config', `no partner with a ladder matches "${needle}"`, {
      cure: 'Give its CRM id or a part of its name; settings.tiers of the mapping has the ladders.',
    });
  if (rows.length > 1)
    throw new HeadwaterError('config', `"${needle}" matches ${rows.length} partners`, {
      cure: `Give the id: ${rows
        .slice(0, 5)
        .map(({ id, name }) => `${printable(name)} (${id})`)
        .join(', ')}.`,
    });
  return first;
}

async function list(deps: CliDeps, options: Options, open: boolean): Promise<void> {
  await onExistingStore(deps, options.db, async (store) => {
    const { place, speech, asOfMs, partner } = await scoredPlace(deps, store, options);
    const named = await tierList(store, place, { partner, open: false });
    // Without ladders nobody stands on one, whoever is asked for.
    const laddered = named.length > 0 || partner === null ? named : await found(store, place, null);
    const all = laddered.length === 0 ? [] : requireFound(named, options.partner);
    const rows = open ? await tierList(store, place, { partner, open }) : all;
    const shown = rows.slice(0, options.top);
    if (options.json)
      return printJson(deps, {
        ...{ runId: place.runId, asOfMs, total: rows.length, partners: shown },
      });
    if (all.length === 0) deps.stdout(`  ${say(speech, 'tier.noLadders')}\n`);
    else if (rows.length === 0) deps.stdout(`  ${say(speech, 'tier.noProposal')}\n`);
    else deps.stdout(tiersText(shown, rows.length, speech));
  });
}

async function explain(deps: CliDeps, options: Options): Promise<void> {
  await onExistingStore(deps, options.db, async (store) => {
    const { place, speech, partner } = await scoredPlace(deps, store, options);
    const one = only(await found(store, place, partner), options.partner!);
    if (options.json) return printJson(deps, one);
    deps.stdout(tierExplained(one, speech));
  });
}
