/** Times on Salesforce's wire. */
import { fault } from './faults.ts';

/** `2026-05-01T07:25:37.000+0000`: whole seconds, no colon in the offset. */
export function dateTimeText(ms: number): string {
  return `${new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 19)}.000+0000`;
}

/** The form Bulk result files use: `2026-05-01T07:25:37.000Z`. */
export function bulkDateTimeText(ms: number): string {
  return `${new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 19)}.000Z`;
}

const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Epoch ms of a date-time as clients send it (zone optional, `+0000` and `+00:00`, date
 * alone); null when it is none.
 */
function parseDateTime(text: string): number | null {
  const found = DATE_TIME.exec(text.trim());
  if (found === null) return null;
  const [, day, time = '00:00:00', zone = 'Z'] = found;
  const offset = zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const ms = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}${offset}`);
  return Number.isNaN(ms) ? null : ms;
}

/**
 * A date-time query parameter that must be there. A `+` that was not escaped arrives as a
 * blank and is taken for one.
 */
export function dateTimeParameter(name: string, value: string | undefined): number {
  if (value === undefined)
    throw fault(400, 'MISSING_ARGUMENT', `The required parameter ${name} is missing`);
  const ms = parseDateTime(value.replace(/ (?=\d{2}:?\d{2}$)/, '+'));
  if (ms === null)
    throw fault(400, 'INVALID_REPLICATION_DATE', `Invalid date for ${name}: ${value}`);
  return ms;
}
