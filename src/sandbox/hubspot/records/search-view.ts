/** What search sees of an object's records: their last versions, some of them late. */
import type { HubRecord } from '../model/types.ts';

interface Pending {
  id: string;
  record: HubRecord | null;
  visibleAtMs: number;
}

export class SearchView {
  readonly #visible = new Map<string, HubRecord>();
  /**
   * In order of arrival; a lag that was changed in between can make a later one visible first,
   * never an older version last.
   */
  #pending: Pending[] = [];
  #version = 0;

  /** A new version (null = gone), seen from `visibleAtMs`; null = at once. */
  put(id: string, record: HubRecord | null, visibleAtMs: number | null): void {
    if (visibleAtMs !== null) this.#pending.push({ id, record, visibleAtMs });
    else {
      // A version that is seen at once must not be overwritten by an older one
      // that was still on its way.
      if (this.#pending.length > 0) this.#pending = this.#pending.filter((one) => one.id !== id);
      this.#show(id, record);
    }
  }

  #show(id: string, record: HubRecord | null): void {
    if (record === null || record.archivedMs !== null) this.#visible.delete(id);
    else this.#visible.set(id, record);
    this.#version += 1;
  }

  /** Lets in what is due. Returns a number that changes whenever what is seen does. */
  settle(nowMs: number): number {
    if (this.#pending.length === 0) return this.#version;
    const waiting: Pending[] = [];
    const held = new Set<string>();
    for (const one of this.#pending) {
      if (one.visibleAtMs > nowMs || held.has(one.id)) {
        waiting.push(one);
        held.add(one.id);
      } else this.#show(one.id, one.record);
    }
    this.#pending = waiting;
    return this.#version;
  }

  records(): Iterable<HubRecord> {
    return this.#visible.values();
  }
}
