import type { DealState } from '../deal/deal-at.ts';
import { Depths } from '../deal/depths.ts';
import { outcomeIn } from '../deal/outcome.ts';
import { addExact } from '../math/exact-sum.ts';
import { follow, newFollowed } from '../math/survival.ts';
import { DAY_MS, WEEK_MS } from '../math/time.ts';
import { AGE_EDGES_DAYS, CURVE_WEEKS, LANDMARK_WEEKS, STAY_DAYS_CAP } from '../tuning.ts';
import { ageBucket } from './win-curve.ts';
import type { Cell, PoolFit, StageCells } from './pool-counts.ts';

const newCell = (): Cell => ({ followed: newFollowed(CURVE_WEEKS), deals: 0 });

function cellsOf(fit: PoolFit, stage: string): StageCells {
  let cells = fit.stages.get(stage);
  if (!cells) {
    const days = (): number[] => new Array<number>(STAY_DAYS_CAP + 1).fill(0);
    cells = {
      all: newCell(),
      ages: [...AGE_EDGES_DAYS, 0].map(newCell),
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

/** The cells that a snapshot counts in: all deals, those of its stage, those as long in it. */
const cellsAt = (fit: PoolFit, cells: StageCells | null, daysInStage: number): Cell[] =>
  cells ? [fit.pool, cells.all, cells.ages[ageBucket(daysInStage)]!] : [fit.pool];

/**
 * Adds every weekly snapshot at which the deal was open: asOf - 7k days, k = 1..LANDMARK_WEEKS,
 * followed to the outcome known at asOf.
 * Also the stays in stages, and for a won deal the amount that stood on the record meanwhile.
 */
export function addLandmarks(fit: PoolFit, state: DealState): void {
  const { asOfMs } = fit.context;
  const touched = new Set<Cell>();
  let shown = 0;
  let snapshots = 0;
  for (const stretch of openStretches(fit, state)) {
    const cells = stretch.stage === null ? null : cellsOf(fit, stretch.stage);
    if (cells) addStay(cells, stretch, asOfMs);
    const newest = Math.max(1, Math.floor((asOfMs - stretch.toMs) / WEEK_MS) + 1);
    const oldest = Math.min(LANDMARK_WEEKS, Math.floor((asOfMs - stretch.fromMs) / WEEK_MS));
    for (let k = newest; k <= oldest; k++) {
      const at = asOfMs - k * WEEK_MS;
      const week =
        state.closedMs === null ? k : Math.max(1, Math.ceil((state.closedMs - at) / WEEK_MS));
      for (const cell of cellsAt(fit, cells, (at - stretch.stageSinceMs) / DAY_MS)) {
        follow(cell.followed, state.outcome, week);
        touched.add(cell);
      }
      if (stretch.amount !== null && stretch.amount > 0) {
        shown += stretch.amount;
        snapshots++;
      }
    }
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
