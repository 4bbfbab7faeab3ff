import {
  ENGINE_MEASURES,
  type AlertRule,
  type AlertSettings,
  type AlertState,
  type AlertWay,
  type Measured,
  type QueuedAlert,
} from '../../model/alert.ts';
import { alertDue, judgeAlert } from '../../predict/index.ts';

/** What is muted: `rule:ID` or a subject. */
type Muted = ReadonlySet<string>;

export interface Look {
  states: AlertState[];
  queued: QueuedAlert[];
}

const NO_ZONES: AlertSettings['zones'] = {};
const keyOf = (rule: string, subject: string): string => `${rule} ${subject}`;
const isOfEngine = ({ on }: AlertRule): boolean => Object.hasOwn(ENGINE_MEASURES, on);

interface Place {
  nowMs: number;
  /** Of everybody who has none of their own. */
  timeZone: string;
  muted: Muted;
}

/** To whom a rule tells of a record: whom it names, else its owner, else whoever reads along. */
const recipientsOf = (rule: AlertRule, { ownerId }: Measured): (string | null)[] =>
  rule.to === undefined || rule.to.length === 0 ? [ownerId] : rule.to;

function queuedOf(
  rule: AlertRule,
  measured: Measured,
  { way, limit, lastMs }: { way: AlertWay; limit: number; lastMs: number | null },
  settings: AlertSettings,
  { nowMs, timeZone }: Place,
): QueuedAlert[] {
  const { on, subject, ownerId, value } = measured;
  // By what was told before, not by the clock: two looks at once queue one alert.
  const after = `${lastMs ?? 'first'} ${rule.id} ${on} ${subject} ${way}`;
  return rule.channels.flatMap((channel) =>
    recipientsOf(rule, measured).map((recipient) => ({
      ...{ key: `${after} ${channel} ${recipient ?? ''}`, rule: rule.id, way, limit },
      ...{ on, subject, ownerId, value, channel, recipient, atMs: nowMs },
      dueMs: alertDue(
        nowMs,
        // The engine's own trouble does not wait for the morning.
        isOfEngine(rule) ? {} : settings,
        (settings.zones ?? NO_ZONES)[recipient ?? ''] ?? timeZone,
        rule.digest,
      ),
      digest: rule.digest !== undefined,
    })),
  );
}

/** When any rule told last of a number of a record. */
function toldBefore(states: Iterable<AlertState>): Map<string, number> {
  const told = new Map<string, number>();
  for (const { on, subject, toldMs } of states)
    if (toldMs !== null)
      told.set(keyOf(on, subject), Math.max(toldMs, told.get(keyOf(on, subject)) ?? 0));
  return told;
}

/** Every rule on every number: where it stands now, and what it has to tell. */
export function lookAt(
  settings: AlertSettings,
  measured: readonly Measured[],
  before: readonly AlertState[],
  place: Place,
): Look {
  const was = new Map(before.map((state) => [keyOf(state.rule, state.subject), state]));
  const told = toldBefore(before);
  const look: Look = { states: [], queued: [] };
  const by = Map.groupBy(measured, ({ on }) => on);
  for (const rule of settings.rules) {
    if (place.muted.has(`rule:${rule.id}`)) continue;
    for (const one of by.get(rule.on) ?? []) {
      if (place.muted.has(one.subject)) continue;
      const key = keyOf(one.on, one.subject);
      const held = was.get(keyOf(rule.id, one.subject)) ?? null;
      // A rule that watches another number now has told nothing of it yet.
      const state = held === null || held.on === one.on ? held : { ...held, firing: null };
      const judged = judgeAlert(rule, one, state, told.get(key) ?? null, place.nowMs);
      look.states.push(judged.state);
      if (judged.told === null) continue;
      told.set(key, place.nowMs);
      const now = { ...judged.told, lastMs: state?.toldMs ?? null };
      look.queued.push(...queuedOf(rule, one, now, settings, place));
    }
  }
  return look;
}
