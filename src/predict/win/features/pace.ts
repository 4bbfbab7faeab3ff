import { DAY_MS } from '../../math/time.ts';
import type { FeatureGroup } from './group.ts';

const latest = (rows: readonly [number, ...unknown[]][], atMs: number): number => {
  let last = -Infinity;
  for (const [at] of rows) {
    if (at > atMs) break;
    last = at;
  }
  return last;
};

/** Days since anything at all happened on the deal, and since somebody did something on it. */
export const paceFeatures: FeatureGroup = (history, atMs, put) => {
  const touched = latest(history.activities, atMs);
  const any = Math.max(
    history.createdMs,
    touched,
    latest(history.moves, atMs),
    latest(history.quotes, atMs),
    latest(history.tasks, atMs),
  );
  put.number('touchDays', touched === -Infinity ? NaN : (atMs - touched) / DAY_MS);
  put.number('silentDays', (atMs - any) / DAY_MS);
};
