import { and, asc, desc, eq, gt, inArray, lte } from 'drizzle-orm';
import type {
  AlertFate,
  AlertMute,
  AlertState,
  AlertWay,
  KeptAlert,
  QueuedAlert,
} from '../model/alert.ts';
import { upsertRows } from './json-batch.ts';
import { alertMutes, alerts, alertStates } from './schema.ts';
import type { Statement, Store } from './store.ts';

const mine = (connectionId: string) => eq(alerts.connectionId, connectionId);

/** Where every rule stood on every record at the last look. */
export async function readAlertStates(store: Store, connectionId: string): Promise<AlertState[]> {
  const found = await store.db
    .select()
    .from(alertStates)
    .where(eq(alertStates.connectionId, connectionId));
  return found.map(({ connectionId: _, ...row }) => ({
    ...row,
    firing: row.firing as AlertWay | null,
  }));
}

/** One look, whole: where rules stand now, and what it queues. Queued before, it is not again. */
export const keepLook = (
  store: Store,
  connectionId: string,
  states: readonly AlertState[],
  queued: readonly QueuedAlert[],
): Statement[] => [
  ...upsertRows(
    store,
    alertStates,
    states.map((one) => ({ connectionId, ...one })),
  ),
  ...upsertRows(
    store,
    alerts,
    queued.map(({ digest, ...one }) => ({
      ...{ connectionId, ...one, digest: digest ? 1 : 0 },
      ...{ state: 'queued', attempts: 0, nextMs: one.dueMs },
    })),
    { ignore: true },
  ),
];

const toAlert = ({ connectionId: _, ...row }: typeof alerts.$inferSelect): KeptAlert => ({
  ...row,
  way: row.way as AlertWay,
  state: row.state as AlertFate,
  digest: row.digest === 1,
});

/** What waits in a channel and is due, in the order in which it came. */
export async function dueAlerts(
  store: Store,
  connectionId: string,
  channel: string,
  nowMs: number,
  limit: number,
): Promise<KeptAlert[]> {
  const found = await store.db
    .select()
    .from(alerts)
    .where(
      and(
        mine(connectionId),
        eq(alerts.state, 'queued'),
        eq(alerts.channel, channel),
        lte(alerts.dueMs, nowMs),
      ),
    )
    .orderBy(asc(alerts.seq))
    .limit(limit);
  return found.map(toAlert);
}

/** The channels in which something waits. */
export const waitingChannels = async (store: Store, connectionId: string): Promise<string[]> =>
  (
    await store.db
      .selectDistinct({ channel: alerts.channel })
      .from(alerts)
      .where(and(mine(connectionId), eq(alerts.state, 'queued')))
      .orderBy(asc(alerts.channel))
  ).map(({ channel }) => channel);

/** The newest first; `state` null = of every kind. */
export async function listAlerts(
  store: Store,
  connectionId: string,
  state: AlertFate | null,
  page: { skip: number; limit: number },
): Promise<KeptAlert[]> {
  const found = await store.db
    .select()
    .from(alerts)
    .where(and(mine(connectionId), state === null ? undefined : eq(alerts.state, state)))
    .orderBy(desc(alerts.seq))
    .limit(page.limit)
    .offset(page.skip);
  return found.map(toAlert);
}

/** How a try to send some alerts came out. */
export async function settleAlerts(
  store: Store,
  sent: readonly KeptAlert[],
  change: Partial<Pick<KeptAlert, 'state' | 'attempts' | 'nextMs' | 'error' | 'sentMs'>>,
): Promise<void> {
  const ids = sent.map(({ seq }) => seq);
  await store.batch([store.db.update(alerts).set(change).where(inArray(alerts.seq, ids))], true);
}

/** What is queued in a channel goes to the dead letters: it will never take any. */
export async function closeChannel(
  store: Store,
  connectionId: string,
  channel: string,
  error: string,
): Promise<void> {
  await store.batch([
    store.db
      .update(alerts)
      .set({ state: 'dead', error })
      .where(and(mine(connectionId), eq(alerts.state, 'queued'), eq(alerts.channel, channel))),
  ]);
}

/** Dead letters are tried again, those of one channel where it is named. */
export async function reviveAlerts(
  store: Store,
  connectionId: string,
  channel: string | null,
  nowMs: number,
): Promise<void> {
  await store.batch([
    store.db
      .update(alerts)
      .set({ state: 'queued', attempts: 0, nextMs: nowMs, error: null })
      .where(
        and(
          mine(connectionId),
          eq(alerts.state, 'dead'),
          channel === null ? undefined : eq(alerts.channel, channel),
        ),
      ),
  ]);
}

export const muteAlerts = async (
  store: Store,
  connectionId: string,
  { by, ...mute }: AlertMute,
): Promise<void> =>
  await store.batch(upsertRows(store, alertMutes, [{ connectionId, byWho: by, ...mute }]), true);

/** What is muted at a moment. */
export async function mutesAt(
  store: Store,
  connectionId: string,
  nowMs: number,
): Promise<AlertMute[]> {
  const found = await store.db
    .select()
    .from(alertMutes)
    .where(and(eq(alertMutes.connectionId, connectionId), gt(alertMutes.untilMs, nowMs)))
    .orderBy(asc(alertMutes.what));
  return found.map(({ byWho, what, untilMs, why }) => ({ what, untilMs, by: byWho, why }));
}
