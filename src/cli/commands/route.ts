import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readLeads } from '../../mapping/leads.ts';
import { HeadwaterError } from '../../model/error.ts';
import type { Speech } from '../../model/language/languages.ts';
import type { Store } from '../../store/store.ts';
import type { ScoredPlace } from '../../sync/measure/last-scored.ts';
import { routingFairness } from '../../sync/measure/routing-fairness.ts';
import { wantedOfLead } from '../../sync/measure/lead.ts';
import { planSettings } from '../../sync/measure/plan-import.ts';
import { proposePartners } from '../../sync/measure/propose-partners.ts';
import { routeAll, wantedOfDeal, type Routed, type Wanted } from '../../sync/measure/routing.ts';
import { tasksOf } from '../alerts.ts';
import {
  count,
  DEFAULT_CONNECTION,
  onExistingStore,
  onSession,
  printJson,
  usage,
  withDatabase,
} from '../command.ts';
import { loadConnection } from '../connection-file.ts';
import type { CliDeps } from '../deps.ts';
import { printable } from '../format.ts';
import { noSuchDeal } from '../no-such-deal.ts';
import { fairnessText, routedText } from '../route-text.ts';
import { scoredPlace } from '../scored-place.ts';
import { spelt } from '../typed-ids.ts';

interface Options {
  db: string;
  json: boolean;
  top: number;
  connectionId?: string;
  whatIf: boolean;
}
interface Asked extends Options {
  deal?: string;
  lead?: string;
  file?: string;
  task: boolean;
  connection: string;
}

const CHOICES = 3;
const PARTNERS = 20;

export function registerRoute(noun: Command, deps: CliDeps): void {
  const on = (name: string, about: string, example: string, top: number): Command =>
    withDatabase(noun.command(name).description(about), example)
      .option('--top <n>', 'how many partners', count('--top', 1), top)
      .option('--connection-id <id>', 'where the database holds several')
      .option('--what-if', 'what the last dry run found, instead of the last real run', false);
  on(
    'suggest',
    'partners for a deal or for leads, the likeliest to win first, with every rule; assigns nothing',
    'headwater route suggest --deal 006xx0000012345',
    CHOICES,
  )
    .option('--deal <id>', 'an open deal')
    .option('--lead <id>', 'a lead, as it stands in the CRM now')
    .option('--file <csv>', 'a lead a row: company, and country, industry, product, domain')
    .option('--task', 'put the first choices before the owner of the deal, as a task', false)
    .option('--connection <file>', 'connection document, for --lead and --task', DEFAULT_CONNECTION)
    .action(async (options: Asked) => await suggest(deps, options));
  on(
    'fairness',
    'deals and wins of partners, types and sizes over the last four quarters',
    'headwater route fairness',
    PARTNERS,
  ).action(
    async (options: Options) =>
      await onExistingStore(deps, options.db, async (store) => {
        const { place, asOfMs } = await scoredPlace(deps, store, options);
        const found = await routingFairness(store, place, asOfMs);
        if (options.json) return printJson(deps, found);
        deps.stdout(fairnessText(found, options.top));
      }),
  );
}

const suggest = async (deps: CliDeps, options: Asked): Promise<void> => {
  const asked = [options.deal, options.lead, options.file].filter((one) => one !== undefined);
  if (asked.length !== 1) throw usage('route suggest needs one of --deal, --lead and --file');
  if (options.task && options.deal === undefined) throw usage('--task needs --deal');
  await onExistingStore(deps, options.db, async (store) => {
    const { place, asOfMs, speech } = await scoredPlace(deps, store, options);
    const wanted = await wantedOf(deps, store, place, options);
    const found = await routeAll(store, place, asOfMs, wanted);
    const task = options.task
      ? await proposed(deps, store, place, { file: options.connection, found, speech })
      : undefined;
    if (options.json) return printJson(deps, { ...found, task });
    deps.stdout(routedText(found, options.top));
    if (task !== undefined)
      deps.stdout(
        task === null
          ? '  No task was made: no partner may have it.\n'
          : `  Task ${task} was made.\n`,
      );
  });
};

const wantedOf = async (
  deps: CliDeps,
  store: Store,
  place: ScoredPlace,
  { deal, lead, file, connection, db }: Asked,
): Promise<Wanted[]> => {
  if (file !== undefined) return await leadsOf(deps, file);
  if (deal !== undefined) return [await askedDeal(deps, store, place, deal)];
  const { routing } = await planSettings(store, place.connectionId);
  const ids = await spelt(deps, store, place.connectionId, lead!.trim());
  const found = await onSession(deps, { connection, db }, async ({ session }) =>
    wantedOfLead(session, routing.leads, ids),
  );
  if (found !== null) return [found];
  throw new HeadwaterError('config', `there is no lead ${lead}`, {
    cure: 'Give its id as the CRM shows it.',
  });
};

/** The id of the task; null = there was nothing to propose. */
async function proposed(
  deps: CliDeps,
  store: Store,
  place: ScoredPlace,
  { file, found, speech }: { file: string; found: Routed; speech: Speech },
): Promise<string | null> {
  const connection = await loadConnection(deps, file);
  const tasks = await tasksOf(deps, connection, (work) => work(store))();
  if (tasks === null)
    throw new HeadwaterError('config', 'this CRM has no tasks that can be made', {
      code: 'NO_TASKS',
    });
  const at = { speech, nowMs: deps.nowMs() };
  return await proposePartners(store, place, tasks, found.proposals[0]!, at);
}

async function askedDeal(
  deps: CliDeps,
  store: Store,
  place: ScoredPlace,
  typed: string,
): Promise<Wanted> {
  const ids = await spelt(deps, store, place.connectionId, typed.trim());
  const found = await wantedOfDeal(store, place, ids);
  if (found !== null) return found;
  throw noSuchDeal(typed);
}

async function leadsOf(deps: CliDeps, file: string): Promise<Wanted[]> {
  const { rows: leads, ignored, findings } = readLeads(await readFile(resolve(file), 'utf8'));
  for (const { line, message } of findings)
    deps.stderr(`  ${line === null ? '' : `line ${line}: `}${printable(message)}\n`);
  if (ignored.length > 0) deps.stderr(`  not read: ${printable(ignored.join(', '), 200)}\n`);
  if (leads.length === 0)
    throw new HeadwaterError('config', `${file} holds no lead`, {
      cure: 'Give it a header with a column "company", and a row a lead.',
    });
  return leads.map(({ company, domain, ...lead }) => ({
    ...{ ...lead, name: company, dealId: null, partnerId: null },
    customer: { accountId: null, company, domain },
  }));
}
