import type { Command } from 'commander';
import { decideConflict } from '../../store/claim-decisions.ts';
import { HeadwaterError } from '../../model/error.ts';
import { conflictList, type ShownConflict } from '../../sync/measure/conflict-list.ts';
import { onExistingStore, printJson, soleConnection, usage, withDatabase } from '../command.ts';
import { conflictListText, conflictShown } from '../conflict-text.ts';
import type { CliDeps } from '../deps.ts';

interface Options {
  db: string;
  json: boolean;
  connectionId?: string;
}
interface Decision extends Options {
  for?: string;
  appeal?: string;
  by: string;
  why: string;
}

export function registerConflict(conflict: Command, deps: CliDeps): void {
  const on = (name: string, about: string, example: string): Command =>
    withDatabase(conflict.command(name).description(about), example).option(
      '--connection-id <id>',
      'where the database holds several',
    );
  on(
    'list',
    'partners that claim one deal or customer, what is due first',
    'headwater conflict list',
  )
    .option('--all', 'those that are decided too', false)
    .action(async (options: Options & { all: boolean }) => {
      await onList(deps, options, (list) => {
        const conflicts = list.conflicts.filter(({ state }) => options.all || state !== 'decided');
        if (options.json) return printJson(deps, { ...list, conflicts });
        deps.stdout(conflictListText({ ...list, conflicts }));
      });
    });
  on(
    'show',
    'the evidence side by side, what the rules propose, who said what',
    'headwater conflict show 0Q0xx01',
  )
    .argument('<conflict>', 'as `conflict list` names it')
    .action(async (id: string, options: Options) => {
      await onList(deps, options, ({ conflicts }) => {
        const found = oneOf(conflicts, id);
        if (options.json) return printJson(deps, found);
        deps.stdout(conflictShown(found));
      });
    });
  on(
    'decide',
    'decide for one partner, or take a claim up again; the next run credits by it',
    'headwater conflict decide 0Q0xx01 --for 001xx07 --by "Kim Ode" --why "met the buyer first"',
  )
    .argument('<conflict>', 'as `conflict list` names it')
    .option('--for <partner>', "account id of the partner whose claim stands; the others' do not")
    .option('--appeal <registration>', 'the registration that is taken up again')
    .requiredOption('--by <name>', 'who decided')
    .requiredOption('--why <reason>', 'what it rests on')
    .action(async (id: string, options: Decision) => {
      if ((options.for === undefined) === (options.appeal === undefined))
        throw usage('conflict decide needs either --for or --appeal');
      const { for: winner, appeal, by, why } = options;
      await onExistingStore(deps, options.db, async (store) => {
        const connectionId = await soleConnection(store, options.connectionId);
        const decision = { for: winner, appeal, by, why };
        await decideConflict(store, connectionId, id, decision, deps.nowMs());
        const { conflicts } = await conflictList(store, connectionId, deps.nowMs());
        const found = oneOf(conflicts, id);
        if (options.json) return printJson(deps, found);
        deps.stdout(conflictShown(found));
      });
    });
}

const onList = async (
  deps: CliDeps,
  options: Options,
  work: (list: Awaited<ReturnType<typeof conflictList>>) => void,
): Promise<void> =>
  await onExistingStore(deps, options.db, async (store) => {
    const connectionId = await soleConnection(store, options.connectionId);
    work(await conflictList(store, connectionId, deps.nowMs()));
  });

function oneOf(conflicts: readonly ShownConflict[], id: string): ShownConflict {
  const found = conflicts.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new HeadwaterError('config', `there is no conflict ${id}`, {
    cure: '`headwater conflict list --all` lists them.',
  });
}
