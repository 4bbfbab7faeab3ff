/**
 * Records that somebody else holds: rows of a transaction that runs elsewhere, and records
 * that wait for an approval.
 */
import type { ObjectDefinition } from '../metadata/definition.ts';
import type { OrgUser, Row, SalesforceFault } from '../org-types.ts';
import type { OrgCore } from './core.ts';
import { fault } from './faults.ts';

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

/** Saving a child locks the parents it belongs to, before and after. */
function touched(object: ObjectDefinition, ...rows: (Row | null)[]): string[] {
  const links = object.fields.filter(
    (field) => field.type === 'reference' && field.cascadeDelete === true,
  );
  return rows
    .flatMap((row) => (row === null ? [] : [row['Id'], ...links.map((field) => row[field.name])]))
    .filter((id) => typeof id === 'string');
}

/**
 * The refusal of a save or deletion, if a record it needs is held; `next` are the
 * cells about to be written.
 */
export function lockFault(
  core: OrgCore,
  user: OrgUser,
  object: ObjectDefinition,
  row: Row | null,
  next: Row | null,
): SalesforceFault | undefined {
  if (!core.locks.any) return undefined;
  const nowMs = core.nowMs();
  const held = touched(object, row, next).find((id) => core.locks.held('row', id, nowMs));
  if (held !== undefined)
    return fault(
      'UNABLE_TO_LOCK_ROW',
      `unable to obtain exclusive access to this record or 1 records: ${held}`,
    );
  const approval =
    typeof row?.['Id'] === 'string' ? core.locks.held('approval', row['Id'], nowMs) : undefined;
  return approval && (approval.admins || !user.admin)
    ? fault(
        'ENTITY_IS_LOCKED',
        'The record you are trying to edit, or one of its related records, is currently being modified by another user. Please try again, or it is locked for approval.',
      )
    : undefined;
}
