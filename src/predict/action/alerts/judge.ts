import type { AlertRule, AlertState, AlertWay, Measured } from '../../../model/alert.ts';
import { DAY_MS } from '../../math/time.ts';

/** Of the limit, where the rule names no distance of its own. */
const HYSTERESIS_SHARE = 0.05;

const back = (rule: AlertRule, limit: number): number =>
  rule.hysteresis ?? HYSTERESIS_SHARE * Math.abs(limit);

/** Whether a number stands beyond a limit, given where it stood before. */
function beyond(rule: AlertRule, way: AlertWay, value: number, was: AlertWay | null): boolean {
  const limit = rule[way];
  if (limit === undefined) return false;
  const room = was === way ? back(rule, limit) : 0;
  return way === 'above' ? value >= limit - room : value <= limit + room;
}

export interface Judged {
  state: AlertState;
  /** Where it went, when it is to be told now. */
  told: { way: AlertWay; limit: number } | null;
}

/**
 * A rule on a number: told once when it leaves its limits, again only after it came back by the
 * hysteresis, and at most once in a cooldown whatever it does. `toldMs`: when any rule on this
 * number of this record told last. What a cooldown keeps back is sent after it, if it still
 * holds.
 */
export function judgeAlert(
  rule: AlertRule,
  { subject, value, on }: Measured,
  was: AlertState | null,
  toldMs: number | null,
  nowMs: number,
): Judged {
  const before = was?.firing ?? null;
  const way = (['above', 'below'] as const).find((one) => beyond(rule, one, value, before)) ?? null;
  const kept = { rule: rule.id, on, subject, value, toldMs: was?.toldMs ?? null };
  if (way === null || way === before) return { state: { ...kept, firing: way }, told: null };
  const waiting = toldMs !== null && nowMs - toldMs < rule.cooldownDays * DAY_MS;
  if (waiting) return { state: { ...kept, firing: null }, told: null };
  return {
    state: { ...kept, firing: way, toldMs: nowMs },
    told: { way, limit: rule[way]! },
  };
}
