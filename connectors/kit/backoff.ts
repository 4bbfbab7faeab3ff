/** Calls that are tried again: the connector says what stood in the way, the table how often. */
import type { ConnectorDeps } from '../../src/model/connector.ts';
import type { HeadwaterError } from '../../src/model/error.ts';
import { RETRIES, waitAfter, type RetryPolicy } from '../../src/model/retry.ts';
import { isCode } from './failure.ts';

/**
 * What refused a call before anything happened, so that even a write may go again: too many calls
 * within seconds, or a record in use.
 */
export type Obstacle = 'burst' | 'locked';

export interface Retries {
  /** Log event, such as `hubspot.retry`. */
  event: string;
  /** The call, for the log. */
  what: string;
  /** A call that may have changed records is made once. */
  write: boolean;
  toError: (thrown: unknown) => HeadwaterError;
  /** null = none of them. */
  obstacle?: (error: HeadwaterError) => Obstacle | null;
}

/** null = not again. */
function policyFor(error: HeadwaterError, { write, obstacle }: Retries): RetryPolicy | null {
  const met = obstacle?.(error) ?? null;
  if (met !== null) return RETRIES[met];
  if (error.kind !== 'transient' || write) return null;
  if (!error.tooMuch) return RETRIES.call;
  return isCode(error, 'TIMEOUT', 'HTTP_504', 'HTTP_524') ? RETRIES.slow : RETRIES.tooMuch;
}

export async function retried<T>(
  deps: Pick<ConnectorDeps, 'log' | 'nowMs' | 'random' | 'sleep'>,
  retries: Retries,
  work: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (thrown) {
      const error = retries.toError(thrown);
      const policy = policyFor(error, retries);
      if (policy === null || tries >= policy.tries) throw error;
      const saidMs =
        policy === RETRIES.burst ? Math.max(0, (error.retryAtMs ?? 0) - deps.nowMs()) : 0;
      const waitMs = saidMs + waitAfter(policy, tries, deps.random);
      deps.log(retries.event, { what: retries.what, code: error.code, tries, waitMs });
      await deps.sleep(waitMs);
    }
  }
}
