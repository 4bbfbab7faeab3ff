const WINDOW_MS = 60_000;

/** At most `limit` calls a key in each minute. Counts of a minute that is over are dropped together, so it holds no more keys than a minute brings. */
export function rateLimit(limit: number, nowMs: () => number): (key: string) => boolean {
  let minute = -1;
  const counts = new Map<string, number>();
  return (key) => {
    const now = Math.floor(nowMs() / WINDOW_MS);
    if (now !== minute) { counts.clear(); minute = now; }
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= limit;
  };
}
