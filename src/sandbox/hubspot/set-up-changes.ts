/**
 * What set-up of the portal does to the values that records hold: an option replaced by another, a
 * property that gets another type, one that is emptied; none of it moves a record's stamp. And
 * workflows, which put a value of their own where a client wrote another.
 */
import * as z from 'zod';
import type { HubRecord, ObjectType, PropertyDefinition } from './model/types.ts';
import type { Portal } from './portal.ts';
import { changedDefinition } from './properties/definition.ts';
import { checkValue } from './properties/value.ts';

const place = { object: z.string(), name: z.string() };
export const setUpChanges = [
  z.strictObject({
    do: z.literal('replaceOption'),
    ...place,
    value: z.string(),
    with: z.string().nullable(),
  }),
  z.strictObject({
    do: z.literal('retypeProperty'),
    ...place,
    type: z.string(),
    fieldType: z.string(),
    options: z.array(z.unknown()).optional(),
  }),
  z.strictObject({ do: z.literal('emptyProperty'), ...place }),
  z.strictObject({
    do: z.literal('addWorkflow'),
    object: z.string(),
    when: z.string(),
    set: z.string(),
    to: z.string().nullable(),
  }),
] as const;
type SetUpChange = z.infer<(typeof setUpChanges)[number]>;
type ValueChange = Exclude<SetUpChange, { do: 'addWorkflow' }>;

/** Throws RangeError where there is no such property. */
export function changeSetUp(portal: Portal, one: SetUpChange, nowMs: number): unknown {
  const type = portal.typeNamed(one.object);
  if (one.do === 'addWorkflow') {
    portal.workflows.push({ typeId: type.id, when: one.when, set: one.set, to: one.to });
    return { workflows: portal.workflows.length };
  }
  const before = portal.catalog.find(type, one.name);
  if (before === null) throw new RangeError(`No property ${one.object}.${one.name}`);
  const after = definitionAfter(one, before, nowMs);
  portal.catalog.replace(type, after);
  return { changed: changeRecords(portal, type, one, after) };
}

function definitionAfter(
  one: ValueChange,
  before: PropertyDefinition,
  nowMs: number,
): PropertyDefinition {
  switch (one.do) {
    case 'replaceOption':
      return {
        ...before,
        options: before.options.filter(({ value }) => value !== one.value),
        updatedMs: nowMs,
      };
    case 'retypeProperty':
      return changedDefinition(
        before,
        { type: one.type, fieldType: one.fieldType, options: one.options ?? [] },
        nowMs,
      );
    case 'emptyProperty':
      return before;
  }
}

function changeRecords(
  portal: Portal,
  type: ObjectType,
  one: ValueChange,
  after: PropertyDefinition,
): number {
  const table = portal.table(type);
  let changed = 0;
  for (const record of [...table.all()]) {
    const value = record.values[one.name];
    if (value === undefined) continue;
    const next = valueAfter(portal, one, after, value);
    if (next === value) continue;
    const { [one.name]: _, ...others } = record.values;
    const put: HubRecord = {
      ...record,
      values: next === null ? others : { ...others, [one.name]: next },
    };
    table.put(put, portal.visibleAtMs());
    changed++;
  }
  return changed;
}

function valueAfter(
  portal: Portal,
  one: ValueChange,
  after: PropertyDefinition,
  value: string,
): string | null {
  if (one.do === 'emptyProperty') return null;
  if (one.do === 'replaceOption') return value === one.value ? one.with : value;
  const checked = checkValue(
    { ...after, readOnlyValue: false },
    value,
    after.externalOptions ? portal.externalValues(one.name) : null,
  );
  return 'fault' in checked ? null : checked.value;
}
