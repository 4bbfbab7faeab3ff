/** What was deleted and when: the recycle bin and the log that getDeleted reads. */

const DAY_MS = 86_400_000;
/** Binned rows can be brought back for this long; afterwards they are gone for good. */
export const BIN_DAYS = 15;

/** A lookup that was emptied because its target was deleted; undelete fills it again. */
export interface ClearedLookup {
  object: string;
  id: string;
  field: string;
  value: string;
}

export interface BinEntry {
  object: string;
  id: string;
  deletedMs: number;
  /** The record whose deletion took this one along; undelete brings all of a group back. */
  groupId: string;
  cleared: ClearedLookup[];
  /** Purged from the bin: only getDeleted still knows it. */
  hard: boolean;
}

export class RecycleBin {
  readonly #entries = new Map<string, BinEntry>();

  put(entry: BinEntry): void {
    this.#entries.delete(entry.id);
    this.#entries.set(entry.id, entry);
  }

  get(id: string): BinEntry | undefined {
    return this.#entries.get(id);
  }

  take(id: string): BinEntry | undefined {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    return entry;
  }

  group(groupId: string): BinEntry[] {
    return [...this.#entries.values()].filter((entry) => entry.groupId === groupId);
  }

  /** Deletions of an object in [startMs, endMs), oldest first. */
  deleted(object: string, startMs: number, endMs: number): BinEntry[] {
    return [...this.#entries.values()]
      .filter(
        (entry) => entry.object === object && entry.deletedMs >= startMs && entry.deletedMs < endMs,
      )
      .sort((a, b) => a.deletedMs - b.deletedMs || (a.id < b.id ? -1 : 1));
  }

  earliestMs(object: string): number | undefined {
    let earliest: number | undefined;
    for (const entry of this.#entries.values())
      if (entry.object === object && (earliest === undefined || entry.deletedMs < earliest))
        earliest = entry.deletedMs;
    return earliest;
  }

  /** Entries whose time in the bin is over; the log forgets them with the rows. */
  expired(nowMs: number): BinEntry[] {
    const before = nowMs - BIN_DAYS * DAY_MS;
    return [...this.#entries.values()].filter((entry) => entry.deletedMs < before);
  }
}
