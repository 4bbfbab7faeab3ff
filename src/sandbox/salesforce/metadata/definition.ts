/**
 * Compact definitions of objects and fields; `describe.ts` expands them to the full recorded shape.
 */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'picklist'
  | 'multipicklist'
  | 'combobox'
  | 'reference'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'time'
  | 'phone'
  | 'url'
  | 'email'
  | 'encryptedstring'
  | 'base64'
  | 'anyType'
  | 'address'
  | 'location';

export interface PicklistValue {
  value: string;
  label: string;
  active: boolean;
  defaultValue: boolean;
  validFor?: string | null;
}

/**
 * `link` is the child's reference to this object; `where` keeps only children
 * whose field has the value.
 */
interface RollupDefinition {
  child: string;
  link: string;
  operation: 'count' | 'sum' | 'min' | 'max';
  field?: string;
  where?: { field: string; equals: string | number | boolean };
}

export interface FieldDefinition {
  name: string;
  label: string;
  type: FieldType;
  length?: number;
  precision?: number;
  scale?: number;
  /** Prefix of the managed package that brought the field; it is part of `name`. */
  namespace?: string;
  nillable: boolean;
  createable: boolean;
  updateable: boolean;
  filterable: boolean;
  sortable: boolean;
  groupable: boolean;
  permissionable: boolean;
  defaultedOnCreate: boolean;
  custom: boolean;
  externalId?: boolean;
  unique?: boolean;
  idLookup?: boolean;
  caseSensitive?: boolean;
  nameField?: boolean;
  autoNumber?: boolean;
  calculated?: boolean;
  /** Formula source text for calculated custom fields. */
  formula?: string;
  picklist?: PicklistValue[];
  restrictedPicklist?: boolean;
  controllerName?: string;
  referenceTo?: string[];
  relationshipName?: string;
  /** Name of the child list on the parent. */
  childRelationshipName?: string;
  cascadeDelete?: boolean;
  restrictedDelete?: boolean;
  polymorphic?: boolean;
  compoundFieldName?: string;
  extraTypeInfo?: string;
  inlineHelpText?: string;
  description?: string;
  defaultValue?: string | number | boolean | null;
  /** A roll-up summary over child rows, kept by the server. */
  rollup?: RollupDefinition;
  htmlFormatted?: boolean;
  encrypted?: boolean;
  /** Of Shield: equal values look alike (`deterministic`), or no two of them do. */
  encryption?: 'probabilistic' | 'deterministic';
  /** Of classic encryption: what users without the right read (`all`, `lastFour`, …). */
  maskType?: string;
  maskChar?: 'asterisk' | 'X';
}

export interface ObjectDefinition {
  name: string;
  label: string;
  labelPlural: string;
  /** Three-character id prefix. */
  keyPrefix: string;
  custom: boolean;
  createable: boolean;
  updateable: boolean;
  deletable: boolean;
  undeletable: boolean;
  queryable: boolean;
  replicateable: boolean;
  retrieveable: boolean;
  searchable: boolean;
  layoutable: boolean;
  mergeable: boolean;
  triggerable: boolean;
  fields: FieldDefinition[];
  recordTypes?: {
    id: string;
    developerName: string;
    name: string;
    default: boolean;
    active: boolean;
  }[];
}
