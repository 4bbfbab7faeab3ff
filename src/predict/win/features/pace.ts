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

/**
 * Days since anything at all happened on the deal, and since somebody did something on it; how
 * often and how lately its date was put off; and how much of the quarter is left, since deals close
 * at its end.
 */
export const paceFeatures: FeatureGroup = (history, atMs, put, { quarterEndsMs }) => {
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
  const pushed = latest(history.pushes, atMs);
  put.number('pushes', history.pushes.filter(([at]) => at <= atMs).length);
  put.number('pushDays', pushed === -Infinity ? NaN : (atMs - pushed) / DAY_MS);
  const endMs = quarterEndsMs.find((at) => at > atMs);
  put.number('quarterLeft', endMs === undefined ? NaN : (endMs - atMs) / DAY_MS);
};
