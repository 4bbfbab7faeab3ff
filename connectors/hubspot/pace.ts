/**
 * Limits of HubSpot that are known beforehand, kept by one queue a session: a call that would be
 * refused waits instead.
 */

const BURST_WINDOW_MS = 10_000;
const SEARCH_WINDOW_MS = 1_000;
/** Calls travel at different speeds, so what leaves evenly may arrive bunched. */
const MARGIN_MS = 50;

export type Lane = 'call' | 'search' | 'free';

export interface Pace {
  /** Resolves when the call may go; in the order of asking. */ turn(lane: Lane): Promise<void>;
}

export interface PaceOptions {
  burstCalls: () => number;
  searchCalls: number;
  nowMs: () => number;
  sleep: (ms: number) => Promise<void>;
}

/**
 * Sliding windows over the times at which calls left: `burstCalls` in ten seconds, and
 * `searchCalls` a second for searches, which have a limit of their own.
 */
export function makePace(options: PaceOptions): Pace {
  const calls: number[] = [];
  const searches: number[] = [];
  let queue: Promise<void> = Promise.resolve();

  async function wait(lane: Lane): Promise<void> {
    const [times, limit, windowMs] =
      lane === 'search'
        ? [searches, options.searchCalls, SEARCH_WINDOW_MS]
        : [calls, options.burstCalls(), BURST_WINDOW_MS];
    const nowMs = options.nowMs();
    const before = times.at(-limit);
    const atMs = before === undefined ? nowMs : Math.max(nowMs, before + windowMs + MARGIN_MS);
    // The planned time counts, not a second look at the clock: a clock that stands still must not
    // hold the queue for ever.
    times.push(atMs);
    if (times.length > limit) times.splice(0, times.length - limit);
    if (atMs > nowMs) await options.sleep(atMs - nowMs);
  }

  return {
    turn(lane) {
      if (lane === 'free') return Promise.resolve();
      const mine = queue.then(() => wait(lane));
      queue = mine.catch(() => {});
      return mine;
    },
  };
}
