/**
 * What an administrator's change of a field does to the values that records hold: a type that
 * converts them, a picklist value replaced by another, a field emptied. None of it moves a stamp.
 */
import * as z from 'zod';
import type { FieldDefinition } from '../metadata/definition.ts';
import type { Cell, SaveResult } from '../org-types.ts';
import { coerce, roundHalfUp } from './coerce.ts';
import type { OrgCore } from './core.ts';
import { updateField } from './customize.ts';

const name = z.string().min(1);
export const valueChanges = [
  z.strictObject({
    op: z.literal('retypeField'),
    object: name,
    field: name,
    type: z.enum(['string', 'picklist', 'textarea', 'int', 'double', 'currency', 'percent']),
    length: z.number().int().min(1).optional(),
    precision: z.number().int().min(1).optional(),
    scale: z.number().int().min(0).optional(),
  }),
  z.strictObject({
    op: z.literal('replaceValue'),
    object: name,
    field: name,
    value: name,
    with: z.string().nullable(),
  }),
  z.strictObject({ op: z.literal('emptyField'), object: name, field: name }),
] as const;
export type ValueChange = z.infer<(typeof valueChanges)[number]>;

/** Throws RangeError where the org has no such object or field. */
export function changeValues(core: OrgCore, one: ValueChange): SaveResult {
  const object = core.schema.object(one.object);
  const field = object && core.schema.field(object, one.field);
  if (!object || !field) throw new RangeError(`The org has no field ${one.object}.${one.field}`);
  const changed = definitionAfter(core, one, field);
  if (!changed.ok) return changed;
  const after = core.schema.field(object, field.name) ?? field;
  for (const row of core.storage.table(object).values()) {
    const before = row[field.name] ?? null;
    const value = valueAfter(one, after, before);
    if (value !== before) core.storage.patch(object, row, { [field.name]: value });
  }
  return changed;
}

function definitionAfter(core: OrgCore, one: ValueChange, field: FieldDefinition): SaveResult {
  switch (one.op) {
    case 'retypeField': {
      const { op: _, object, field: called, ...shape } = one;
      return updateField(core, object, called, shape);
    }
    case 'replaceValue':
      return updateField(core, one.object, one.field, {
        picklist: (field.picklist ?? []).filter((item) => item.value !== one.value),
      });
    case 'emptyField':
      return updateField(core, one.object, one.field, {});
  }
}

function valueAfter(one: ValueChange, field: FieldDefinition, before: Cell): Cell {
  if (before === null) return null;
  switch (one.op) {
    case 'retypeField': {
      const cell = coerce(field, fitted(field, before));
      return 'fault' in cell ? null : cell.value;
    }
    case 'replaceValue':
      return before === one.value ? one.with : before;
    case 'emptyField':
      return null;
  }
}

const NUMERIC: ReadonlySet<string> = new Set(['double', 'currency', 'percent', 'int']);

/** What a change of a field's size leaves of a value: unlike a write, it rounds numbers. */
const fitted = (field: FieldDefinition, before: Cell): Cell =>
  typeof before === 'number' && NUMERIC.has(field.type)
    ? roundHalfUp(before, field.scale ?? 0)
    : field.length === undefined
      ? before
      : cut(before, field.length);

const cut = (value: Cell, length: number): Cell =>
  typeof value === 'string' ? value.slice(0, length) : value;
