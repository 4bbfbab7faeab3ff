import { DAY_MS, HOUR_MS } from '../../src/model/time.ts';

/**
 * The next midnight in a zone (epoch ms), by the runtime's zone tables; UTC where the zone is not
 * known.
 */
export function nextMidnightMs(nowMs: number, timeZone: string | null): number {
  const day = dayReader(timeZone);
  const today = day(nowMs);
  // The day ends within 25 hours even when a clock change makes it longer; its border is found by
  // halving to a second.
  let [low, high] = [nowMs, nowMs + DAY_MS + 2 * HOUR_MS];
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2);
    if (day(middle) === today) low = middle;
    else high = middle;
  }
  return Math.floor(high / 1_000) * 1_000;
}

function dayReader(timeZone: string | null): (ms: number) => string {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: timeZone ?? 'UTC',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  } catch {
    return dayReader('UTC');
  }
  return (ms) => format.format(ms);
}
