/**
 * What an administrator sets up in an org beside records: rules, locks, triggers, record types,
 * dependencies, roll-ups. Made through the control plane.
 */
import * as z from 'zod';
import type { PicklistValue } from '../metadata/definition.ts';
import { field } from '../metadata/fields.ts';
import type { SaveResult } from '../org-types.ts';
import type { OrgCore } from './core.ts';
import { createField, deleteField, updateField } from './customize.ts';
import { validForOf } from './dependencies.ts';
import { encryptChange, encryptField } from './encrypt.ts';
import { compileFormula } from './formula.ts';
import { idOf } from './ids.ts';
import { insert, update } from './save.ts';
import { changeValues, valueChanges } from './set-up-values.ts';

const name = z.string().min(1);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const change = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('validationRule'),
    object: name,
    name,
    formula: name,
    message: name,
    field: z.string().optional(),
    active: z.boolean().default(true),
  }),
  z.strictObject({
    op: z.literal('duplicateRule'),
    object: name,
    name,
    fields: z.array(name).min(1),
    allowSave: z.boolean().default(true),
    message: z
      .string()
      .default(
        "You're creating a duplicate record. We recommend you use an existing record instead.",
      ),
    active: z.boolean().default(true),
  }),
  z.strictObject({
    op: z.literal('trigger'),
    object: name,
    name,
    on: z.array(z.enum(['insert', 'update'])).default(['insert', 'update']),
    when: z.string().nullable().default(null),
    message: name,
    flow: z.boolean().default(false),
  }),
  z.strictObject({ op: z.literal('dropTrigger'), name }),
  z.strictObject({
    op: z.literal('fieldUpdate'),
    object: name,
    name,
    field: name,
    formula: name,
    whenSent: z.boolean().default(true),
  }),
  z.strictObject({ op: z.literal('dropFieldUpdate'), name }),
  ...valueChanges,
  encryptChange,
  z.strictObject({
    op: z.literal('lock'),
    id: name,
    kind: z.enum(['row', 'approval']).default('row'),
    forMs: z.number().min(0).nullable().default(null),
    admins: z.boolean().default(true),
  }),
  z.strictObject({ op: z.literal('unlock'), id: name }),
  z.strictObject({
    op: z.literal('recordType'),
    object: name,
    developerName: name,
    label: name,
    active: z.boolean().default(true),
  }),
  z.strictObject({
    op: z.literal('picklistDependency'),
    object: name,
    field: name,
    controller: name,
    values: z.record(z.string(), z.array(z.string())),
  }),
  z.strictObject({
    op: z.literal('picklistValue'),
    object: name,
    field: name,
    value: name,
    active: z.boolean(),
    restricted: z.boolean().optional(),
  }),
  z.strictObject({ op: z.literal('formula'), object: name, field: name, formula: name }),
  z.strictObject({
    op: z.literal('rollup'),
    object: name,
    field: name,
    label: z.string().optional(),
    child: name,
    link: name,
    operation: z.enum(['count', 'sum', 'min', 'max']),
    of: z.string().optional(),
    where: z.strictObject({ field: name, equals: scalar }).optional(),
  }),
  z.strictObject({ op: z.literal('deleteField'), object: name, field: name }),
  z.strictObject({ op: z.literal('trackFields'), object: name, fields: z.array(name) }),
  z.strictObject({ op: z.literal('user'), username: name, active: z.boolean() }),
]);
type Change = z.infer<typeof change>;
type Of<Op extends Change['op']> = Extract<Change, { op: Op }>;
export type SetupOutcome =
  | { ok: true; id?: string }
  | { ok: false; errors: { errorCode: string; message: string }[] };

/** Names of all operations. */
export const SETUP_OPERATIONS: readonly string[] = change.options.map(
  (option) => option.shape.op.value,
);

const changesShape = z.union([
  z.array(change),
  z.strictObject({ changes: z.array(change) }).transform(({ changes }) => changes),
]);

/**
 * Applies a list of set-up changes in order; one outcome each. Throws ZodError, RangeError (unknown
 * object, field or record) or FormulaError on wrong input.
 */
export function applySetup(core: OrgCore, input: unknown): SetupOutcome[] {
  return changesShape.parse(input).map((one) => {
    const done = apply(core, one);
    if (done === undefined) return { ok: true };
    return done.ok
      ? { ok: true, id: done.id }
      : {
          ok: false,
          errors: done.faults.map(({ errorCode, message }) => ({ errorCode, message })),
        };
  });
}

