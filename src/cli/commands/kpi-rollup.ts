import { Option, type Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import {
  ROLL_UP_DIMENSIONS,
  rollUpLabel,
  rollUps,
  type RollUpDimension,
  type RollUps,
} from '../../sync/measure/roll-ups.ts';
import { printJson, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { heading, plural, printable, table } from '../format.ts';
import { CONNECTION_ID, onPlans, type PlanOptions } from './on-plans.ts';

interface Options extends PlanOptions {
  by: RollUpDimension;
  metric: string[];
}

/** What a channel leader looks at first; `--metric` shows another. */
const SHOWN = [
  ...['active', 'on_plan', 'reaches_goal', 'won_amount', 'cohort_win_rate', 'median_deal'],
  ...['median_days_in_stage', 'phantom_share'],
];

export function registerRollUp(kpi: Command, deps: CliDeps): void {
  withDatabase(
    kpi
      .command('rollup')
      .description('metrics of all partners by a dimension, and what is systemic in any of them'),
    'headwater kpi rollup --by region',
  )
    .option(...CONNECTION_ID)
    .addOption(
      new Option('--by <dimension>', 'what to group by')
        .choices([...ROLL_UP_DIMENSIONS])
        .default('programme'),
    )
    .option(
      '--metric <id>',
      'this metric; may be repeated',
      (one: string, all: string[]) => [...all, one],
      [],
    )
    .action(
      async (options: Options) =>
        await onPlans(deps, options, async (store, connectionId) => {
          const found = await rollUps(store, connectionId, options.by);
          if (options.json) return printJson(deps, found);
          deps.stdout(rollUpText(found, options.metric.length === 0 ? SHOWN : options.metric));
        }),
    );
}

const figure = (value: number): string =>
  Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en-US')
    : String(Math.round(value * 1000) / 1000);

function rollUpText({ groups, findings }: RollUps, metrics: readonly string[]): string {
  const rows = metrics.flatMap((metric) =>
    groups
      .flatMap(({ group, cells }) =>
        cells.filter((cell) => cell.metric === metric).map((cell) => ({ group, ...cell })),
      )
      .map(({ group, n, mean, low, high }, i) => [
        ...[i === 0 ? rollUpLabel(metric) : '', printable(group, 30), String(n), figure(mean)],
        low === null || high === null ? '' : `${figure(low)} to ${figure(high)}`,
      ]),
  );
  if (rows.length === 0)
    throw new HeadwaterError('config', `nothing has been measured of ${metrics.join(', ')}`, {
      code: 'NO_METRIC',
      cure: 'headwater kpi list shows the metrics.',
    });
  const systemic = findings.map(
    (one) =>
      `  ${printable(one.group, 30)} (${one.dimension}): ${rollUpLabel(one.metric)} ${figure(one.mean)} of ${plural(one.n, 'partner')}, elsewhere ${figure(one.othersMean)} of ${one.others}\n`,
  );
  const none = '  nothing that chance alone would not make as large somewhere\n';
  return `${table(['metric', 'of', 'partners', 'mean', '80% interval'], rows)}${heading('Systemic')}${systemic.join('') || none}`;
}
