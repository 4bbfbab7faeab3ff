import {
  curveAt,
  follow,
  incidence,
  newFollowed,
  shrunkHazards,
  type Followed,
  type Hazards,
} from '../../math/survival.ts';
import {
  AGE_EDGES_DAYS,
  CELL_PSEUDO_DEALS,
  PRIOR_POOL_DEALS,
  PRIOR_WEEKLY_LOSS_HAZARD,
  PRIOR_WEEKLY_WIN_HAZARD,
  STAGE_PSEUDO_DEALS,
} from '../../tuning.ts';
import {
  ageBucket,
  chanceAtAge,
  chanceIfSilent,
  isForgotten,
  type WinCurve,
} from '../win-curve.ts';
import type { Interval } from './sample.ts';
import type { Panel } from './panel.ts';

/** Length of the curves: what is not won within two years is taken as never won. */
export const TABLE_WEEKS = 104;

/**
 * Cumulative probability of a win by weeks: of all deals, by stage, and by stage and days in it.
 * Plain JSON.
 */
export interface WinTable {
  all: WinCurve;
  /** Of deals silent for so long that nobody works on them. */
  forgotten: WinCurve;
  stages: { stage: string; curve: WinCurve; ages: WinCurve[]; forgotten: WinCurve }[];
}

interface Cell {
  followed: Followed;
  deals: number;
  lastDeal: number;
}
interface Cells {
  all: Cell;
  ages: Cell[];
  forgotten: Cell;
}
const newCells = (): Cells => ({
  all: newCell(),
  ages: [...AGE_EDGES_DAYS, 0].map(newCell),
  forgotten: newCell(),
});
const newCell = (): Cell => ({ followed: newFollowed(TABLE_WEEKS), deals: 0, lastDeal: -1 });

/** What was known of the snapshots at the cut, so many days before the panel's moment. */
export function tableOf(panel: Panel, cutDays: number): WinTable {
  const stageWord = panel.names.words.indexOf('stage');
  const stageDays = panel.names.numbers.indexOf('stageDays');
  const silentDays = panel.names.numbers.indexOf('silentDays');
  const [all, forgotten] = [newCell(), newCell()];
  const stages = new Map<number, Cells>();
  for (let row = 0; row < panel.rows; row++) {
    const followedDays = panel.daysBack[row]! - cutDays;
    if (followedDays < 7) continue;
    const stage = panel.words[stageWord]![row]!;
    let cells = stages.get(stage);
    if (!cells) stages.set(stage, (cells = newCells()));
    const own = isForgotten(panel.numbers[silentDays]![row]!)
      ? [forgotten, cells.forgotten]
      : [cells.all, cells.ages[ageBucket(panel.numbers[stageDays]![row]!)]!];
    for (const cell of [all, ...own]) count(cell, panel, row, followedDays);
  }
  const pool = shrunk(all, PRIOR, PRIOR_POOL_DEALS);
  const silent = shrunk(forgotten, pool.hazards, CELL_PSEUDO_DEALS);
  const named = [...stages].map(([index, cells]) => {
    const { curve, hazards } = shrunk(cells.all, pool.hazards, STAGE_PSEUDO_DEALS);
    const within = (cell: Cell, parent: Hazards): WinCurve =>
      shrunk(cell, parent, CELL_PSEUDO_DEALS).curve;
    return {
      stage: panel.levels[stageWord]![index]!,
      curve,
      ages: cells.ages.map((cell) => within(cell, hazards)),
      forgotten: within(cells.forgotten, silent.hazards),
    };
  });
  named.sort((a, b) => (a.stage < b.stage ? -1 : 1));
  return { all: pool.curve, forgotten: silent.curve, stages: named };
}

const PRIOR: Hazards = {
  win: new Array<number>(TABLE_WEEKS).fill(PRIOR_WEEKLY_WIN_HAZARD),
  loss: new Array<number>(TABLE_WEEKS).fill(PRIOR_WEEKLY_LOSS_HAZARD),
};

function count(cell: Cell, panel: Panel, row: number, followedDays: number): void {
  const deal = panel.deal[row]!;
  if (cell.lastDeal !== deal) cell.deals++;
  cell.lastDeal = deal;
  const days = Math.min(panel.wonDays[row]!, panel.lostDays[row]!);
  const times = panel.times[row]!;
  if (days > followedDays) follow(cell.followed, 'open', Math.floor(followedDays / 7), times);
  else {
    const outcome = panel.wonDays[row]! === days ? 'won' : 'lost';
    follow(cell.followed, outcome, Math.ceil(days / 7), times);
  }
}

/** Snapshots of one deal tell one story: a cell's rows weigh as its different deals. */
function shrunk(
  cell: Cell,
  parent: Hazards,
  pseudo: number,
): { curve: WinCurve; hazards: Hazards } {
  const { total } = cell.followed;
  const hazards = shrunkHazards(cell.followed, total > 0 ? cell.deals / total : 0, parent, pseudo);
  return { curve: { win: incidence(hazards), deals: cell.deals }, hazards };
}

/** Different past deals in the stage for about as long; of all where the stage was never seen. */
export function dealsLike(table: WinTable, stage: string, stageDays: number): number {
  const found = table.stages.find((one) => one.stage === stage);
  return (found ? found.ages[ageBucket(stageDays)]! : table.all).deals;
}

/** Cumulative probability of a win by weeks. */
export type Within = (weeks: number) => number;

/** What its stage alone says of a deal. */
export function stageCurve(table: WinTable, stage: string): Within {
  const { win } = table.stages.find((one) => one.stage === stage)?.curve ?? table.all;
  return (weeks) => curveAt(win, weeks);
}

/** Where a deal stands: its stage, days in it, and days since anything happened on it. */
export interface TablePlace {
  stage: string;
  stageDays: number;
  silentDays: number;
}

/**
 * What fits a deal best: its stage and days in it, all deals where the stage was never seen; those
 * long silent where it is.
 */
export function curveOf(table: WinTable, { stage, stageDays, silentDays }: TablePlace): Within {
  const found = table.stages.find((one) => one.stage === stage);
  const heardOf = (weeks: number): number =>
    found ? chanceAtAge(found.ages, stageDays, weeks) : curveAt(table.all.win, weeks);
  return (weeks) =>
    chanceIfSilent(heardOf(weeks), curveAt((found ?? table).forgotten.win, weeks), silentDays);
}

/** Probability of a win in the interval, of a deal that is not won before it. */
export function winWithin(within: Within, { fromDays, toDays }: Interval): number {
  const before = within(fromDays / 7);
  const after = within(toDays / 7);
  return before >= 1 ? 0 : (after - before) / (1 - before);
}
