import { Option, type Command } from 'commander';
import {
  FUND_DECISIONS,
  FUND_GROUPS,
  type FundDecision,
  type FundGroup,
} from '../../model/fund.ts';
import { fundReturns } from '../../predict/index.ts';
import { decideFund, fundFindings, fundList, proposedFunds } from '../../sync/measure/funds.ts';
import { count, onExistingStore, printJson, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { findingsText, fundLine, fundsText, proposalsText } from '../fund-text.ts';
import { scoredPlace } from '../scored-place.ts';

interface Options {
  db: string;
  json: boolean;
  top: number;
  by: FundGroup;
  connectionId?: string;
  whatIf: boolean;
}

const SHOWN = 20;

export function registerFund(noun: Command, deps: CliDeps): void {
  const on = (name: string, about: string, example: string): Command =>
    withDatabase(noun.command(name).description(about), example)
      .option('--top <n>', 'how many', count('--top', 1), SHOWN)
      .option('--connection-id <id>', 'where the database holds several')
      .option('--what-if', 'what the last dry run found, instead of the last real run', false);
  on('list', 'campaigns with partners: what they cost and what came of them', 'headwater fund list')
    .addOption(
      new Option('--by <what>', 'what returns are grouped by')
        .choices([...FUND_GROUPS])
        .default('activity'),
    )
    .action(
      async (options: Options) =>
        await onExistingStore(deps, options.db, async (store) => {
          const { place, speech, partner: _, ...at } = await scoredPlace(deps, store, options);
          const all = await fundList(store, place, at);
          const returns = fundReturns(all, (fund) => fund[options.by]);
          const funds = all.slice(0, options.top);
          if (options.json) return printJson(deps, { ...at, total: all.length, returns, funds });
          deps.stdout(fundsText(funds, all.length, returns, speech));
        }),
    );
  on(
    'propose',
    'with whom the next campaign is expected to bring most',
    'headwater fund propose',
  ).action(
    async (options: Options) =>
      await onExistingStore(deps, options.db, async (store) => {
        const { place, speech, partner: _, ...at } = await scoredPlace(deps, store, options);
        const all = await proposedFunds(store, place, at);
        const proposals = all.slice(0, options.top);
        if (options.json) return printJson(deps, { ...at, total: all.length, proposals });
        deps.stdout(proposalsText(proposals, all.length, speech));
      }),
  );
  on(
    'review',
    'money that brought nothing, or of which too little is known',
    'headwater fund review',
  ).action(
    async (options: Options) =>
      await onExistingStore(deps, options.db, async (store) => {
        const { place, speech, partner: _, ...at } = await scoredPlace(deps, store, options);
        const all = await fundFindings(store, place, at);
        const findings = all.slice(0, options.top);
        if (options.json) return printJson(deps, { ...at, total: all.length, findings });
        deps.stdout(findingsText(findings, all.length, speech));
      }),
  );
  registerDecide(noun, deps);
}

interface Decide extends Omit<Options, 'by'>, Omit<FundDecision, 'atMs'> {
  fund: string;
}

function registerDecide(noun: Command, deps: CliDeps): void {
  withDatabase(
    noun.command('decide').description('note what was decided of a campaign; nothing is paid'),
    'headwater fund decide --fund 701xx000000ABC --decision approved --by "Kim Ode" --why "fits the plan"',
  )
    .option('--connection-id <id>', 'where the database holds several')
    .requiredOption('--fund <id>', 'CRM id of a campaign')
    .addOption(
      new Option('--decision <what>', 'what was decided')
        .choices([...FUND_DECISIONS])
        .makeOptionMandatory(),
    )
    .requiredOption('--by <name>', 'who decided')
    .requiredOption('--why <reason>', 'why')
    .action(
      async (options: Decide) =>
        await onExistingStore(deps, options.db, async (store) => {
          const { place, speech, partner: _, ...at } = await scoredPlace(deps, store, options);
          const { decision, by, why } = options;
          const given = { decision, by, why, atMs: deps.nowMs() };
          const fund = await decideFund(store, place, at, options.fund.trim(), given);
          if (options.json) return printJson(deps, fund);
          deps.stdout(`  ${fundLine(fund, speech)}\n`);
        }),
    );
}
