import { DAY_MS } from '../../math/time.ts';
import type { FeatureGroup } from './group.ts';

/**
 * What is planned or begun and not done: how many, how long the oldest stands, and what was taken
 * up last.
 */
export const taskFeatures: FeatureGroup = (history, atMs, put) => {
  let planned = 0;
  let begun = 0;
  let oldestMs = Infinity;
  let next = '';
  let nextMs = -Infinity;
  for (const [createdMs, kind, begunMs, doneMs] of history.tasks) {
    if (createdMs > atMs) break;
    if (doneMs !== null && doneMs <= atMs) continue;
    const isBegun = begunMs !== null && begunMs <= atMs;
    if (isBegun) begun++;
    else planned++;
    oldestMs = Math.min(oldestMs, createdMs);
    const sinceMs = isBegun ? begunMs : createdMs;
    if (sinceMs < nextMs) continue;
    nextMs = sinceMs;
    next = `${isBegun ? 'begun' : 'planned'} ${kind}`;
  }
  put.number('tasksPlanned', planned);
  put.number('tasksBegun', begun);
  put.number('taskDays', oldestMs === Infinity ? NaN : (atMs - oldestMs) / DAY_MS);
  put.word('nextTask', next);
};
