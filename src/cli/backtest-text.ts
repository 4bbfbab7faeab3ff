import type { BacktestOrigin, BacktestReport, Baseline } from '../model/record.ts';
import { heading, money, plural, table, whole } from './format.ts';
import { amountsText, chancesText } from './record-text.ts';

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const loss = (value: number | null | undefined): string => (value == null ? '-' : value.toFixed(4));
const percent = (share: number | null): string =>
  share === null ? '-' : `${Math.round(100 * share)}%`;

const dealRow = (one: BacktestOrigin): string[] => {
  const of = (baseline: Baseline): string => loss(one.baseline[baseline]);
  return [
    day(one.atMs),
    day(one.dueMs),
    whole(one.deals),
    whole(one.won),
    loss(one.logLoss),
    of('stageAge'),
    of('baseRate'),
  ];
};

const forecastRow = (one: BacktestOrigin): string[] => [
  day(one.atMs),
  money(one.low, ''),
  money(one.middle, ''),
  money(one.high, ''),
  money(one.amount, ''),
  one.amount < one.low ? 'below' : one.amount > one.high ? 'above' : 'inside',
  money(one.crm, ''),
  one.baseline.lastPeriod === undefined ? '-' : money(one.baseline.lastPeriod, ''),
];

const RIGHT = 'right' as const;

/** A backtest for people: the verdicts first, then what they rest on. */
export function backtestText(report: BacktestReport): string {
  const { every, horizon, origins, record, verdicts, notes, currency, openWape, freshWape } =
    report;
  const window = horizon === 'quarter' ? 'to the end of the quarter' : `${horizon} days ahead`;
  return [
    heading('Backtest'),
    `  ${plural(origins.length, 'origin')}, ${every}, each ${window}; ${plural(report.dealsKnown, 'deal')} on record as of ${day(report.asOfMs)}\n`,
    ...notes.map((note) => `  ! ${note}\n`),
    heading('Verdict'),
    ...verdicts.map(({ output, skill, why }) => `  ${output}: ${skill} (${why})\n`),
    heading('Deals by origin: log loss, lower is better'),
    table(
      ['origin', 'ends', 'open', 'won', 'said', 'stage and age', 'base rate'],
      origins.map(dealRow),
      ['left', 'left', RIGHT, RIGHT, RIGHT, RIGHT, RIGHT],
    ),
    heading(`Forecast by origin, ${currency}`),
    table(
      ['origin', 'P10', 'P50', 'P90', 'came', '', 'CRM weighted', 'quarter before'],
      origins.map(forecastRow),
      ['left', RIGHT, RIGHT, RIGHT, RIGHT, 'left', RIGHT, RIGHT],
    ),
    `  apart: off by ${percent(openWape)} on deals that were open, by ${percent(freshWape)} on deals not created yet\n`,
    ...record.chances.map(chancesText),
    ...record.amounts.map(amountsText),
  ].join('');
}
