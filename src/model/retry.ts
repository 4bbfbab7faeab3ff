import { HOUR_MS } from './time.ts';

/** How often something is tried in all, and how long it waits before each next time. */
export interface RetryPolicy {
  tries: number;
  /** Before the second try; each wait after it is twice as long, up to the longest. */
  firstMs: number;
  longestMs: number;
  /** What the other side asks for at least, which comes before the wait itself. */
  leastMs: number;
  /** Waits are shortened by up to half, by chance, so that many callers don't come back at once. */
  jitter: boolean;
}

const steady = (tries: number, waitMs: number): RetryPolicy => ({
  tries,
  firstMs: waitMs,
  longestMs: waitMs,
  leastMs: 0,
  jitter: false,
});

/** A short outage of about ten seconds is bridged. */
const CALL: RetryPolicy = { tries: 5, firstMs: 500, longestMs: 8_000, leastMs: 0, jitter: true };

/**
 * The one table of what is tried again: connectors say what they met, and from here comes what
 * follows from it.
 */
export const RETRIES = {
  /** A call on a bad wire or to a busy server; never one that may have changed records. */
  call: CALL,
  /** Too many calls within seconds: refused before anything happened, with the time to go on. */
  burst: { ...CALL, firstMs: 0, longestMs: 0, jitter: false },
  /** A record in use, refused whole; HubSpot asks for two seconds at least. */
  locked: { ...CALL, leastMs: 2_000 },
  /** A call that reached its time limit: each try costs minutes, but the CRM may have been busy. */
  slow: { ...CALL, tries: 2 },
  /** What was too much to ask for at once stays so: smaller pieces, not the same once more. */
  tooMuch: { ...CALL, tries: 1 },
  /** A file that is being copied is whole after a moment, or in time for the next run. */
  file: { tries: 4, firstMs: 500, longestMs: 2_000, leastMs: 0, jitter: false },
  /** A row that the CRM holds locked; after that it waits for the next run. */
  busyRow: steady(3, 1_000),
  /** A durable step against a busy CRM or database; the next tick goes on from the last page. */
  step: { tries: 6, firstMs: 10_000, longestMs: 160_000, leastMs: 0, jitter: false },
  /** The nightly audit, while another engine has the connection. */
  audit: steady(13, 5 * 60_000),
  /** A used-up quota: a rolling day frees calls all the time, and looking again costs one. */
  quota: steady(48, HOUR_MS),
  /**
   * A refused value goes as it is again after a day: a rule that the admin has put right shows
   * neither in the record nor in the field, and one left as it is costs one refusal a day.
   */
  refusedValue: steady(Infinity, 24 * HOUR_MS),
} as const satisfies Record<string, RetryPolicy>;

/** The wait after so many tries. `random` is 0 <= x < 1. */
export function waitAfter(policy: RetryPolicy, tries: number, random: () => number): number {
  const backoffMs = Math.min(policy.longestMs, policy.firstMs * 2 ** (tries - 1));
  return Math.round(policy.leastMs + backoffMs * (policy.jitter ? 0.5 + random() / 2 : 1));
}
