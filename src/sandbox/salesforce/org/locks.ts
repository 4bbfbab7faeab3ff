/**
 * Records that somebody else holds: rows of a transaction that runs elsewhere, and records
 * that wait for an approval.
 */

export interface RecordLock {
  id: string;
  /**
   * `row`: UNABLE_TO_LOCK_ROW for the record and for whatever is saved below it. `approval`:
   * ENTITY_IS_LOCKED for the record itself.
   */
  kind: 'row' | 'approval';
  /** Epoch ms; null = until it is released. */
  untilMs: number | null;
  /**
   * An approval lock stops administrators too. The vendor lets them edit; a process may still
   * refuse.
   */
  admins: boolean;
}

export class Locks {
  readonly #locks = new Map<string, RecordLock>();

  set(lock: RecordLock): void {
    this.#locks.set(`${lock.kind}/${lock.id}`, lock);
  }

  release(id: string): boolean {
    const row = this.#locks.delete(`row/${id}`);
    return this.#locks.delete(`approval/${id}`) || row;
  }

  get any(): boolean {
    return this.#locks.size > 0;
  }

  held(kind: RecordLock['kind'], id: string, nowMs: number): RecordLock | undefined {
    const lock = this.#locks.get(`${kind}/${id}`);
    return lock && (lock.untilMs === null || lock.untilMs > nowMs) ? lock : undefined;
  }
}
