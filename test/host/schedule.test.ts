import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepSchedule } from '../../src/host/node/schedule.ts';

const EVERY_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A schedule of one connection; `answer` = what starting a run does. */
const open = (lastMs: number | null, answer: () => Promise<unknown> = async () => {}) => {
  const startedMs: number[] = [];
  const ticking = keepSchedule(
    EVERY_MS,
    [{ id: 'a', lastMs }],
    async () => {
      startedMs.push(Date.now());
      await answer();
    },
    () => Date.now(),
  );
  return { ticking, startedMs };
};

describe('a schedule on Node', () => {
  it('begins with what is overdue, then keeps its beat and tells the next time', async () => {
    const { ticking, startedMs } = open(null);
    await vi.advanceTimersByTimeAsync(2.5 * EVERY_MS);
    expect(startedMs).toEqual([0, EVERY_MS, 2 * EVERY_MS]);
    expect(ticking.of('a')).toMatchObject({ nextMs: 3 * EVERY_MS, missed: 0 });
    expect(ticking.of('b')).toBeNull();
    ticking.close();
    await vi.advanceTimersByTimeAsync(5 * EVERY_MS);
    expect(startedMs).toHaveLength(3);
  });

  it('waits for its time where a run was a moment ago', async () => {
    const { ticking, startedMs } = open(-20_000);
    await vi.advanceTimersByTimeAsync(39_000);
    expect(startedMs).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(startedMs).toEqual([40_000]);
    ticking.close();
  });

  it('counts a tick that found another run at work, with its words, and goes on', async () => {
    const { ticking, startedMs } = open(null, async () => {
      throw new Error('another run is at work');
    });
    await vi.advanceTimersByTimeAsync(EVERY_MS);
    expect(startedMs).toHaveLength(2);
    expect(ticking.of('a')).toMatchObject({
      missed: 2,
      lastMissedMs: EVERY_MS,
      lastMissed: expect.stringContaining('another run is at work'),
    });
    ticking.close();
  });

  it('counts what a sleeping machine missed, and starts one run for all of it', async () => {
    const { ticking, startedMs } = open(-1);
    vi.setSystemTime(3 * EVERY_MS + 5);
    await vi.advanceTimersByTimeAsync(EVERY_MS);
    expect(ticking.of('a')?.missed).toBeGreaterThanOrEqual(3);
    expect(startedMs).toHaveLength(1);
    ticking.close();
  });
});
