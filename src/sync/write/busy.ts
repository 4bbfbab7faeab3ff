import { accountsOfDeals } from '../../store/deal-accounts.ts';
import type { Intent } from '../../store/intents.ts';
import type { RunContext } from '../run/context.ts';

/**
 * Calls in which the busy rows of one batch go again, each time: enough to part the accounts that
 * are worked on from the others, and a tenth of what a step may spend.
 */
export const BUSY_GROUPS = 10;

/**
 * Rows that the CRM refused as locked, in the groups in which they go again. To save a deal locks
 * its account, so one busy account refuses all its deals and, within one call, keeps the others
 * waiting for it: each account's deals go by themselves. What has no account in the local model
 * goes as one group, and so does what is beyond the last call.
 */
export async function busyGroups(
  context: Pick<RunContext, 'store' | 'connectionId'>,
  object: string,
  busy: Intent[],
): Promise<Intent[][]> {
  if (busy.length === 0) return [];
  const accounts = await accountsOfDeals(context.store, context.connectionId, object, [
    ...new Set(busy.map((intent) => intent.recordId)),
  ]);
  const groups = [...Map.groupBy(busy, (intent) => accounts.get(intent.recordId) ?? '')]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => group);
  return groups.length <= BUSY_GROUPS
    ? groups
    : [...groups.slice(0, BUSY_GROUPS - 1), groups.slice(BUSY_GROUPS - 1).flat()];
}
