import type { Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import { findDealScores, findPartnerScores } from '../../store/results.ts';
import { spokenSettings, type SpokenSettings } from '../../sync/measure/spoken.ts';
import {
  onExistingStore,
  placeOf,
  printJson,
  soleConnection,
  usage,
  withDatabase,
} from '../command.ts';
import { openDeployment, soleDeployed, withUrl } from '../deployment.ts';
import type { CliDeps } from '../deps.ts';
import { printable } from '../format.ts';
import { dealText, partnerText, type NamedDeal, type NamedPartner } from '../score-text.ts';
import { spelt } from '../typed-ids.ts';

interface Options {
  db: string;
  url?: string;
  json: boolean;
  partner?: string;
  deal?: string;
  connectionId?: string;
  whatIf: boolean;
}

/** What matches, and in whose words it is said. */
interface Found {
  partners: NamedPartner[];
  deals: NamedDeal[];
  settings: SpokenSettings;
}

export function registerScore(score: Command, deps: CliDeps): void {
  withUrl(
    withDatabase(
      score
        .command('explain')
        .description('the stated event, its chance, the band, and the reasons that add up to it'),
      'headwater score explain --partner "Northwind"',
    ),
    'read',
  )
    .option('--partner <id or name>', 'a partner')
    .option('--deal <id or name>', 'an open deal')
    .option('--connection-id <id>', 'where the database holds several')
    .option('--what-if', 'what the last dry run found, instead of the last real run', false)
    .action(async (options: Options) => {
      if ((options.partner === undefined) === (options.deal === undefined))
        throw usage('score explain takes either --partner or --deal');
      if ((options.partner ?? options.deal)?.trim() === '')
        throw usage('score explain needs an id or a name');
      if (options.url !== undefined && options.whatIf)
        throw usage('a deployment keeps its what-ifs to itself; leave out --what-if');
      const found =
        options.url === undefined
          ? await inDatabase(deps, options)
          : await inDeployment(deps, options, options.url);
      if (options.whatIf && !options.json)
        deps.stdout('  what-if of the last dry run: nothing of it is served\n');
      explain(deps, options, found);
    });
}

const inDatabase = async (deps: CliDeps, options: Options): Promise<Found> =>
  await onExistingStore(deps, options.db, async (store) => {
    const connectionId = await soleConnection(store, options.connectionId);
    const { rowsId, resultsId } = await placeOf(store, connectionId, options.whatIf);
    const { partner, deal } = options;
    const ids = await spelt(deps, store, connectionId, (partner ?? deal)!);
    return {
      partners:
        partner === undefined
          ? []
          : await findPartnerScores(store, rowsId, partner, resultsId, ids),
      deals: deal === undefined ? [] : await findDealScores(store, rowsId, deal, resultsId, ids),
      settings: await spokenSettings(store, connectionId),
    };
  });

async function inDeployment(deps: CliDeps, options: Options, url: string): Promise<Found> {
  const deployment = openDeployment(deps, url);
  const connectionId = await soleDeployed(deployment, options.connectionId);
  const { partner, deal } = options;
  const query = new URLSearchParams(partner === undefined ? { deal: deal! } : { partner });
  const { spoken, ...found } = await deployment.ask<
    Omit<Found, 'settings'> & { spoken: SpokenSettings }
  >('GET', `/v1/connections/${connectionId}/scores/find?${query}`);
  return { ...found, settings: spoken };
}

function explain(deps: CliDeps, options: Options, { partners, deals, settings }: Found): void {
  if (options.partner !== undefined) {
    const found = one(partners, 'partner', options.partner, (row) => row.score.partnerId);
    if (options.json) return printJson(deps, { name: found.name, ...found.score });
    return deps.stdout(partnerText(found, settings));
  }
  const found = one(deals, 'deal', options.deal!, (row) => row.id);
  if (options.json) return printJson(deps, { name: found.name, ...found.score });
  deps.stdout(dealText(found, settings));
}

/**
 * The only match. Two runs within a second of the CRM's clock are as of the same moment: the newer
 * one, which comes first, counts.
 */
function one<T extends { name: string }>(
  rows: T[],
  what: string,
  needle: string,
  idOf: (row: T) => string,
): T {
  const found = rows.filter(
    (row, at) => rows.findIndex((other) => idOf(other) === idOf(row)) === at,
  );
  if (found.length === 0)
    throw new HeadwaterError('config', `no scored ${what} matches "${needle}"`, {
      cure: `Give its CRM id or a part of its name; only ${what === 'deal' ? 'open deals' : 'partners'} of the last run have a score.`,
    });
  if (found.length > 1)
    throw new HeadwaterError(
      'config',
      `"${needle}" matches ${found.length}: ${found
        .slice(0, 5)
        .map((row) => `${printable(row.name)} (${idOf(row)})`)
        .join(', ')}`,
      { cure: 'Give the id.' },
    );
  return found[0]!;
}
