import type { AlertSettings, AlertState } from '../../model/alert.ts';
import type { ConnectionDocument } from '../../model/connection.ts';
import { speechOf } from '../../predict/index.ts';
import { keepLook, mutesAt, readAlertStates } from '../../store/alerts.ts';
import { keptRuns } from '../../store/past-results.ts';
import type { Store } from '../../store/store.ts';
import { syncedMapping } from '../measure/plan-import.ts';
import type { ChannelDeps } from './channel.ts';
import { deliverAlerts, type Delivered } from './deliver.ts';
import { ENGINE, measuredOfEngine } from './engine.ts';
import { lookAt } from './look.ts';
import { measuredInRun } from './measure.ts';

/** Of what is written before any run has scored anybody. */
const NO_RUN = 'alerts';
/** A state that is no rule's: how many rows stood in quarantine at the look before. */
const QUARANTINE = '#quarantine';

export interface AlertPass extends Delivered {
  queued: number;
}

async function look(
  store: Store,
  connectionId: string,
  settings: AlertSettings,
  { timeZone, nowMs }: { timeZone: string; nowMs: number },
): Promise<number> {
  const before = await readAlertStates(store, connectionId);
  const last = (await keptRuns(store, connectionId)).at(-1);
  const quarantine = before.find(({ rule }) => rule === QUARANTINE)?.value ?? null;
  const engine = await measuredOfEngine(store, connectionId, nowMs, quarantine);
  const scored =
    last === undefined ? [] : await measuredInRun(store, connectionId, last.runId, settings.rules);
  const muted = new Set((await mutesAt(store, connectionId, nowMs)).map(({ what }) => what));
  const place = { nowMs, timeZone, muted };
  const found = lookAt(settings, [...engine.measured, ...scored], before, place);
  const counted: AlertState = {
    ...{ rule: QUARANTINE, on: QUARANTINE, subject: ENGINE, firing: null, toldMs: null },
    value: engine.quarantined,
  };
  await store.batch(keepLook(store, connectionId, [...found.states, counted], found.queued), true);
  return found.queued.length;
}

/**
 * What is done after every real run, however it ended: rules look at the last results and at the
 * engine, and what is due is sent. null = the mapping has no rules, or none was ever synced.
 */
export async function alertPass(
  store: Store,
  connection: Pick<ConnectionDocument, 'id' | 'alerts'>,
  deps: ChannelDeps,
): Promise<AlertPass | null> {
  const mapping = await syncedMapping(store, connection.id).catch(() => null);
  if (mapping === null) return null;
  const { settings } = mapping;
  const { alerts, timeZone } = settings;
  if (alerts === undefined || alerts.rules.length === 0) return null;
  const nowMs = deps.nowMs();
  const queued = await look(store, connection.id, alerts, { timeZone, nowMs });
  const delivered = await deliverAlerts({
    ...{ store, connectionId: connection.id, deps },
    runId: (await keptRuns(store, connection.id)).at(-1)?.runId ?? NO_RUN,
    channels: connection.alerts?.channels ?? {},
    speech: speechOf({ ...settings, asOfMs: nowMs }),
  });
  return { queued, ...delivered };
}
