import type { ConnectorFeatures, CrmObject, CrmRow } from '../../model/connector.ts';
import type { StreamSpec } from '../../model/mapping.ts';
import type { Cursor } from '../../store/cursors.ts';
import { DAY_MS } from '../../model/time.ts';

/**
 * What moves no stamp is brought by a full pass, at the latest so long after the last one.
 * Links decide whose deal it is.
 */
export const ASSOCIATIONS_REFRESH_MS = DAY_MS;
/** Formulas and roll-ups; some depend on the day. */
export const CALCULATED_REFRESH_MS = DAY_MS;
/** A search index that may be later than it usually is hides changes of ordinary fields too. */
export const LATE_INDEX_REFRESH_MS = DAY_MS;

/** What Headwater wrote is looked at again so often: set-up may have emptied it without a stamp. */
export const READ_BACK_MS = DAY_MS;
/** Set-up may change any field's values without a stamp; the rest of the rows waits longer. */
export const SETUP_REFRESH_MS = 7 * DAY_MS;

/** What set-up says of the fields that a stream reads, kept with its cursor. */
export interface SetUp {
  /** Type and size, and when set-up last changed the field, where the CRM tells it. */
  types: Record<string, string>;
  /** Values of a picklist, where the CRM has it. */
  options: Record<string, string[]>;
}

/** Beyond so many values a list is not remembered: it is data rather than set-up. */
const MAX_OPTIONS = 500;

export function setUpOf(stream: StreamSpec, shape: CrmObject | null): SetUp {
  const read = new Set([...stream.fields, ...stream.where.map((term) => term.field)]);
  const fields = (shape?.fields ?? []).filter(({ name }) => read.has(name));
  return {
    types: Object.fromEntries(
      fields.map((field) => [
        field.name,
        [field.nativeType, field.type, field.modifiedMs ?? ''].join(' ').trim(),
      ]),
    ),
    options: Object.fromEntries(
      fields
        .filter(({ options }) => options.length > 0 && options.length <= MAX_OPTIONS)
        .map(({ name, options }) => [name, options.map(({ value }) => value).sort()]),
    ),
  };
}

/**
 * Whether set-up changed what rows hold, which moves none of their stamps: a field was retyped or
 * changed, or a picklist value is there no more, so that records may hold another one in its place.
 * Another value that was added changes no record.
 */
const setUpChanged = (before: SetUp | undefined, now: SetUp): boolean =>
  before !== undefined &&
  (Object.entries(before.types).some(
    ([name, type]) => now.types[name] !== undefined && now.types[name] !== type,
  ) ||
    Object.entries(before.options).some(([name, values]) => {
      const left = new Set(now.options[name] ?? values);
      return values.some((value) => !left.has(value));
    }));

/**
 * `asked`: what the rows were asked for when everything was read. null shape: nothing can be told
 * of the object now, so nothing changed.
 */
export const setUpMoved = (asked: string, stream: StreamSpec, shape: CrmObject | null): boolean =>
  asked !== '' &&
  shape !== null &&
  setUpChanged((JSON.parse(asked) as { setUp?: SetUp }).setUp, setUpOf(stream, shape));

/** How fresh the local copy is; null = the stream has no such values. */
export interface Freshness {
  fieldsMs: number | null;
  associationsMs: number | null;
  calculatedMs: number | null;
}

export const freshnessOf = (cursor: Cursor): Freshness => ({
  fieldsMs: cursor.throughMs,
  associationsMs: cursor.associationsMs,
  calculatedMs: cursor.calculatedMs,
});

/**
 * What of a stream changes without moving its stamp: links and what is reached through them, and
 * what the CRM works out. `linked`: paths that lead away from the record.
 */
export interface Unstamped {
  associations: boolean;
  calculated: boolean;
  linked: string[];
}

export function unstampedOf(stream: StreamSpec, shape: CrmObject | null): Unstamped {
  const own = new Map((shape?.fields ?? []).map((field) => [field.name, field]));
  const linked = stream.fields.filter((name) => !own.has(name));
  // What the filter looks at counts too: a row may leave it, or come into it, without a stamp.
  const filtered = stream.where.map((term) => term.field);
  return {
    associations:
      stream.associations.length > 0 ||
      linked.length > 0 ||
      filtered.some((name) => !own.has(name)),
    calculated: [...stream.fields, ...filtered].some((name) => own.get(name)?.calculated === true),
    linked,
  };
}

/** A read of links that failed leaves them out of the row, or null. */
export const linksUnread = (row: CrmRow, stream: StreamSpec, linked: string[]): boolean =>
  !row.deleted &&
  row.mergedIntoId === null &&
  (linked.some((path) => !Object.hasOwn(row.fields, path)) ||
    stream.associations.some((type) => row.links?.[type] == null));

/**
 * Whether a full pass is due, so long after the last one. Not by what that one brought: links that
 * cannot be read today must not cost a full pass in every run.
 */
export const refreshDue = (
  unstamped: Unstamped,
  features: ConnectorFeatures,
  sinceMs: number,
  written: boolean,
): boolean =>
  (unstamped.associations && sinceMs >= ASSOCIATIONS_REFRESH_MS) ||
  (unstamped.calculated && sinceMs >= CALCULATED_REFRESH_MS) ||
  (!features.settlesSurely && sinceMs >= LATE_INDEX_REFRESH_MS) ||
  sinceMs >= (written ? READ_BACK_MS : SETUP_REFRESH_MS);

/** Only a full pass has seen every row's links and worked-out values. */
export function endedPass(cursor: Cursor, unstamped: Unstamped, unread: boolean): Cursor {
  const whole = cursor.passFromMs === null;
  const stamp = (there: boolean, beforeMs: number | null, brought: boolean): number | null =>
    !there ? null : whole && brought ? cursor.passUntilMs : beforeMs;
  return {
    ...cursor,
    throughMs: cursor.passUntilMs,
    fullMs: whole ? cursor.passUntilMs : cursor.fullMs,
    passFromMs: null,
    passUntilMs: null,
    passNext: null,
    associationsMs: stamp(unstamped.associations, cursor.associationsMs, !unread),
    calculatedMs: stamp(unstamped.calculated, cursor.calculatedMs, true),
  };
}
