/** Custom objects renamed in their labels, or dropped with their rows and the rights to them. */
import type { ObjectDefinition } from '../metadata/definition.ts';
import type { SaveResult } from '../org-types.ts';
import type { OrgCore } from './core.ts';
import { failed, fault, missingRecord } from './faults.ts';

/** Labels are all that can change of an object itself. */
export function updateObject(
  core: OrgCore,
  name: string,
  changes: Partial<Pick<ObjectDefinition, 'label' | 'labelPlural'>>,
): SaveResult {
  const object = core.schema.object(name);
  if (!object) return failed(missingRecord());
  Object.assign(object, changes);
  core.schema.touch(object.name, core.nowMs());
  return { ok: true, id: core.schema.metadataId(object.name) ?? '', created: false };
}

/** Refused while another object's field points at it. */
export function deleteObject(core: OrgCore, name: string): SaveResult {
  const object = core.schema.object(name);
  if (!object) return failed(missingRecord());
  if (!object.custom)
    return failed(
      fault(
        'INSUFFICIENT_ACCESS_OR_READONLY',
        `${object.name} is a standard object and cannot be deleted`,
      ),
    );
  const from = core.schema.childrenOf(object.name).find(({ child }) => child !== object);
  if (from)
    return failed(
      fault(
        'DELETE_FAILED',
        `This custom object is referenced elsewhere in salesforce.com: Custom Field - ${from.child.name}.${from.field.name}`,
      ),
    );
  const table = core.storage.table(object);
  for (const row of [...table.values()]) core.storage.purge(object, String(row['Id']));
  for (const rights of ['FieldPermissions', 'ObjectPermissions']) {
    const definition = core.must(rights);
    for (const row of [...core.storage.table(definition).values()])
      if (row['SobjectType'] === object.name) core.storage.purge(definition, String(row['Id']));
  }
  const id = core.schema.metadataId(object.name) ?? '';
  for (const field of object.fields) {
    core.storage.dropField(object, field.name);
    core.schema.setMetadataId(`${object.name}.${field.name}`, null);
  }
  core.schema.setMetadataId(object.name, null);
  core.schema.remove(object, core.nowMs());
  return { ok: true, id, created: false };
}
