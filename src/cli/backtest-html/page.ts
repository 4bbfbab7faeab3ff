import type { BacktestReport, StatementKind } from '../../model/record.ts';
import { plural } from '../format.ts';
import { apart } from './apart.ts';
import { forecasts } from './forecasts.ts';
import { losses } from './losses.ts';
import { reliability } from './reliability.ts';
import { figure, htmlPage, section, type Key } from '../page/parts.ts';
import { shown } from '../page/svg.ts';
import * as tables from './tables.ts';
import { isoDate, percent } from '../page/words.ts';

const TITLES: Record<StatementKind, string> = {
  deal: 'Win probabilities of deals',
  partner: 'Partner scores',
  'partner-forecast': "Forecasts of partners' quarters",
  forecast: 'Forecasts of the quarter',
};

const LOSSES: Key = [
  ['main', 'said'],
  ['plan', 'stage and days in stage'],
  ['quiet', 'base rate'],
];
const FORECASTS: Key = [
  ['band', '80% interval, with its median'],
  ['good', 'came, inside'],
  ['bad', 'came, outside'],
  ['quiet', "the CRM's weighted pipeline"],
];
const APART: Key = [
  ['main', 'said'],
  ['good', 'brought'],
];
const RELIABILITY: Key = [
  ['main', 'said against happened, with the 95% interval; a larger mark stands for more'],
  ['quiet', 'what is said happens'],
];

/** The whole report as one file: it loads nothing and runs nothing. */
export function backtestPage(report: BacktestReport, names: ReadonlyMap<string, string>): string {
  const { every, horizon, origins, record, currency, openWape, freshWape } = report;
  const window = horizon === 'quarter' ? 'to the end of the quarter' : `${horizon} days ahead`;
  const about = `${plural(origins.length, 'origin')}, ${every}, each ${window}; ${plural(report.dealsKnown, 'deal')} on record as of ${isoDate(report.asOfMs)}. Each origin is fitted on what was known then, and held against what came.`;
  const off = `Off by ${percent(openWape)} on deals that were open, by ${percent(freshWape)} on deals not created yet.`;
  return htmlPage('en', `Headwater backtest, ${isoDate(report.asOfMs)}`, [
    `<h1>Backtest</h1><p>${shown(about)}</p>`,
    ...report.notes.map((note) => `<p><strong>Note:</strong> ${shown(note)}</p>`),
    section('Verdict', tables.verdictTable(report)),
    section('Deals by origin', figure(losses(origins), 'Log loss, lower is better', LOSSES)),
    section(
      `Forecast by origin, ${currency}`,
      figure(forecasts(origins), 'What each origin said of its window, and what came', FORECASTS),
    ),
    section(
      'Open deals and new ones apart',
      `<p>${shown(off)}</p>`,
      figure(apart(origins, 'open'), 'Of deals that were open', APART),
      figure(apart(origins, 'fresh'), 'Of deals not created yet', APART),
    ),
    ...record.chances.map((one) =>
      section(
        TITLES[one.kind],
        `<p>${shown(tables.chanceFigures(one))}</p>`,
        figure(reliability(one, TITLES[one.kind]), 'Calibration', RELIABILITY, 'square'),
        tables.againstTable(one),
      ),
    ),
    section(
      'Forecasts',
      tables.amountsTable(record.amounts, ({ kind }) => TITLES[kind]),
    ),
    section('Partners', tables.optimismTable(record.partners ?? [], names)),
    section('All origins', tables.originTable(report)),
  ]);
}
