/** Saves and deletions that a held record refuses. */
import type { ObjectDefinition } from '../metadata/definition.ts';
import type { Row, OrgUser, SalesforceFault } from '../org-types.ts';
import type { OrgCore } from './core.ts';
import { fault } from './faults.ts';

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
