import { and, eq, lt, ne } from 'drizzle-orm';
import { ALERTS_MS, MUTES_MS } from './retention.ts';
import { alertMutes, alerts } from './schema.ts';
import type { Statement, Store } from './store.ts';

/** Alerts that were sent or given up go, and mutes that have long ended. */
export const pruneAlerts = (store: Store, connectionId: string, nowMs: number): Statement[] => [
  store.db
    .delete(alerts)
    .where(
      and(
        eq(alerts.connectionId, connectionId),
        lt(alerts.atMs, nowMs - ALERTS_MS),
        ne(alerts.state, 'queued'),
      ),
    ),
  store.db
    .delete(alertMutes)
    .where(
      and(eq(alertMutes.connectionId, connectionId), lt(alertMutes.untilMs, nowMs - MUTES_MS)),
    ),
];
