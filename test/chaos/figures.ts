import type { Schedule } from './schedule.ts';

export interface Failure {
  seed: number;
  violations: string[];
  log: string[];
  schedule: Schedule;
}
export interface Campaign {
  schedules: number;
  runs: number;
  calls: number;
  writes: number;
  ended: Record<string, number>;
  failures: Failure[];
}

export const nothing = (): Campaign => ({
  schedules: 0,
  runs: 0,
  calls: 0,
  writes: 0,
  ended: {},
  failures: [],
});

/** Adds the figures of one campaign to another. */
export function add(sum: Campaign, more: Campaign): Campaign {
  const ended = { ...sum.ended };
  for (const [word, times] of Object.entries(more.ended)) ended[word] = (ended[word] ?? 0) + times;
  return {
    schedules: sum.schedules + more.schedules,
    runs: sum.runs + more.runs,
    calls: sum.calls + more.calls,
    writes: sum.writes + more.writes,
    ended,
    failures: [...sum.failures, ...more.failures],
  };
}
