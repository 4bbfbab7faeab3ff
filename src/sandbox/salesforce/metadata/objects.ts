/** Builds an object definition from what differs from the ordinary business object. */
import type { FieldDefinition, ObjectDefinition } from './definition.ts';

type Abilities = Pick<
  ObjectDefinition,
  | 'createable'
  | 'updateable'
  | 'deletable'
  | 'undeletable'
  | 'queryable'
  | 'replicateable'
  | 'retrieveable'
  | 'searchable'
  | 'layoutable'
  | 'mergeable'
  | 'triggerable'
>;

/** Records that users create and edit. */
export const BUSINESS: Abilities = {
  createable: true,
  updateable: true,
  deletable: true,
  undeletable: true,
  queryable: true,
  replicateable: true,
  retrieveable: true,
  searchable: true,
  layoutable: true,
  mergeable: false,
  triggerable: true,
};
/** Join and role records: editable, not searchable, not restorable by themselves. */
export const JUNCTION: Abilities = { ...BUSINESS, undeletable: false, searchable: false };
/** Rows the server writes and clients only read. */
export const READ_ONLY: Abilities = {
  createable: false,
  updateable: false,
  deletable: false,
  undeletable: false,
  queryable: true,
  replicateable: true,
  retrieveable: true,
  searchable: false,
  layoutable: false,
  mergeable: false,
  triggerable: false,
};
/** Configuration that clients may write: permission sets and the like. */
export const SETUP: Abilities = {
  ...READ_ONLY,
  createable: true,
  updateable: true,
  deletable: true,
  replicateable: false,
};

export function objectDefinition(
  name: string,
  keyPrefix: string,
  label: string,
  labelPlural: string,
  abilities: Abilities,
  fields: FieldDefinition[],
  more: Partial<ObjectDefinition> = {},
): ObjectDefinition {
  return { name, label, labelPlural, keyPrefix, custom: false, ...abilities, fields, ...more };
}
