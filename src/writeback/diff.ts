import type { CrmValue } from '../model/connector.ts';
import type { CompiledWrite, CompiledWriteField } from '../model/mapping.ts';
import { outputShape } from '../model/outputs.ts';
import type { OutputValues } from './values.ts';
import { atPrecision, type FieldSize, roundHalfAway, sameValue } from './precision.ts';
import { reworded } from './reworded.ts';
import { isDue } from './weekly.ts';

interface FieldChange {
  field: string;
  from: CrmValue;
  to: CrmValue;
}
interface FieldHold {
  field: string;
  from: CrmValue;
  to: CrmValue;
  reason: string;
}
export interface RecordDiff {
  changes: FieldChange[];
  held: FieldHold[];
  unchanged: number;
}

export const HELD = {
  human: 'changed in the CRM since Headwater wrote it',
  putBack:
    'the CRM puts another value in its place after every write: a flow, a workflow or a person does',
  foreign: 'holds a value that Headwater did not write',
  unread: 'the field does not exist yet or is hidden from this user',
  size: 'the value does not fit the field',
  leader: 'waits for its number, which was not written',
  many: 'very many records ceased to be partners or deals at once; raise limits.maxAbsentPercent of the connection to let this through',
} as const;

type Verdict =
  | { kind: 'same' }
  | { kind: 'change'; change: FieldChange }
  | { kind: 'hold'; hold: FieldHold };

/** What our ledger says of a field; undefined = we never wrote it. */
export type LastWritten = (field: string) =>
  | {
      value: CrmValue;
      writtenMs: number;
      restored?: number;
      /** Nobody has saved the record since it was seen to hold the value. */
      untouched?: boolean;
    }
  | undefined;

/**
 * So often a value is written over what somebody put in its place; then a rule of the CRM does that
 * after every write, and writing in every run would only set off people's automations.
 */
const MOST_RESTORED = 2;

/** The field whose number this one explains; null = it stands alone. */
export function leaderOf(write: CompiledWrite, field: string): string | null {
  const output = write.fields.find((one) => one.field === field)?.output;
  const shape = output === undefined ? undefined : outputShape(output);
  const leader = shape?.follows ?? shape?.dates;
  return write.fields.find((one) => one.output === leader)?.field ?? null;
}

/**
 * What to write on one record. `current`: the CRM's values as last read (a missing key = not
 * readable). `lastWritten`: our ledger.
 * A change below the field's threshold is no change; a companion text moves only with
 * its leader, or after it where the leader moved alone, or takes it along where half of its words
 * or more are others, as in another language; a human's value is held unless Headwater owns the
 * field.
 */
export function diffRecord(
  write: CompiledWrite,
  values: OutputValues,
  current: Record<string, CrmValue>,
  lastWritten: LastWritten,
  id = '',
): RecordDiff {
  const diff: RecordDiff = { changes: [], held: [], unchanged: 0 };
  const restated = new Set(
    write.fields.flatMap(({ field, output }) => {
      const leader = outputShape(output)?.follows;
      const other =
        leader !== undefined && reworded(current[field] ?? null, values[output] ?? null);
      return other ? [leader] : [];
    }),
  );
  const leaders = new Map(
    write.fields.map((field) => {
      const exact = restated.has(field.output) ? { ...field, threshold: 0, exact: true } : field;
      return [field.output, judge(exact, values, current, lastWritten)];
    }),
  );
  for (const field of write.fields) {
    const verdict =
      outputShape(field.output)?.dates === undefined
        ? withLeader(write, field, leaders, current, lastWritten, restated)
        : dated(id, field, leaders, current);
    if (verdict.kind === 'change') diff.changes.push(verdict.change);
    else if (verdict.kind === 'hold') diff.held.push(verdict.hold);
    else diff.unchanged++;
  }
  return diff;
}

/**
 * What to take back on a record that has no score any more: a number of last month on a closed deal
 * is no score. Only a value that is still the one we wrote, and only where the mapping says so;
 * what a person typed stays.
 */
export function clearRecord(
  write: CompiledWrite,
  current: Record<string, CrmValue>,
  lastWritten: LastWritten,
): RecordDiff {
  const changes = write.fields.flatMap(({ field, whenGone, crmField }): FieldChange[] => {
    const from = current[field] ?? null;
    const ours = lastWritten(field)?.value;
    return whenGone === 'keep' ||
      crmField === null ||
      ours === undefined ||
      sameValue(from, null) ||
      !sameValue(from, ours)
      ? []
      : [{ field, from, to: null }];
  });
  return { changes, held: [], unchanged: 0 };
}

