import type { MemoryField, MemoryFieldInput } from './crm-types.ts';
import { isNumeric } from './values.ts';

export const ID_FIELD = 'Id';
export const CREATED_FIELD = 'CreatedAt';
export const STAMP_FIELD = 'ModifiedAt';

/** A whole field from what was said about it. */
export function toField(input: MemoryFieldInput): MemoryField {
  const calculated = input.calculated ?? false;
  return {
    name: input.name,
    label: input.label ?? input.name,
    type: input.type,
    nativeType: input.type,
    required: false,
    createable: !calculated,
    updateable: !calculated,
    calculated,
    custom: true,
    filterable: true,
    length: input.length ?? null,
    precision: input.precision ?? null,
    scale: input.scale ?? (isNumeric(input.type) && input.precision !== undefined ? 0 : null),
    options: (input.options ?? []).map((value) => ({ value, label: value })),
    optionsRestricted: input.options !== undefined,
    referenceTo: input.to === undefined ? [] : [input.to],
    relationshipName: input.to === undefined ? null : input.name.replace(/_?id$/i, '') || null,
    hidden: input.hidden ?? false,
  };
}

/** What every object has: its key and its two stamps, which only the CRM sets. */
export const systemFields = (): MemoryField[] => [
  { ...toField({ name: ID_FIELD, type: 'id', calculated: true }), custom: false },
  { ...toField({ name: CREATED_FIELD, type: 'datetime', calculated: true }), custom: false },
  { ...toField({ name: STAMP_FIELD, type: 'datetime', calculated: true }), custom: false },
];
