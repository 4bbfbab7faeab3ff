import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readLeads } from '../../mapping/leads.ts';
import { HeadwaterError } from '../../model/error.ts';
import type { Store } from '../../store/store.ts';
import type { ScoredPlace } from '../../sync/measure/last-scored.ts';
import { routingFairness } from '../../sync/measure/routing-fairness.ts';
import { routeAll, wantedOfDeal, type Wanted } from '../../sync/measure/routing.ts';
import { count, onExistingStore, printJson, usage, withDatabase } from '../command.ts';
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
  file?: string;
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
    .option('--file <csv>', 'a lead a row: company, and country, industry, product, domain')
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
  if ((options.deal === undefined) === (options.file === undefined))
    throw usage('route suggest needs either --deal or --file');
  await onExistingStore(deps, options.db, async (store) => {
    const { place, asOfMs } = await scoredPlace(deps, store, options);
    const wanted =
      options.file === undefined
        ? [await askedDeal(deps, store, place, options.deal!)]
        : await leadsOf(deps, options.file);
    const found = await routeAll(store, place, asOfMs, wanted);
    if (options.json) return printJson(deps, found);
    deps.stdout(routedText(found, options.top));
  });
};

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