function withLeader(
  write: CompiledWrite,
  field: CompiledWriteField,
  verdicts: Map<string, Verdict>,
  current: Record<string, CrmValue>,
  lastWritten: LastWritten,
  restated: ReadonlySet<string>,
): Verdict {
  const own = verdicts.get(field.output)!;
  const leader = leaderOf(write, field.field);
  if (leader === null || own.kind !== 'change') return own;
  const leading = outputShape(field.output)!.follows!;
  if (restated.has(leading) && verdicts.get(leading)!.kind !== 'hold') return own;
  const moves = verdicts.get(leading)!.kind;
  // Left behind: it was refused or held when its number was written, and explains the one before.
  const behind =
    moves === 'same' &&
    (lastWritten(leader)?.writtenMs ?? 0) > (lastWritten(field.field)?.writtenMs ?? 0);
  return moves === 'change' || behind || current[field.field] === null ? own : { kind: 'same' };
}

/**
 * The day as of which a number holds. It moves with the number; besides on the record's own day of
 * the week, so that a number that stands is seen to be looked at, and not all records at once.
 * Where the number is held back, so is its day.
 */
function dated(
  id: string,
  field: CompiledWriteField,
  verdicts: Map<string, Verdict>,
  current: Record<string, CrmValue>,
): Verdict {
  const own = verdicts.get(field.output)!;
  if (own.kind !== 'change') return own;
  const leader = verdicts.get(outputShape(field.output)!.dates!)?.kind;
  if (leader === 'hold') return { kind: 'hold', hold: { ...own.change, reason: HELD.leader } };
  const from = current[field.field] ?? null;
  return leader === 'change' || isDue(id, from, own.change.to) ? own : { kind: 'same' };
}

/** A CRM that names no scale of its own holds what the output has, and so will a field to come. */
const scaleOf = ({ crmField, output }: CompiledWriteField): number =>
  crmField?.scale ?? outputShape(output)?.scale ?? 0;

/** What waits for a field that is not there yet, as it will hold it. */
const unread = (field: CompiledWriteField, wanted: CrmValue): Verdict => {
  const to = typeof wanted === 'number' ? roundHalfAway(wanted, scaleOf(field)) : wanted;
  return { kind: 'hold', hold: { field: field.field, from: null, to, reason: HELD.unread } };
};

function judge(
  field: CompiledWriteField & { exact?: boolean },
  values: OutputValues,
  current: Record<string, CrmValue>,
  lastWritten: LastWritten,
): Verdict {
  const from = current[field.field];
  const wanted = values[field.output] ?? null;
  const hold = (reason: string): Verdict => ({
    kind: 'hold',
    hold: { field: field.field, from: from ?? null, to: wanted, reason },
  });
  if (field.crmField === null || from === undefined) return unread(field, wanted);
  const size = { ...field.crmField, scale: scaleOf(field) };
  const to = atPrecision(wanted, size);
  if (to === undefined) return hold(HELD.size);
  const near = (value: CrmValue): boolean => field.exact !== true && withinBand(field, value, to);
  if (sameValue(from, to) || near(from)) return { kind: 'same' };
  const last = lastWritten(field.field);
  if (
    last !== undefined &&
    (last.restored ?? 0) >= MOST_RESTORED &&
    !sameValue(last.value, from) &&
    (sameValue(last.value, to) || near(last.value))
  )
    return hold(HELD.putBack);
  if (field.owner === 'shared') {
    const ours = last?.value;
    if (ours === undefined && from !== null) return hold(HELD.foreign);
    if (last !== undefined && byPerson(last, from, size)) return hold(HELD.human);
  }
  return { kind: 'change', change: { field: field.field, from, to } };
}

/**
 * Set-up changes values and saves no record: neither what it empties on a record that nobody has
 * saved since our value stood there, nor what a smaller field leaves of our number, is a person's.
 */
function byPerson(
  last: NonNullable<ReturnType<LastWritten>>,
  from: CrmValue,
  size: FieldSize,
): boolean {
  if (sameValue(last.value, from) || last.untouched === true) return false;
  const left = atPrecision(last.value, size);
  return left === undefined || !sameValue(left, from);
}

function withinBand(field: CompiledWriteField, from: CrmValue, to: CrmValue): boolean {
  if (typeof from !== 'number' || typeof to !== 'number') return false;
  const relative = (outputShape(field.output)?.relative ?? 0) * Math.abs(from);
  return Math.abs(to - from) < Math.max(field.threshold, relative);
}
