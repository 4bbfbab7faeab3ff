/**
 * How a deal lives: each week it may advance, slip back or die, at rates that depend on its stage,
 * its age and how good it is.
 * Winning is advancing out of the last stage. `quality` is on the logit scale of the win chance:
 * partner skill plus what is the deal's own.
 */
import type { RandomStream } from '../random.ts';
import type { WorldStage } from './events.ts';

export const OPEN_STAGES: readonly WorldStage[] = [
  'prospecting',
  'qualification',
  'analysis',
  'proposal',
  'negotiation',
];

/** Weekly rates of advancing and of dying out of each stage, for a new deal of quality 0. */
const ADVANCE_RATES = [0.4, 0.3, 0.24, 0.22, 0.26];
const DEATH_RATES = [0.145, 0.095, 0.066, 0.05, 0.04];
const SLIP_BACK_RATE = 0.012;
/** A deal of this age dies twice as readily as a new one. */
const AGEING_WEEKS = 20;
/**
 * How a unit of quality is split between faster progress and slower death, chosen so that one unit
 * moves the logit of the win chance by one.
 */
const QUALITY_WEIGHT = 0.6;
/** A deal that is still undecided at this age is taken as dead. */
const MAX_LIFE_WEEKS = 130;

/** Where deals enter the pipeline: a few are only recorded once they are far along. */
export const ENTRY_WEIGHTS = [0.85, 0.12, 0, 0.03, 0];

export interface DealLife {
  entryStage: number;
  /** `week` counts from the deal's start */
  moves: { week: number; stage: number }[];
  endWeek: number;
  won: boolean;
}

/** Weekly rates out of a stage. `pace` is the market's factor on progress. */
export function rates(
  stage: number,
  ageWeeks: number,
  quality: number,
  pace: number,
): { advance: number; die: number; back: number } {
  const lift = Math.exp(QUALITY_WEIGHT * quality * 0.5);
  return {
    advance: (ADVANCE_RATES[stage] ?? 0) * lift * pace,
    die: ((DEATH_RATES[stage] ?? 0) / lift) * (1 + ageWeeks / AGEING_WEEKS),
    back: stage >= 2 ? SLIP_BACK_RATE : 0,
  };
}

/**
 * Lives one deal that starts in `startWeek` of the calendar; `pace` is the market's in each week.
 */
export function liveDeal(
  stream: RandomStream,
  quality: number,
  startWeek: number,
  pace: (week: number) => number,
): DealLife {
  const entryStage = stream.weighted(ENTRY_WEIGHTS);
  const moves: DealLife['moves'] = [];
  let stage = entryStage;
  for (let week = 0; week < MAX_LIFE_WEEKS; week++) {
    const { advance, die, back } = rates(stage, week, quality, pace(startWeek + week));
    const total = advance + die + back;
    if (stream.next() >= 1 - Math.exp(-total)) continue;
    const which = stream.next() * total;
    if (which < die) return { entryStage, moves, endWeek: week, won: false };
    if (which < die + back) stage -= 1;
    else if (stage === OPEN_STAGES.length - 1)
      return { entryStage, moves, endWeek: week, won: true };
    else stage += 1;
    moves.push({ week, stage });
  }
  return { entryStage, moves, endWeek: MAX_LIFE_WEEKS, won: false };
}

/**
 * The exact chance that a deal of this quality is ever won, at an even pace: the same chain,
 * followed as a distribution.
 */
export function winChance(quality: number): number {
  let here = ENTRY_WEIGHTS.slice();
  let won = 0;
  for (let week = 0; week < MAX_LIFE_WEEKS; week++) {
    const next = here.map(() => 0);
    here.forEach((mass, stage) => {
      const { advance, die, back } = rates(stage, week, quality, 1);
      const total = advance + die + back;
      const move = mass * (1 - Math.exp(-total));
      next[stage] = (next[stage] ?? 0) + mass - move;
      if (back > 0) next[stage - 1] = (next[stage - 1] ?? 0) + (move * back) / total;
      if (stage === OPEN_STAGES.length - 1) won += (move * advance) / total;
      else next[stage + 1] = (next[stage + 1] ?? 0) + (move * advance) / total;
    });
    here = next;
  }
  return won;
}
