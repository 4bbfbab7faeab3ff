import { signsOf, type DealState } from '../deal/deal-at.ts';
import { Depths } from '../deal/depths.ts';
import { outcomeIn } from '../deal/outcome.ts';
import { addExact } from '../math/exact-sum.ts';
import { follow, newFollowed } from '../math/survival.ts';
import { DAY_MS, WEEK_MS } from '../math/time.ts';
import { AGE_EDGES_DAYS, CURVE_WEEKS, LANDMARK_WEEKS, STAY_DAYS_CAP } from '../tuning.ts';
import { ageBucket, isForgotten } from './win-curve.ts';
import type { Cell, PoolFit, StageCells } from './pool-counts.ts';

const newCell = (): Cell => ({ followed: newFollowed(CURVE_WEEKS), deals: 0 });

function cellsOf(fit: PoolFit, stage: string): StageCells {
  let cells = fit.stages.get(stage);
  if (!cells) {
    const days = (): number[] => new Array<number>(STAY_DAYS_CAP + 1).fill(0);
    cells = {
      all: newCell(),
      ages: [...AGE_EDGES_DAYS, 0].map(newCell),
      forgotten: newCell(),
      staysEnded: days(),
      staysRunning: days(),
    };
    fit.stages.set(stage, cells);
  }
  return cells;
}

/** A stretch of an open deal with one stage and amount. */
interface Stretch {
  fromMs: number;
  toMs: number;
  stage: string | null;
  stageSinceMs: number;
  amount: number | null;
  stageEnds: boolean;
}

/**
 * Open stretches up to the moment of the fit, in time order. A deal without history
 * has one, of unknown stage.
 */
function openStretches(fit: PoolFit, state: DealState): Stretch[] {
  const { asOfMs, stages } = fit.context;
  const end = state.closedMs ?? asOfMs;
  const events = state.deal.events;
  if (events.length === 0)
    return [
      {
        fromMs: state.createdMs,
        toMs: end,
        stage: null,
        stageSinceMs: state.createdMs,
        amount: null,
        stageEnds: false,
      },
    ];
  const found: Stretch[] = [];
  const depths = new Depths(stages);
  let stageSinceMs = state.createdMs;
  for (let i = 0; i < events.length && events[i]!.atMs <= asOfMs; i++) {
    const event = events[i]!;
    const next = events[i + 1];
    if (outcomeIn(state.deal, event.stage, stages) !== 'open') continue;
    if (i === 0 || event.stage !== events[i - 1]!.stage) {
      const stage = stages.get(event.stage ?? '');
      const atMs = Math.max(event.atMs, state.createdMs);
      stageSinceMs = stage === undefined ? atMs : depths.reach(stage, atMs, i === 0).atMs;
    }
    const toMs = Math.min(next?.atMs ?? Infinity, asOfMs);
    const leaves = next !== undefined && next.atMs <= asOfMs && next.stage !== event.stage;
    found.push({
      fromMs: Math.max(event.atMs, state.createdMs),
      toMs,
      stage: event.stage,
      stageSinceMs,
      amount: event.amount,
      stageEnds: leaves,
    });
  }
  return found;
}

function addStay(cells: StageCells, stretch: Stretch, asOfMs: number): void {
  if (!stretch.stageEnds && stretch.toMs < asOfMs) return; // The stage goes on in the next stretch.
  const days = Math.min(
    STAY_DAYS_CAP,
    Math.max(0, Math.floor((stretch.toMs - stretch.stageSinceMs) / DAY_MS)),
  );
  (stretch.stageEnds ? cells.staysEnded : cells.staysRunning)[days]!++;
}

/** Days ago between which a stretch has snapshots: newest, oldest. */
const daysOf = ({ fromMs, toMs }: Stretch, asOfMs: number): [number, number] => [
  Math.max(NEWEST_DAYS, Math.floor((asOfMs - toMs) / DAY_MS) + 1),
  Math.min(7 * LANDMARK_WEEKS, Math.floor((asOfMs - fromMs) / DAY_MS)),
];

/**
 * The cells that a snapshot counts in: all deals, and those of its stage and as long in it, or those
 * as forgotten.
 */
function cellsAt(
  { pool, forgotten }: PoolFit,
  cells: StageCells | null,
  daysInStage: number,
  silentDays: number,
): readonly Cell[] {
  if (isForgotten(silentDays))
    return cells ? [pool, forgotten, cells.forgotten] : [pool, forgotten];
  return cells ? [pool, cells.all, cells.ages[ageBucket(daysInStage)]!] : [pool];
}

/** Counts the snapshots of a stretch; `signs` = when something happened on the deal, ascending. */
function addStretch(
  fit: PoolFit,
  state: DealState,
  stretch: Stretch,
  signs: readonly number[],
  touched: Set<Cell>,
): void {
  const { asOfMs } = fit.context;
  const [newest, oldest] = daysOf(stretch, asOfMs);
  const cells = stretch.stage === null ? null : cellsOf(fit, stretch.stage);
  let last = signs.length - 1;
  for (let days = newest; days <= oldest; days++) {
    const at = asOfMs - days * DAY_MS;
    while (last > 0 && signs[last]! > at) last--;
    const silent = (at - signs[last]!) / DAY_MS;
    const followed = Math.floor(days / 7);
    const ended = state.closedMs === null ? Infinity : Math.ceil((state.closedMs - at) / WEEK_MS);
    // An end in a week that is not over for all snapshots as new is not counted yet.
    const outcome = ended > followed ? 'open' : state.outcome;
    const week = ended > followed ? followed : Math.max(1, ended);
    for (const cell of cellsAt(fit, cells, (at - stretch.stageSinceMs) / DAY_MS, silent)) {
      follow(cell.followed, outcome, week);
      touched.add(cell);
    }
  }
}

/** Nothing is known yet of what became of a newer snapshot. */
const NEWEST_DAYS = 7;

/**
 * Adds every daily snapshot at which the deal was open, a week to LANDMARK_WEEKS ago, followed over
 * whole weeks to the outcome known at asOf. Weekly ones would hold others of the deals from day to
 * day: of those three days in a stage less than half, by the day of the week.
 * Also the stays in stages, and for a won deal the amount that stood on the record meanwhile.
 */
export function addLandmarks(fit: PoolFit, state: DealState): void {
  const { asOfMs } = fit.context;
  const touched = new Set<Cell>();
  let shown = 0;
  let snapshots = 0;
  const signs = signsOf(state, state.closedMs ?? asOfMs);
  for (const stretch of openStretches(fit, state)) {
    const cells = stretch.stage === null ? null : cellsOf(fit, stretch.stage);
    if (cells) addStay(cells, stretch, asOfMs);
    addStretch(fit, state, stretch, signs, touched);
    const [newest, oldest] = daysOf(stretch, asOfMs);
    if (oldest < newest || stretch.amount === null || stretch.amount <= 0) continue;
    shown += stretch.amount * (oldest - newest + 1);
    snapshots += oldest - newest + 1;
  }
  for (const cell of touched) cell.deals++;
  if (snapshots > 0) addDrift(fit, state, shown / snapshots);
}

/** What a won deal brought, beside the amount that stood on the record while it was open. */
function addDrift(fit: PoolFit, state: DealState, shownAmount: number): void {
  if (state.outcome !== 'won' || state.amount === null || state.amount <= 0) return;
  addExact(fit.drift.open, shownAmount);
  addExact(fit.drift.realised, state.amount);
  fit.drift.wins++;
}
