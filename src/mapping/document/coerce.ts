import { bareText } from '../../model/fold.ts';
import { isEmpty } from '../../model/value.ts';
import type { EntityFieldType, EntityValue, MappedRow, MapReject } from '../../model/entities.ts';
import { provenSign } from '../../model/number-text.ts';
import { dayOfTime, instantOfTime, readTime } from '../../model/text-time.ts';

/** A value, or why it was refused, in words that follow "<entity>.<field>: ". */
export type Coerced =
  | { value: EntityValue; several?: NonNullable<MappedRow['several']>[string]; spelt?: string }
  | { code: MapReject['code']; message: string; input?: string | null };

/**
 * Default size of a long text in Salesforce; longer ones stay whole in the local copy, and a mapped
 * row of them would outgrow a database batch.
 */
const MAX_TEXT = 32_768;
/** No CRM has ids near this; a longer one is a text field mapped by mistake. */
const MAX_REF = 255;
/** Salesforce takes sixteen digits before the point; beyond them a key stuck. */
const MOST_MONEY = 1e16;
/** What a message shows of a value. */
const MAX_SHOWN = 60;

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;
const TRUE = new Set(['true', 'yes', '1']);
const FALSE = new Set(['false', 'no', '0']);

/** A value for a message: short, quoted, on one line. */
export function shown(value: unknown): string {
  const text =
    typeof value === 'string'
      ? value
      : typeof value === 'object' && value !== null
        ? 'an object'
        : String(value);
  const line = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  return JSON.stringify(line);
}

const refused = (code: MapReject['code'], message: string): Coerced => ({ code, message });

function toText(value: unknown, limit: number): Coerced {
  if (typeof value === 'number' && !Number.isFinite(value))
    return refused('range', `${String(value)} is no number a CRM can hold`);
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    return refused('type', `${shown(value)} is not text`);
  const text = String(value);
  if (text.length > limit)
    return refused(
      'range',
      `is ${text.length} characters long, and at most ${limit} are kept; shorten it in the CRM, or map a part of it with \`split\` or \`parse\``,
    );
  return { value: text };
}

function toNumber(value: unknown): Coerced {
  // A text that people typed: nobody says whether its point marks thousands.
  if (typeof value === 'string' && provenSign(value.trim()) === 'doubt')
    return refused('type', `${shown(value)} may have thousands or decimals`);
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && NUMBER.test(value.trim())
        ? Number(value.trim())
        : null;
  if (number === null) return refused('type', `${shown(value)} is not a number`);
  if (!Number.isFinite(number)) return refused('range', `${shown(value)} is no finite number`);
  return { value: number + 0 }; // -0 and 0 are one value in a database
}

function toMoney(value: unknown): Coerced {
  const result = toNumber(value);
  return 'value' in result && Math.abs(Number(result.value)) >= MOST_MONEY
    ? refused('range', `${shown(value)} is more money than any CRM holds`)
    : result;
}

function toBoolean(value: unknown): Coerced {
  if (typeof value === 'boolean') return { value };
  const word =
    typeof value === 'string' || typeof value === 'number'
      ? String(value).trim().toLowerCase()
      : '';
  if (TRUE.has(word)) return { value: true };
  if (FALSE.has(word)) return { value: false };
  return refused('type', `${shown(value)} is neither true nor false`);
}

function toTime(value: unknown, zone: string, kind: 'date' | 'instant'): Coerced {
  const time = typeof value === 'string' ? readTime(value, zone) : null;
  if (time === null)
    return refused(
      'type',
      `${shown(value)} is no date; expected 2026-05-31 or 2026-05-31T09:30:00Z`,
    );
  return { value: kind === 'date' ? dayOfTime(time, zone) : instantOfTime(time, zone) };
}

/**
 * A value as an entity field of `type` wants it: text and ref as text, number and money as finite
 * number, boolean, date `YYYY-MM-DD` (of a date-time: its day in `zone`), instant in epoch ms (of a
 * date: the day's first instant in `zone`). Never throws, never cuts.
 */
export function coerce(value: unknown, type: EntityFieldType, zone: string): Coerced {
  if (isEmpty(value)) return { value: null };
  switch (type) {
    case 'text':
      return toText(value, MAX_TEXT);
    case 'ref':
      return typeof value === 'boolean'
        ? refused('type', `${shown(value)} is not an id`)
        : toText(typeof value === 'string' ? bareText(value) : value, MAX_REF);
    case 'number':
      return toNumber(value);
    case 'money':
      return toMoney(value);
    case 'boolean':
      return toBoolean(value);
    case 'date':
    case 'instant':
      return toTime(value, zone, type);
  }
}
