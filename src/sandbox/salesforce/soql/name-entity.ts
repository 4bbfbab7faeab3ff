/**
 * `Name`: the entity through which Salesforce shows the target of a polymorphic relationship. Only
 * these fields can be reached on it.
 */
import type { FieldDefinition, FieldType } from '../metadata/definition.ts';

function field(name: string, type: FieldType): FieldDefinition {
  return {
    name,
    label: name,
    type,
    nillable: true,
    createable: false,
    updateable: false,
    filterable: true,
    sortable: true,
    groupable: true,
    permissionable: false,
    defaultedOnCreate: false,
    custom: false,
  };
}

/** `Owner.Profile.Name` goes on from here. */
function link(name: string, target: string): FieldDefinition {
  return { ...field(name, 'reference'), referenceTo: [target], relationshipName: target };
}

export const NAME_ENTITY = 'Name';

export const NAME_FIELDS: readonly FieldDefinition[] = [
  field('Id', 'id'),
  field('Name', 'string'),
  field('Type', 'picklist'),
  field('FirstName', 'string'),
  field('LastName', 'string'),
  field('MiddleName', 'string'),
  field('Suffix', 'string'),
  field('Title', 'string'),
  field('Email', 'email'),
  field('Phone', 'phone'),
  field('Username', 'string'),
  field('Alias', 'string'),
  field('IsActive', 'boolean'),
  link('UserRoleId', 'UserRole'),
  link('ProfileId', 'Profile'),
  link('RecordTypeId', 'RecordType'),
  field('NameOrAlias', 'string'),
  field('LastViewedDate', 'datetime'),
  field('LastReferencedDate', 'datetime'),
];
