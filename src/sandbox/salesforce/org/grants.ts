/** Rights given by the server itself or by a seeder, as the same rows a client would make. */
import type { OrgCore } from './core.ts';
import { wholeSecond } from './core.ts';
import { serverInsert } from './saving.ts';

export function grantField(
  core: OrgCore,
  permissionSetId: string,
  object: string,
  field: string,
  read: boolean,
  edit: boolean,
): void {
  const cells = {
    ParentId: permissionSetId,
    SobjectType: object,
    Field: `${object}.${field}`,
    PermissionsRead: read,
    PermissionsEdit: edit,
  };
  serverInsert(core, 'FieldPermissions', cells, null, wholeSecond(core.nowMs()));
}

export function grantObject(core: OrgCore, permissionSetId: string, object: string): void {
  serverInsert(
    core,
    'ObjectPermissions',
    {
      ParentId: permissionSetId,
      SobjectType: object,
      PermissionsCreate: true,
      PermissionsRead: true,
      PermissionsEdit: true,
      PermissionsDelete: true,
    },
    null,
    wholeSecond(core.nowMs()),
  );
}
