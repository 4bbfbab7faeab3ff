import { DAY_MS } from './time.ts';

/**
 * Days and instants in an IANA time zone, from the zone tables that the runtime
 * carries (Intl); no clock is read.
 */

/**
 * Intl formatters are slow to build and the same for ever, so one a zone is kept; the
 * number of zones bounds the map.
 */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** Whether the runtime knows this zone name. */
export function isZone(zone: string): boolean {
  if (zone === 'UTC') return true;
  try {
    formatterOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** Local wall time at an instant, written as if it were UTC (epoch ms, whole seconds). */
function wallMs(atMs: number, zone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(atMs)) part[type] = Number(value);
  return Date.UTC(
    part['year'] ?? 0,
    (part['month'] ?? 1) - 1,
    part['day'] ?? 1,
    part['hour'] ?? 0,
    part['minute'] ?? 0,
    part['second'] ?? 0,
  );
}

/** How far the wall clock of a zone is ahead of UTC. Throws RangeError for an unknown zone. */
export const offsetMs = (atMs: number, zone: string): number =>
  // The zone of most organisations' reports; asking the platform for it costs a hundred times more.
  zone === 'UTC' ? 0 : wallMs(atMs, zone) - Math.floor(atMs / 1000) * 1000;

/** `YYYY-MM-DD` of an instant in the zone. */
export function dayOf(atMs: number, zone: string): string {
  return new Date(Math.floor(atMs / 1000) * 1000 + offsetMs(atMs, zone)).toISOString().slice(0, 10);
}

/**
 * Instant of a local wall time (given as if it were UTC, epoch ms). Of two instants with the same
 * wall time the earlier is meant; a wall time that a clock change skips is read with the offset
 * before the change, so a skipped midnight gives the day's first instant.
 */
export function instantOf(wall: number, zone: string): number {
  if (zone === 'UTC') return wall;
  const before = offsetMs(wall - DAY_MS, zone);
  const after = offsetMs(wall + DAY_MS, zone);
  const candidates = [wall - before, wall - after].sort((a, b) => a - b);
  return candidates.find((atMs) => atMs + offsetMs(atMs, zone) === wall) ?? wall - before;
}
