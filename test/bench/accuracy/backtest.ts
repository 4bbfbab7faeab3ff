/** Weekly snapshots of a log's open deals, judged by what happened. */
import { expit } from '../../../src/predict/math/numeric.ts';
import { DAY_MS, WEEK_MS } from '../../../src/predict/math/time.ts';
import {
  endingAfter,
  historyOf,
  outcomeAt,
  type DealHistory,
} from '../../../src/predict/win/features/history.ts';
import { oddsOfCandidates, type CandidateName } from '../../../src/predict/win/model/candidates.ts';
import {
  addWinDeal,
  finishWinFit,
  panelOf,
  startWinFit,
} from '../../../src/predict/win/model/fit.ts';
import { buildPanel } from '../../../src/predict/win/model/panel.ts';
import { winProbability } from '../../../src/predict/win/model/probability.ts';
import { sampleOf, snapshotOf } from '../../../src/predict/win/model/sample.ts';
import { stageCurve, winWithin } from '../../../src/predict/win/model/table.ts';
import type { WinModel } from '../../../src/predict/win/model/win-model.ts';
import { UserError } from './folder.ts';
import type { Deals } from './loan-log.ts';
import type { Options } from './options.ts';
import { reportOf, type Column, type Judging, type Report } from './report.ts';

/** More than a worker holds: the bench has the machine to itself. */
const LIMITS = { deals: 100_000, snapshots: 200_000 };
const NAMES: CandidateName[] = ['base', 'stageAge', 'lean', 'rich', 'mean'];

const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Mondays from a day to a day, both included. 1970-01-05 was one. */
function mondays(fromMs: number, untilMs: number): number[] {
  const first = 4 * DAY_MS + Math.ceil((fromMs - 4 * DAY_MS) / WEEK_MS) * WEEK_MS;
  const found: number[] = [];
  for (let at = first; at <= untilMs; at += WEEK_MS) found.push(at);
  return found;
}

interface Fitted {
  model: WinModel;
  train: number;
  /** Log odds of every candidate for the deals open at a moment, in the order of `open`. */
  candidates(open: readonly DealHistory[], atMs: number): Map<CandidateName, Float64Array>;
}

function fitAt({ deals, stages, timeZone }: Deals, asOfMs: number, horizonDays: number): Fitted {
  const view = { stages, timeZone };
  const fit = startWinFit(asOfMs, [horizonDays], LIMITS);
  for (const deal of deals) addWinDeal(fit, deal, view);
  const interval = { fromDays: 0, toDays: horizonDays };
  const { panel } = panelOf(fit, view);
  const train = sampleOf(panel, interval, 0);
  if (train.rows.length === 0) {
    throw new UserError(
      `Nothing to learn from: no deal was open ${horizonDays} days before ${isoDay(asOfMs)}.`,
    );
  }
  return {
    model: finishWinFit(fit, view),
    train: train.rows.length,
    candidates(open, atMs) {
      const plan = { asOfMs: atMs, fromDays: 0, toDays: 0, everyDays: 1, everySilent: 1 };
      const test = snapshotOf(buildPanel(open, panel.vocabulary, plan), interval, 0);
      return oddsOfCandidates(train, test, interval, 0, NAMES);
    },
  };
}

const emptyColumns = (names: readonly string[]): Column[] => names.map((name) => ({ name, p: [] }));

/** Says of every open deal at one Monday, into the columns. */
function sayAt(
  fitted: Fitted,
  data: Deals,
  atMs: number,
  horizonDays: number,
  judging: Judging,
): void {
  const { model } = fitted;
  const view = { stages: data.stages, timeZone: data.timeZone };
  const endMs = atMs + horizonDays * DAY_MS;
  const open: DealHistory[] = [];
  for (const deal of data.deals) {
    const known = historyOf(deal, atMs, view);
    if (known === null || known.knownMs > atMs || outcomeAt(known, atMs) !== 'open') continue;
    open.push(known);
    const said = winProbability(model, known, atMs, endMs);
    const ending = endingAfter(historyOf(deal, endMs, view)!, atMs);
    judging.happened.push(ending !== null && ending[1] === 'won');
    judging.origin.push(judging.origins.length);
    judging.chosen.p.push(said.probability);
  }
  const candidates = fitted.candidates(open, atMs);
  for (const column of judging.candidates) {
    for (const odds of candidates.get(column.name as CandidateName)!) column.p.push(expit(odds));
  }
  const [constant, stage, stageAge] = judging.baselines;
  for (const odds of candidates.get('base')!) constant!.p.push(expit(odds));
  for (const odds of candidates.get('stageAge')!) stageAge!.p.push(expit(odds));
  for (const known of open) {
    const at = known.moves.findLast(([since]) => since <= atMs)?.[1] ?? '';
    stage!.p.push(winWithin(stageCurve(model.table, at), { fromDays: 0, toDays: horizonDays }));
  }
  judging.origins.push({ at: isoDay(atMs), chosen: model.steps[0]!.chosen });
}

export function backtest(data: Deals, options: Options): Report {
  const { horizonDays, refit, trainUntilMs } = options;
  const all = mondays(options.testFromMs, options.testUntilMs);
  // The folder tells of its last day as a whole.
  const knownMs = Math.ceil(data.lastMs / DAY_MS) * DAY_MS;
  const origins = all.filter((at) => at + horizonDays * DAY_MS <= knownMs);
  if (origins.length === 0) {
    const why =
      all.length === 0
        ? 'there is no Monday between --test-from and --test-until'
        : `the folder ends on ${isoDay(data.lastMs)}, before the horizon of ${isoDay(all[0]!)} is over`;
    throw new UserError(`Nothing to judge: ${why}.`);
  }
  const judging: Judging = {
    happened: [],
    origin: [],
    chosen: { name: '', p: [] },
    candidates: emptyColumns(NAMES),
    baselines: emptyColumns(['constant', 'stage', 'stageAge']),
    origins: [],
    train: 0,
    refit,
    skill: true,
    says: '',
  };
  let fitted: Fitted | null = null;
  for (const at of origins) {
    if (refit !== null) fitted = fitAt(data, at, horizonDays);
    else fitted ??= fitAt(data, trainUntilMs! + horizonDays * DAY_MS, horizonDays);
    sayAt(fitted, data, at, horizonDays, judging);
  }
  const { chosen, contest } = fitted!.model.steps[0]!;
  judging.chosen.name = chosen;
  const left = all.length - origins.length;
  const short =
    left > 0 ? ` ${left} Monday(s) left out: their horizon ends after the folder does.` : '';
  const how = { skill: contest.skill, says: contest.why + short, train: fitted!.train };
  return reportOf({ ...judging, ...how });
}