function apply(core: OrgCore, one: Change): SaveResult | undefined {
  switch (one.op) {
    case 'validationRule':
      return putRule(core.validationRules, one, () => compileFormula(one.formula));
    case 'duplicateRule':
      return putRule(core.duplicateRules, one, () =>
        one.fields.forEach((part) => fieldOf(core, one.object, part)),
      );
    case 'trigger':
      return putRule(core.triggers, one, () => {
        if (one.when !== null) compileFormula(one.when);
      });
    case 'dropTrigger':
      return void core.triggers.splice(
        0,
        core.triggers.length,
        ...core.triggers.filter((rule) => rule.name !== one.name),
      );
    case 'fieldUpdate':
      return putRule(core.fieldUpdates, one, () => {
        fieldOf(core, one.object, one.field);
        compileFormula(one.formula);
      });
    case 'dropFieldUpdate':
      return void core.fieldUpdates.splice(
        0,
        core.fieldUpdates.length,
        ...core.fieldUpdates.filter((rule) => rule.name !== one.name),
      );
    case 'retypeField':
    case 'replaceValue':
    case 'emptyField':
      return changeValues(core, one);
    case 'encryptField':
      return encryptField(core, one);
    case 'lock':
      return void core.locks.set({
        id: recordOf(core, one.id),
        kind: one.kind,
        untilMs: one.forMs === null ? null : core.nowMs() + one.forMs,
        admins: one.admins,
      });
    case 'unlock':
      return void core.locks.release(recordOf(core, one.id));
    case 'recordType':
      return insert(core, core.permissions.system, 'RecordType', {
        SobjectType: objectOf(core, one.object).name,
        DeveloperName: one.developerName,
        Name: one.label,
        IsActive: one.active,
      });
    case 'picklistDependency':
      return dependency(core, one);
    case 'picklistValue':
      return switchValue(core, one);
    case 'formula':
      return updateField(core, one.object, one.field, { formula: one.formula });
    case 'rollup':
      return rollup(core, one);
    case 'deleteField':
      return deleteField(core, one.object, one.field);
    case 'trackFields':
      return track(core, one);
    case 'user':
      return update(
        core,
        core.permissions.system,
        'User',
        core.permissions.userByName(one.username)?.id ?? one.username,
        { IsActive: one.active },
      );
  }
}

/** A rule replaces the one of the same name. */
function putRule<Rule extends { object: string; name: string }>(
  rules: Rule[],
  rule: Rule,
  check: () => void,
): undefined {
  check();
  rules.splice(
    0,
    rules.length,
    ...rules.filter((one) => one.name !== rule.name || one.object !== rule.object),
    rule,
  );
  return undefined;
}

function objectOf(core: OrgCore, objectName: string) {
  const object = core.schema.object(objectName);
  if (!object) throw new RangeError(`The org has no object ${objectName}`);
  return object;
}

function fieldOf(core: OrgCore, objectName: string, fieldName: string) {
  const found = core.schema.field(objectOf(core, objectName), fieldName);
  if (!found) throw new RangeError(`${objectName} has no field ${fieldName}`);
  return found;
}

function recordOf(core: OrgCore, id: string): string {
  const full = idOf(id);
  if (full === null || !core.find(full)) throw new RangeError(`There is no record ${id}`);
  return full;
}

function dependency(core: OrgCore, one: Of<'picklistDependency'>): SaveResult {
  const controller = fieldOf(core, one.object, one.controller);
  const places =
    controller.type === 'boolean'
      ? ['false', 'true']
      : (controller.picklist ?? []).map((item) => item.value);
  const unknown = Object.keys(one.values).find((value) => !places.includes(value));
  if (unknown !== undefined) throw new RangeError(`${controller.name} has no value ${unknown}`);
  const picklist = (fieldOf(core, one.object, one.field).picklist ?? []).map(
    (item): PicklistValue => ({
      ...item,
      validFor: validForOf(
        places.flatMap((value, place) => (one.values[value]?.includes(item.value) ? [place] : [])),
        places.length,
      ),
    }),
  );
  return updateField(core, one.object, one.field, {
    picklist,
    controllerName: controller.name,
    restrictedPicklist: true,
  });
}

function switchValue(core: OrgCore, one: Of<'picklistValue'>): SaveResult {
  const picklist = [...(fieldOf(core, one.object, one.field).picklist ?? [])];
  const at = picklist.findIndex((item) => item.value === one.value);
  picklist.splice(at < 0 ? picklist.length : at, at < 0 ? 0 : 1, {
    label: one.value,
    defaultValue: false,
    validFor: null,
    ...picklist[at],
    value: one.value,
    active: one.active,
  });
  return updateField(core, one.object, one.field, {
    picklist,
    ...(one.restricted === undefined ? {} : { restrictedPicklist: one.restricted }),
  });
}

/**
 * Standing on the field of the children, or counting them. Seen by administrators' profiles at
 * once, as one made in Setup is.
 */
function rollup(core: OrgCore, one: Of<'rollup'>): SaveResult {
  fieldOf(core, one.child, one.link);
  const source = one.of === undefined ? undefined : fieldOf(core, one.child, one.of);
  if (one.operation !== 'count' && source === undefined)
    throw new RangeError(`A ${one.operation} needs the field it is of`);
  const spec =
    one.operation === 'count' || source === undefined
      ? 'double(18,0)'
      : source.type === 'date' || source.type === 'datetime'
        ? source.type
        : `${source.type}(${source.precision ?? 18},${source.scale ?? 0})`;
  return createField(
    core,
    one.object,
    field(one.field, spec, one.label ?? one.field.replace(/__c$/, '').replaceAll('_', ' '), 'nfs', {
      calculated: true,
      rollup: {
        child: objectOf(core, one.child).name,
        link: one.link,
        operation: one.operation,
        field: source?.name,
        where: one.where,
      },
    }),
  );
}

function track(core: OrgCore, one: Of<'trackFields'>): undefined {
  const object = objectOf(core, one.object);
  for (const part of one.fields) fieldOf(core, object.name, part);
  if (object.name === 'Opportunity') core.options.trackedFields = one.fields;
  else core.options.tracked = { ...core.options.tracked, [object.name]: one.fields };
  return undefined;
}
