import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import type { Org, OrgUser } from '../org-types.ts';

export function globalEntry(object: ObjectDefinition, base: string): Record<string, unknown> {
  const { fields: _fields, recordTypes: _types, ...rest } = object;
  return { ...rest, urls: { sobject: `${base}/sobjects/${object.name}`, describe: `${base}/sobjects/${object.name}/describe`, rowTemplate: `${base}/sobjects/${object.name}/{ID}` } };
}

export function describeObject(org: Org, user: OrgUser, object: ObjectDefinition, base: string): Record<string, unknown> {
  const field = (one: FieldDefinition) => ({ ...one, length: one.length ?? 0, precision: one.precision ?? 0, scale: one.scale ?? 0, calculated: one.calculated ?? false, externalId: one.externalId ?? false, idLookup: one.idLookup ?? false, unique: one.unique ?? false, referenceTo: one.referenceTo ?? [], relationshipName: one.relationshipName ?? null, picklistValues: one.picklist ?? [], restrictedPicklist: one.restrictedPicklist ?? false, deprecatedAndHidden: false, updateable: org.canEdit(user, object, one) && one.updateable, createable: org.canEdit(user, object, one) && one.createable });
  return { ...globalEntry(object, base), fields: org.visibleFields(user, object).map(field), childRelationships: [], recordTypeInfos: [], sobjectDescribeOption: 'FULL' };
}
