import { asHeadwaterError } from '../../model/error.ts';
import type { Schedule } from '../../http/api/deps.ts';

export interface Ticking {
  of(connectionId: string): Schedule | null;
  close(): void;
}

/** The longest that a timer of Node can wait. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Starts a run of each connection every so often. A tick that finds another run at work, or that
 * the machine slept through, starts nothing and is counted: the next one reads what changed since.
 */
export function keepSchedule(
  everyMs: number,
  connections: { id: string; lastMs: number | null }[],
  start: (connectionId: string) => Promise<unknown>,
  nowMs: () => number,
): Ticking {
  const kept = new Map<string, Schedule>();
  const timers = new Map<string, NodeJS.Timeout>();
  const wait = (id: string, schedule: Schedule): void => {
    const ms = Math.min(LONGEST_MS, Math.max(0, schedule.nextMs - nowMs()));
    timers.set(
      id,
      setTimeout(() => void tick(id, schedule), ms),
    );
  };
  const tick = async (id: string, schedule: Schedule): Promise<void> => {
    const dueMs = schedule.nextMs;
    const late = Math.max(0, Math.floor((nowMs() - dueMs) / everyMs));
    schedule.nextMs = dueMs + (late + 1) * everyMs;
    if (late > 0) miss(schedule, late, dueMs, 'this machine was not running then');
    wait(id, schedule);
    await start(id).catch((error: unknown) => {
      miss(schedule, 1, dueMs, asHeadwaterError(error).message);
    });
  };
  for (const { id, lastMs } of connections) {
    const nextMs = lastMs === null ? nowMs() : Math.max(nowMs(), lastMs + everyMs);
    const schedule: Schedule = {
      ...{ everyMs, nextMs, missed: 0, lastMissedMs: null, lastMissed: null },
    };
    kept.set(id, schedule);
    wait(id, schedule);
  }
  return {
    of: (id) => kept.get(id) ?? null,
    close: () => {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

function miss(schedule: Schedule, ticks: number, atMs: number, why: string): void {
  schedule.missed += ticks;
  schedule.lastMissedMs = atMs;
  schedule.lastMissed = why;
}
