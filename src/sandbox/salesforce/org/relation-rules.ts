/** Rows that say who and what an activity is with, kept in step with its own two links. */
import type { Row } from '../org-types.ts';
import type { OrgCore } from './core.ts';
import { serverInsert } from './saving.ts';
import type { Saving } from './saving.ts';

/** The links of an activity; `WhatId` is the one to a deal or an account. */
const LINKS = [
  ['WhoId', false],
  ['WhatId', true],
] as const;

/**
 * After an activity's save: its `WhoId` and `WhatId` have a relation row each,
 * and links it lost have none.
 */
export function relate(
  saving: Saving,
  row: Row,
  relation: 'TaskRelation' | 'EventRelation',
  link: 'TaskId' | 'EventId',
): void {
  const { core } = saving;
  const object = core.schema.object(relation);
  if (!object || !LINKS.some(([name]) => changed(saving, name))) return;
  for (const [name, isWhat] of LINKS) {
    const [before, now] = [saving.previous?.[name] ?? null, row[name] ?? null];
    if (before === now) continue;
    const rows = saving.previous === null ? [] : core.rowsBy(object, link, String(row['Id']));
    for (const old of rows.filter(
      (one) => one['RelationId'] === before && one['IsWhat'] === isWhat,
    ))
      core.storage.purge(object, String(old['Id']));
    if (now === null || rows.some((one) => one['RelationId'] === now)) continue;
    serverInsert(
      core,
      relation,
      {
        [link]: row['Id'] ?? null,
        RelationId: now,
        IsWhat: isWhat,
        AccountId: accountOf(core, now),
        ...(relation === 'EventRelation'
          ? { IsParent: true, IsInvitee: false, Status: 'New' }
          : {}),
      },
      saving.user.id,
      saving.atMs,
    );
  }
}

const changed = ({ previous, changes }: Saving, name: string): boolean =>
  previous === null || changes[name] !== undefined;

function accountOf(core: OrgCore, id: Row[string]): Row[string] {
  const found = typeof id === 'string' ? core.find(id) : undefined;
  return found?.object.name === 'Account'
    ? (found.row['Id'] ?? null)
    : (found?.row['AccountId'] ?? null);
}
