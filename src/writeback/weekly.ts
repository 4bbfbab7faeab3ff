import type { CrmValue } from '../model/connector.ts';
import { DAY_MS } from '../model/time.ts';

const WEEK_DAYS = 7;

const dayNumber = (value: CrmValue): number | null => {
  const ms = typeof value === 'string' ? Date.parse(`${value.slice(0, 10)}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(ms) ? null : Math.floor(ms / DAY_MS);
};

/** FNV-1a: spreads ids over the days of the week, the same on every machine. */
function slotOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193) >>> 0;
  return hash % WEEK_DAYS;
}

/**
 * Whether a day that stands since `from` is to be written again on the day `to`: once the record's
 * own day of the week has come since, thus after seven days at the latest.
 */
export function isDue(id: string, from: CrmValue, to: CrmValue): boolean {
  const [last, today] = [dayNumber(from), dayNumber(to)];
  if (today === null) return false;
  if (last === null) return true;
  const ownDay = today - ((((today - slotOf(id)) % WEEK_DAYS) + WEEK_DAYS) % WEEK_DAYS);
  return last < ownDay;
}
