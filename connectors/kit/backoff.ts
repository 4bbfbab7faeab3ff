/** Bounded backoff with jitter; what may be repeated, and how often, the connector says. */
import type { ConnectorDeps } from '../../src/model/connector.ts';
import type { HeadwaterError } from '../../src/model/error.ts';

/** With these waits and five tries a short outage of about ten seconds is bridged. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
/** Tries of a repeatable call on a bad wire or a busy server. */
export const MAX_TRIES = 5;

/**
 * How long to wait before the next try: at least so long, and with jitter on top unless told not.
 */
export interface Wait {
  leastMs: number;
  jitter: boolean;
}

export interface Retries {
  /** Log event, such as `hubspot.retry`. */
  event: string;
  /** The call, for the log. */
  what: string;
  toError: (thrown: unknown) => HeadwaterError;
  /** null = not again. */
  wait: (error: HeadwaterError, tries: number) => Wait | null;
}

export async function retried<T>(
  deps: Pick<ConnectorDeps, 'log' | 'random' | 'sleep'>,
  { event, what, toError, wait }: Retries,
  work: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (thrown) {
      const error = toError(thrown);
      const again = wait(error, tries);
      if (again === null) throw error;
      const backoffMs = again.jitter
        ? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1)) * (0.5 + deps.random() / 2)
        : 0;
      const waitMs = Math.round(again.leastMs + backoffMs);
      deps.log(event, { what, code: error.code, tries, waitMs });
      await deps.sleep(waitMs);
    }
  }
}
