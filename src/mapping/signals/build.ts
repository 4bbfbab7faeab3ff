import { canonicalJson } from '../../model/canonical.ts';
import { firstGuesses, nearest } from '../../model/nearest.ts';
import {
  signalKindOf,
  TWO_OF_A_KEY,
  type SignalInput,
  type SignalKind,
  type SignalKinds,
} from '../../model/signals.ts';
import { instantOfTime, readTime } from '../../model/text-time.ts';
import { partnerFault, partnerIndex, type NamedPartner } from '../partner-index.ts';

/** Clocks of other systems, and days that began earlier elsewhere, run at most this far ahead. */
const AHEAD_MS = 24 * 60 * 60 * 1000;
/** Farther back no partner programme of today reaches; a date is a slip of the keyboard. */
const FIRST_MS = Date.UTC(1990, 0, 1);
/** What a person reads of a value that was refused. */
const SHOWN_CHARACTERS = 60;

/** A signal that may be kept: its partner found, its kind known, its value in the kind's unit. */
export interface BuiltSignal {
  key: string;
  /** Account that deals name as partner. */
  partnerId: string;
  kind: string;
  atMs: number;
  value: number;
}

/** One that was refused, with what was sent. */
export interface RefusedSignal {
  key: string;
  field: 'key' | 'partner' | 'kind' | 'at' | 'value' | 'unit';
  code: string;
  message: string;
  cure: string;
  input: SignalInput;
}

export interface SignalSettings {
  kinds: SignalKinds;
  /** A moment without an offset is in it. */
  timeZone: string;
  nowMs: number;
}

type Fault = Pick<RefusedSignal, 'field' | 'code' | 'message' | 'cure'>;
const shown = (text: string): string => JSON.stringify(text.slice(0, SHOWN_CHARACTERS));

/**
 * Sorts signals into those that may be kept and those that are refused, both by key: in whatever
 * order they came, the outcome is the same. One that is there twice counts once; two different
 * ones under one key are both refused.
 */
export function buildSignals(
  input: readonly SignalInput[],
  partners: readonly NamedPartner[],
  settings: SignalSettings,
): { signals: BuiltSignal[]; refused: RefusedSignal[] } {
  const find = partnerIndex(partners);
  const names = partners.map((partner) => partner.name);
  const near = firstGuesses((words) => nearest(words, names));
  const signals: BuiltSignal[] = [];
  const refused: RefusedSignal[] = [];
  const byKey = Map.groupBy(input, (one) => one.key);
  for (const key of [...byKey.keys()].sort()) {
    const versions = new Map(byKey.get(key)!.map((one) => [canonicalJson(one), one]));
    const one = versions.get([...versions.keys()].sort()[0]!)!;
    if (versions.size > 1) {
      const message = `${versions.size} different signals have the key ${shown(key)}`;
      const cure = 'Give each its own key; the same signal sent again keeps its key.';
      refused.push({ key, field: 'key', code: TWO_OF_A_KEY, message, cure, input: one });
      continue;
    }
    const found = find(one.partner);
    const partner = partnerFault(one.partner, found, near);
    const read =
      partner === null ? readSignal(one, settings) : ({ field: 'partner', ...partner } as const);
    if ('code' in read) refused.push({ key, ...read, input: one });
    else signals.push({ key, partnerId: found[0]!.accountId ?? found[0]!.id, ...read });
  }
  return { signals, refused };
}

/** Its kind, moment and value, or the first thing that is wrong with it. */
function readSignal(
  one: SignalInput,
  { kinds, timeZone, nowMs }: SignalSettings,
): Omit<BuiltSignal, 'key' | 'partnerId'> | Fault {
  const kind = signalKindOf(one.kind, kinds);
  if (kind === null) return unknownKind(one.kind, kinds);
  const atMs = momentOf(one.at, timeZone);
  if (atMs === null || atMs < FIRST_MS)
    return {
      field: 'at',
      code: 'NOT_A_DATE',
      message: `${shown(one.at)} is no date`,
      cure: 'Write YYYY-MM-DD, or an ISO 8601 moment such as 2026-11-29T09:30:00Z.',
    };
  if (atMs > nowMs + AHEAD_MS)
    return {
      field: 'at',
      code: 'FUTURE',
      message: `it lies in the future: ${shown(one.at)}`,
      cure: 'Send what has happened; what is planned belongs in a joint plan.',
    };
  const { unit } = kinds.get(kind)!;
  const fault = valueFault(one, unit);
  return fault ?? { kind, atMs, value: one.value ?? 1 };
}

function unknownKind(words: string, kinds: SignalKinds): Fault {
  const meant = nearest(words, [...kinds.keys()]);
  return {
    field: 'kind',
    code: 'UNKNOWN_KIND',
    message: `nobody declared the kind ${shown(words)}`,
    cure: `${meant === null ? '' : `Did you mean ${meant}? `}Kinds: headwater signal list; more are declared under settings.signals of the mapping.`,
  };
}

function momentOf(text: string, timeZone: string): number | null {
  const time = readTime(text, timeZone);
  return time === null ? null : instantOfTime(time, timeZone);
}

/** Greatest value of a unit that has one. */
const MOST: Partial<Record<SignalKind['unit'], number>> = { share: 1, score: 100 };

function valueFault({ value, unit: said }: SignalInput, unit: SignalKind['unit']): Fault | null {
  if (said !== undefined && said !== unit)
    return {
      field: 'unit',
      code: 'UNIT',
      message: `it is given in ${said}, and the kind is measured in ${unit}`,
      cure: 'Send it in the unit of its kind, or declare another kind for it.',
    };
  if (value === undefined)
    return unit === 'count'
      ? null
      : {
          field: 'value',
          code: 'NO_VALUE',
          message: `a signal in ${unit} needs a value`,
          cure: 'Send a number.',
        };
  const most = MOST[unit] ?? Number.MAX_SAFE_INTEGER;
  if (Number.isFinite(value) && value >= 0 && value <= most) return null;
  return {
    field: 'value',
    code: 'RANGE',
    message: `${value} lies outside 0 to ${most}, the range of a ${unit}`,
    cure: unit === 'share' ? 'Write 45 % as 0.45.' : 'Send a number within it.',
  };
}
