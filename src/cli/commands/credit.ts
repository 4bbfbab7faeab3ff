import type { Command } from 'commander';
import type { Conflict } from '../../model/credit.ts';
import { HeadwaterError } from '../../model/error.ts';
import {
  creditView,
  explainCredit,
  latestCredit,
  partnerNames,
  type ExplainedDeal,
} from '../../store/credit-views.ts';
import { decideConflict, type ConflictDecision } from '../../store/claim-decisions.ts';
import type { Store } from '../../store/store.ts';
import {
  EXIT,
  count,
  onExistingStore,
  placeOf,
  printJson,
  soleConnection,
  usage,
  withDatabase,
} from '../command.ts';
import { conflictText, explainText, reconcileText, showText, type Credit } from '../credit-text.ts';
import type { CliDeps, SetExit } from '../deps.ts';
import { sayOf } from '../own-words.ts';
import { printable } from '../format.ts';
import { LONGEST_YEAR_MS } from '../../model/time.ts';

interface Options {
  db: string;
  json: boolean;
  deal?: string;
  connectionId?: string;
  whatIf: boolean;
}

/** Rows of each list that fit a person's patience. */
const SHOWN = 200;

export function registerCredit(credit: Command, deps: CliDeps, setExit: SetExit): void {
  const on = (name: string, description: string, example: string): Command =>
    withDatabase(credit.command(name).description(description), example)
      .option('--connection-id <id>', 'where the database holds several')
      .option('--what-if', 'what the last dry run found, instead of the last real run', false);
  registerDecide(credit, deps);
  on(
    'show',
    'what each partner sourced and influenced, corrections and conflicts',
    'headwater credit show --json',
  )
    .option('--limit <n>', `rows of each list (${SHOWN})`, count('--limit', 1))
    .action(
      async (options: Options & { limit?: number }) =>
        await onExistingStore(deps, options.db, async (store) => {
          const place = await asked(store, options);
          const latest = await newest(store, place);
          const page = { skip: 0, limit: options.limit ?? SHOWN };
          const view = await creditView(store, place, latest.asOfMs - LONGEST_YEAR_MS, page);
          if (options.json) return printJson(deps, { ...latest, ...view });
          const names = await namesOf(store, place.rowsId, view.conflicts);
          (await sayOf(deps, store, place.connectionId))(showText(latest.credit, view, names));
        }),
    );
  on(
    'reconcile',
    'sourced + direct = won, by period, product, region and currency; exit 1 where it is not',
    'headwater credit reconcile',
  ).action(
    async (options: Options) =>
      await onExistingStore(deps, options.db, async (store) => {
        const place = await asked(store, options);
        const latest = await newest(store, place);
        if (latest.credit.differences.length > 0) setExit(EXIT.failed);
        if (options.json) return printJson(deps, latest);
        (await sayOf(deps, store, place.connectionId))(reconcileText(latest.credit));
      }),
  );
  on(
    'explain',
    'which partner has credit of a deal, by which rule and evidence, and since when we knew',
    'headwater credit explain --deal "Acme"',
  )
    .option('--deal <id or name>', 'a deal')
    .action(async (options: Options) => {
      if (options.deal === undefined || options.deal.trim() === '')
        throw usage('credit explain needs --deal with an id or a name');
      await onExistingStore(deps, options.db, async (store) => {
        const place = await asked(store, options);
        const found = await explainCredit(store, place, options.deal!);
        const deal = only(found, options.deal!);
        if (options.json) return printJson(deps, deal);
        const ids = [...(deal.credit?.rows ?? []), ...deal.claims].map((row) => row.partnerId);
        const say = await sayOf(deps, store, place.connectionId);
        say(explainText(deal, await partnerNames(store, place.rowsId, ids)));
      });
    });
}

const namesOf = async (store: Store, rowsId: string, conflicts: readonly Conflict[]) =>
  await partnerNames(
    store,
    rowsId,
    conflicts.flatMap(({ sides }) => sides.map(({ partnerId }) => partnerId)),
  );

/** A person's word on who of two partners is credited, kept with name and reason. */
function registerDecide(credit: Command, deps: CliDeps): void {
  withDatabase(
    credit
      .command('decide')
      .description(
        'decide a conflict between partners, or take it up again; the next run credits by it',
      ),
    'headwater credit decide --conflict 006xx01 --for 001xx07 --by "Kim Ode" --why "met the buyer first"',
  )
    .option('--connection-id <id>', 'where the database holds several')
    .requiredOption('--conflict <id>', 'as `credit show` names it')
    .option(
      '--for <partner>',
      "account id of the partner whose claim stands; the others' are rejected",
    )
    .option('--appeal <registration>', 'the registration that is taken up again')
    .requiredOption('--by <name>', 'who decided')
    .requiredOption('--why <reason>', 'what it rests on')
    .action(async (options: Options & ConflictDecision & { conflict: string }) => {
      if ((options.for === undefined) === (options.appeal === undefined))
        throw usage('credit decide needs either --for or --appeal');
      await onExistingStore(deps, options.db, async (store) => {
        const { resultsId, rowsId } = await asked(store, { ...options, whatIf: false });
        const { conflict, for: winner, appeal, by, why } = options;
        const decision = { for: winner, appeal, by, why };
        const decided = await decideConflict(store, resultsId, conflict, decision, deps.nowMs());
        if (options.json) return printJson(deps, decided);
        deps.stdout(conflictText(decided, await namesOf(store, rowsId, [decided])));
      });
    });
}

/** Where the results stand that were asked for, and whose they are. */
async function asked(store: Store, options: Options) {
  const connectionId = await soleConnection(store, options.connectionId);
  return { ...(await placeOf(store, connectionId, options.whatIf)), connectionId };
}

async function newest(store: Store, place: Awaited<ReturnType<typeof asked>>) {
  const latest = await latestCredit<Credit>(store, place);
  if (latest === null)
    throw new HeadwaterError('config', 'no real run has credited anything yet', {
      cure: 'Run `headwater sync run`; what a dry run found is shown by --what-if.',
    });
  return latest;
}

function only(found: ExplainedDeal[], needle: string): ExplainedDeal {
  const [first] = found;
  if (first === undefined)
    throw new HeadwaterError('config', `no deal matches "${needle}"`, {
      cure: 'Give its CRM id or a part of its name.',
    });
  if (found.length > 1)
    throw new HeadwaterError(
      'config',
      `"${needle}" matches ${found.length}: ${found
        .slice(0, 5)
        .map((deal) => `${printable(deal.name)} (${deal.id})`)
        .join(', ')}`,
      { cure: 'Give the id.' },
    );
  return first;
}
