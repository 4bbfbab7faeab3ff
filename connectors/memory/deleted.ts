import type { DeletedPage } from '../../src/model/connector.ts';
import type { Client } from './client.ts';
import { needObject } from './columns.ts';

export const DELETE_LOG_DAYS = 30;
const DELETE_LOG_MS = DELETE_LOG_DAYS * 86_400_000;

/**
 * Deletions in [fromMs, untilMs), merge losers and hard ones too. null = the log no longer reaches
 * back to `fromMs`.
 */
export async function deleted(
  client: Client,
  object: string,
  fromMs: number,
  untilMs: number,
): Promise<DeletedPage | null> {
  const { crm } = client;
  return await client.call('deleted', object, () => {
    if (fromMs < crm.nowMs() - DELETE_LOG_MS) return null;
    const ids = needObject(crm, object)
      .deletions.filter((entry) => entry.deletedAtMs >= fromMs && entry.deletedAtMs < untilMs)
      .map((entry) => ({ ...entry }));
    // What happens later in this millisecond is still to come, so the log vouches for no moment
    // beyond now.
    return { ids, coveredUntilMs: Math.min(untilMs, crm.nowMs()) };
  });
}
