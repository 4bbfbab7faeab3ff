import type { AlertRule, AlertSettings, AlertState, QueuedAlert } from '../../model/alert.ts';
import { peopleOf } from '../../store/alert-names.ts';
import { keptRuns } from '../../store/past-results.ts';
import type { Store } from '../../store/store.ts';
import { planSettings } from '../measure/plan-import.ts';
import { lookAt } from './look.ts';
import { measuredInRun } from './measure.ts';
import { QUARTER_MS } from '../../model/time.ts';

export interface AlertPreview {
  fromMs: number;
  untilMs: number;
  runs: number;
  /** Rules that only the last run could say something of: scores of deals are kept of no other. */
  lastRunOnly: string[];
  owners: { id: string | null; name: string | null; email: string | null; alerts: number }[];
  rules: { rule: string; alerts: number }[];
}

/** What a set of rules would have told over the last quarter, from the scores that are kept. */
export async function previewAlerts(
  store: Store,
  connectionId: string,
  asked: AlertRule[] | null = null,
): Promise<AlertPreview> {
  const { alerts, timeZone } = await planSettings(store, connectionId);
  const rules = asked ?? alerts?.rules ?? [];
  const settings: AlertSettings = { zones: {}, ...alerts, rules };
  const all = await keptRuns(store, connectionId);
  const untilMs = all.at(-1)?.asOfMs ?? 0;
  const runs = all.filter(({ asOfMs }) => asOfMs > untilMs - QUARTER_MS);
  const states = new Map<string, AlertState>();
  const told: QueuedAlert[] = [];
  for (const { runId, asOfMs } of runs) {
    const measured = await measuredInRun(store, connectionId, runId, rules);
    const place = { nowMs: asOfMs, timeZone, muted: new Set<string>() };
    const found = lookAt(settings, measured, [...states.values()], place);
    for (const state of found.states) states.set(`${state.rule} ${state.subject}`, state);
    told.push(...found.queued);
  }
  const by = Map.groupBy(told, ({ recipient }) => recipient);
  const ids = [...by.keys()].filter((id) => id !== null);
  const people = await peopleOf(store, connectionId, ids);
  return {
    ...{ fromMs: runs[0]?.asOfMs ?? untilMs, untilMs, runs: runs.length },
    lastRunOnly: rules.filter(({ on }) => on.startsWith('deal.')).map(({ id }) => id),
    owners: [...by]
      .map(([id, own]) => ({
        id,
        name: people.get(id ?? '')?.name ?? null,
        email: id?.includes('@') === true ? id : (people.get(id ?? '')?.email ?? null),
        alerts: own.length,
      }))
      .toSorted((a, b) => b.alerts - a.alerts || ((a.id ?? '') < (b.id ?? '') ? -1 : 1)),
    rules: rules.map(({ id }) => ({
      rule: id,
      alerts: told.filter(({ rule }) => rule === id).length,
    })),
  };
}
