import { DAY_MS } from '../../math/time.ts';
import type { FeatureGroup } from './group.ts';

/** Rows of quotes by status, what the last one says and since when. */
export const quoteFeatures: FeatureGroup = (history, atMs, put, { quotes }) => {
  const counts = new Map<string, number>(quotes.map((status) => [status, 0]));
  let last = '';
  let lastMs = -Infinity;
  for (const [at, status] of history.quotes) {
    if (at > atMs) break;
    last = status;
    lastMs = at;
    const count = counts.get(status);
    if (count !== undefined) counts.set(status, count + 1);
  }
  for (const [status, count] of counts) put.number(`quotes:${status}`, count);
  put.word('lastQuote', last);
  put.number('quoteDays', lastMs === -Infinity ? NaN : (atMs - lastMs) / DAY_MS);
};
