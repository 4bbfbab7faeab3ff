import { DAY_MS } from '../../math/time.ts';
import type { FeatureGroup } from './group.ts';
import type { DealHistory } from './history.ts';
import type { Vocabulary } from './vocabulary.ts';

interface Standing {
  stage: string | null;
  sinceMs: number;
  /**
   * walked = from the stage before, jumped = over others, back = from a later one, entered = began
   * there.
   */
  how: 'walked' | 'jumped' | 'back' | 'entered' | 'unknown';
  moves: number;
  back: number;
  /**
   * First time that this place in the order, or a later one, was reached; by position in the
   * vocabulary.
   */
  reachedMs: (number | null)[];
}

/** How far the deal has come by `atMs`. */
function standingAt(history: DealHistory, atMs: number, { stages }: Vocabulary): Standing {
  const reachedMs: (number | null)[] = stages.map(() => null);
  const standing: Standing = {
    stage: null,
    sinceMs: history.createdMs,
    how: 'unknown',
    moves: 0,
    back: 0,
    reachedMs,
  };
  let place = -1;
  for (const [at, stage] of history.moves) {
    if (at > atMs) break;
    const next = stages.findIndex((one) => one.key === stage);
    standing.stage = stage;
    standing.sinceMs = at;
    standing.how = howMoved(place, next, standing.moves === 0);
    standing.moves++;
    if (standing.how === 'back') standing.back++;
    for (let i = 0; i <= next; i++) reachedMs[i] ??= at;
    if (next >= 0) place = next;
  }
  return standing;
}

function howMoved(from: number, to: number, first: boolean): Standing['how'] {
  if (to < 0) return 'unknown';
  if (first || from < 0) return 'entered';
  if (to < from) return 'back';
  return to - from === 1 ? 'walked' : 'jumped';
}

/**
 * Stage, how it was reached, the days in it, and for every stage of the order the days since it was
 * reached and the lag to it.
 */
export const stageFeatures: FeatureGroup = (history, atMs, put, vocabulary) => {
  const standing = standingAt(history, atMs, vocabulary);
  put.word('stage', standing.stage);
  put.word('reachedHow', standing.how);
  put.number('age', (atMs - history.createdMs) / DAY_MS);
  put.number('stageDays', (atMs - standing.sinceMs) / DAY_MS);
  put.number('moves', standing.moves);
  put.number('movesBack', standing.back);
  let beforeMs = history.createdMs;
  for (let i = 1; i < vocabulary.stages.length; i++) {
    const at = standing.reachedMs[i] ?? null;
    const { key } = vocabulary.stages[i]!;
    put.number(`since:${key}`, at === null ? NaN : (atMs - at) / DAY_MS);
    put.number(`lag:${key}`, at === null ? NaN : (at - beforeMs) / DAY_MS);
    if (at !== null) beforeMs = at;
  }
};
