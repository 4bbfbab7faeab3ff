/**
 * All records of one object: current versions in id order, past values, lookups by unique
 * properties, and what search can see.
 */
import type { HubRecord, PropertyVersion } from '../model/types.ts';
import { SearchView } from './search-view.ts';

export class RecordTable {
  readonly view = new SearchView();
  readonly #current = new Map<string, HubRecord>();
  /**
   * Ascending, because ids are given out ascending; ids of records merged
   * away stay and are skipped.
   */
  readonly #numbers: number[] = [];
  /** Only properties that changed after their first value have past versions; oldest first. */
  readonly #past = new Map<string, Map<string, PropertyVersion[]>>();
  readonly #lookups = new Map<string, Map<string, string>>();
  /** Loser id -> winner id. */
  readonly #mergedInto = new Map<string, string>();

  get size(): number {
    return this.#current.size;
  }

  get(id: string): HubRecord | null {
    return this.#current.get(id) ?? null;
  }

  /**
   * The id under which a merged-away id lives on, through all later merges; null when
   * the id was never merged away.
   */
  mergedInto(id: string): string | null {
    let at = this.#mergedInto.get(id);
    while (at !== undefined && this.#mergedInto.has(at)) at = this.#mergedInto.get(at);
    return at ?? null;
  }

  all(): Iterable<HubRecord> {
    return this.#current.values();
  }

  /** Up to `limit` records with an id above `afterNumber`, ascending. */
  page(afterNumber: number, limit: number, archived: boolean): HubRecord[] {
    const found: HubRecord[] = [];
    for (
      let i = firstAbove(this.#numbers, afterNumber);
      i < this.#numbers.length && found.length < limit;
      i++
    ) {
      const record = this.#current.get(String(this.#numbers[i]));
      if (record !== undefined && (record.archivedMs !== null) === archived) found.push(record);
    }
    return found;
  }

  /**
   * Stores a version. `changed` are past values to keep, made by the writer; search sees the
   * version from `visibleAtMs`.
   */
  put(record: HubRecord, visibleAtMs: number | null): void {
    const before = this.#current.get(record.id);
    if (before === undefined) this.#numbers.push(record.number);
    this.#current.set(record.id, record);
    for (const [name, ids] of this.#lookups) this.#relink(name, ids, before ?? null, record);
    this.view.put(record.id, record, visibleAtMs);
  }

  /** Takes a record that was merged away out of everything but the memory of where it went. */
  mergeAway(id: string, winnerId: string, visibleAtMs: number | null): void {
    const before = this.#current.get(id);
    if (before === undefined) return;
    this.#drop(before);
    this.#mergedInto.set(id, winnerId);
    this.view.put(id, null, visibleAtMs);
  }

  #drop({ id, values }: HubRecord): void {
    this.#current.delete(id);
    this.#past.delete(id);
    for (const [name, ids] of this.#lookups) {
      const value = values[name];
      if (value !== undefined && ids.get(value.toLowerCase()) === id)
        ids.delete(value.toLowerCase());
    }
  }

  /** Takes a record out for good: no list, no archive and no history shows it any more. */
  purge(id: string, visibleAtMs: number | null): void {
    const before = this.#current.get(id);
    if (before === undefined) return;
    this.#drop(before);
    this.view.put(id, null, visibleAtMs);
  }

  /** The live record whose unique property has this value (without regard to case). */
  lookup(name: string, value: string): HubRecord | null {
    let ids = this.#lookups.get(name);
    if (ids === undefined) {
      ids = new Map();
      for (const record of this.#current.values()) this.#relink(name, ids, null, record);
      this.#lookups.set(name, ids);
    }
    const id = ids.get(value.toLowerCase());
    return id === undefined ? null : this.get(id);
  }

  #relink(
    name: string,
    ids: Map<string, string>,
    before: HubRecord | null,
    after: HubRecord,
  ): void {
    const old = before?.values[name]?.toLowerCase();
    const now = after.archivedMs === null ? after.values[name]?.toLowerCase() : undefined;
    if (old !== undefined && old !== now && ids.get(old) === after.id) ids.delete(old);
    if (now !== undefined) ids.set(now, after.id);
  }

  /** Every version of a property, newest first; a cleared property shows as an empty value. */
  history(record: HubRecord, name: string): PropertyVersion[] {
    const past = this.#past.get(record.id)?.get(name);
    if (past !== undefined) return [...past].reverse();
    const value = record.values[name];
    return value === undefined ? [] : [{ value, atMs: record.createdMs, source: record.origin }];
  }

  /** Notes a change of a property, before the new version is put. */
  remember(before: HubRecord, name: string, version: PropertyVersion): void {
    let properties = this.#past.get(before.id);
    if (properties === undefined) this.#past.set(before.id, (properties = new Map()));
    const versions = properties.get(name);
    if (versions !== undefined) {
      versions.push(version);
      return;
    }
    const first = before.values[name];
    properties.set(
      name,
      first === undefined
        ? [version]
        : [{ value: first, atMs: before.createdMs, source: before.origin }, version],
    );
  }
}

function firstAbove(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
