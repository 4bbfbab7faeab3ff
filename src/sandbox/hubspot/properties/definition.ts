/** A property as a client describes it, checked as HubSpot checks it. */
import * as z from 'zod';
import { HubSpotError, invalid } from '../model/errors.ts';
import type { PropertyDefinition, PropertyOption, PropertyType } from '../model/types.ts';

const option = z.object({
  label: z.string().min(1),
  value: z.string(),
  displayOrder: z.number().int().default(-1),
  hidden: z.boolean().default(false),
  description: z.string().optional(),
});

const wanted = z.object({
  name: z.string(),
  label: z.string().min(1),
  type: z.enum(['bool', 'date', 'datetime', 'enumeration', 'number', 'phone_number', 'string']),
  fieldType: z.enum([
    'booleancheckbox',
    'calculation_equation',
    'checkbox',
    'date',
    'file',
    'html',
    'number',
    'phonenumber',
    'radio',
    'select',
    'text',
    'textarea',
  ]),
  groupName: z.string().optional(),
  description: z.string().default(''),
  options: z.array(option).default([]),
  displayOrder: z.number().int().default(-1),
  hasUniqueValue: z.boolean().default(false),
  hidden: z.boolean().default(false),
  formField: z.boolean().default(false),
  externalOptions: z.boolean().default(false),
  referencedObjectType: z.string().nullable().default(null),
  numberDisplayHint: z
    .enum(['currency', 'duration', 'formatted', 'percentage', 'probability', 'unformatted'])
    .optional(),
  showCurrencySymbol: z.boolean().optional(),
  calculationFormula: z.string().optional(),
});

const change = wanted
  .omit({ name: true, hasUniqueValue: true, referencedObjectType: true, externalOptions: true })
  .partial();

/** Which field types a type may have. */
const FIELD_TYPES: Record<PropertyType, readonly string[]> = {
  bool: ['booleancheckbox', 'calculation_equation'],
  date: ['date'],
  datetime: ['date'],
  enumeration: ['booleancheckbox', 'checkbox', 'radio', 'select', 'calculation_equation'],
  number: ['number', 'calculation_equation'],
  phone_number: ['phonenumber'],
  string: ['file', 'html', 'phonenumber', 'text', 'textarea', 'calculation_equation'],
};
const NAME = /^[a-z][a-z0-9_]{0,99}$/;

export function checkName(name: string): void {
  if (!NAME.test(name))
    throw invalid(
      `Property names must start with a letter and contain only lowercase letters, numbers and underscores: '${name}'`,
      { subCategory: 'Properties.INVALID_NAME' },
    );
}

/**
 * The property a client asks to make. `defaultGroup` is for schemas, whose properties may leave
 * the group out. Throws 400.
 */
export function definitionFrom(
  input: unknown,
  atMs: number,
  defaultGroup?: string,
): PropertyDefinition {
  const body = parse(wanted, input);
  checkName(body.name);
  checkShape(body.type, body.fieldType, body.options, body.externalOptions);
  if (body.groupName === undefined && defaultGroup === undefined)
    throw invalid('Some required fields were not set: [groupName]');
  const { calculationFormula, ...rest } = body;
  const calculated = body.fieldType === 'calculation_equation';
  if (calculated && calculationFormula === undefined)
    throw invalid('Some required fields were not set: [calculationFormula]');
  return {
    ...rest,
    groupName: body.groupName ?? defaultGroup ?? '',
    calculated,
    hubspotDefined: false,
    readOnlyValue: calculated,
    createdMs: atMs,
    updatedMs: atMs,
    archivedMs: null,
  };
}

/** The property after a change; the name never changes, uniqueness neither. Throws 400. */
export function changedDefinition(
  before: PropertyDefinition,
  input: unknown,
  atMs: number,
): PropertyDefinition {
  const { calculationFormula: _, ...body } = parseChange(change, input);
  const after: PropertyDefinition = { ...before, ...dropUndefined(body), updatedMs: atMs };
  checkShape(after.type, after.fieldType, after.options, after.externalOptions);
  if (before.hubspotDefined && after.type !== before.type)
    throw invalid(`The type of the HubSpot-defined property '${before.name}' cannot be changed.`);
  return after;
}

function checkShape(
  type: PropertyType,
  fieldType: string,
  options: PropertyOption[],
  external: boolean,
): void {
  if (!FIELD_TYPES[type].includes(fieldType))
    throw invalid(`Invalid field type '${fieldType}' for property type '${type}'.`, {
      subCategory: 'Properties.INVALID_FIELD_TYPE',
    });
  const values = options.map((one) => one.value);
  if (
    type === 'bool' &&
    (values.length !== 2 || !values.includes('true') || !values.includes('false'))
  )
    throw invalid(
      "Boolean properties must have exactly two options with the values 'true' and 'false'.",
      { subCategory: 'Properties.INVALID_OPTIONS' },
    );
  if (type === 'enumeration' && options.length === 0 && !external)
    throw invalid('Enumeration properties must have at least one option.', {
      subCategory: 'Properties.INVALID_OPTIONS',
    });
  if (new Set(values).size !== values.length)
    throw invalid('Property option values must be unique.', {
      subCategory: 'Properties.DUPLICATE_OPTIONS',
    });
  if (new Set(options.map((one) => one.label)).size !== options.length)
    throw invalid('Property option labels must be unique.', {
      subCategory: 'Properties.DUPLICATE_OPTIONS',
    });
}

/** Parses a body; a missing field is named as HubSpot names it. */
export function parse<T>(shape: z.ZodType<T>, input: unknown): T {
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  const missing = result.error.issues
    .filter((issue) => valueAt(input, issue.path) === undefined)
    .map((issue) => issue.path.join('.'));
  if (missing.length > 0)
    throw invalid(`Some required fields were not set: [${missing.join(', ')}]`);
  const first = result.error.issues[0];
  throw new HubSpotError(
    400,
    'VALIDATION_ERROR',
    `Invalid input JSON on line 1, column 1: ${first?.path.join('.') ?? ''} ${first?.message ?? 'not readable'}`,
  );
}

/** Of a change only what it names: what a new one would have by default stays as it is. */
export function parseChange<T extends object>(shape: z.ZodType<T>, input: unknown): Partial<T> {
  const whole = parse(shape, input);
  const named = typeof input === 'object' && input !== null ? input : {};
  return Object.fromEntries(
    Object.entries(whole).filter(([key]) => Object.hasOwn(named, key)),
  ) as Partial<T>;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input,
  );
}

function dropUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== undefined),
  ) as Partial<T>;
}
