import * as z from 'zod';
import type { CrmField, CrmObject, CrmType } from '../../src/model/connector.ts';
import type { HeadwaterError } from '../../src/model/error.ts';
import { refusalCache } from '../kit/cache.ts';
import { spellId } from './ids.ts';
import { isNotFound } from './errors.ts';
import type { Together } from './together.ts';

const describedField = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  nillable: z.boolean(),
  createable: z.boolean(),
  updateable: z.boolean(),
  calculated: z.boolean(),
  custom: z.boolean(),
  filterable: z.boolean(),
  encrypted: z.boolean().default(false),
  defaultedOnCreate: z.boolean().default(false),
  deprecatedAndHidden: z.boolean().default(false),
  length: z.number().nullish(),
  byteLength: z.number().nullish(),
  precision: z.number().nullish(),
  digits: z.number().nullish(),
  scale: z.number().nullish(),
  picklistValues: z
    .array(z.object({ value: z.string(), label: z.string().nullish(), active: z.boolean() }))
    .nullish(),
  restrictedPicklist: z.boolean().default(false),
  referenceTo: z.array(z.string()).nullish(),
  relationshipName: z.string().nullish(),
});
const describedObject = z.object({
  name: z.string(),
  label: z.string(),
  custom: z.boolean(),
  queryable: z.boolean(),
  updateable: z.boolean(),
  replicateable: z.boolean(),
  fields: z.array(describedField),
});
const globalDescribe = z.object({
  sobjects: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      custom: z.boolean(),
      queryable: z.boolean(),
      deprecatedAndHidden: z.boolean().default(false),
    }),
  ),
});

const TYPES: Record<string, CrmType> = {
  id: 'id',
  reference: 'reference',
  string: 'text',
  phone: 'text',
  url: 'text',
  email: 'text',
  combobox: 'text',
  encryptedstring: 'text',
  time: 'text',
  anyType: 'text',
  textarea: 'longtext',
  picklist: 'picklist',
  multipicklist: 'multipicklist',
  boolean: 'boolean',
  int: 'integer',
  long: 'integer',
  double: 'number',
  currency: 'money',
  percent: 'percent',
  date: 'date',
  datetime: 'datetime',
};
/** Salesforce's own border between Text Area and Long Text Area. */
const LONGEST_SHORT_TEXT = 255;
/**
 * Standard fields that change without moving SystemModstamp although describe does not mark them
 * calculated.
 */
const MOVE_NO_STAMP = new Set([
  'LastActivityDate',
  'LastViewedDate',
  'LastReferencedDate',
  'HasOpenActivity',
  'HasOverdueTask',
  'LastLoginDate',
]);
/**
 * SystemModstamp also moves when the system touches a row; history objects have CreatedDate alone.
 */
const STAMP_FIELDS = ['SystemModstamp', 'LastModifiedDate'];
const CREATED = 'CreatedDate';

/**
 * An opportunity keeps what its stage meant when it was set, whatever became of the stage since.
 */
const DEAL = 'Opportunity';
const OUTCOME = { closed: 'IsClosed', won: 'IsWon' };

/** A described object with the two access flags that the contract's shape has no place for. */
export interface Described extends CrmObject {
  queryable: boolean;
  updateable: boolean;
}

export interface Describer {
  describe(object: string): Promise<Described | null>;
  /** Why `describe` gave null, in Salesforce's words, where it said any. */
  refusal(object: string): HeadwaterError | null;
  list(): Promise<{ name: string; label: string; custom: boolean }[]>;
  /** Read the object anew next time: its fields or access changed. */
  forget(object: string): void;
}

/** Describe calls, cached for the life of the session; parallel askers share one call. */
export function makeDescriber(together: Together): Describer {
  const cache = refusalCache(
    (object) => load(together, object),
    (object) => object.toLowerCase(),
  );
  return {
    describe: cache.get,
    refusal: cache.refusal,
    async list() {
      const { sobjects } = await together.read(
        { path: '/sobjects', what: 'listing objects' },
        globalDescribe,
      );
      return sobjects
        .filter((each) => each.queryable && !each.deprecatedAndHidden)
        .map(({ name, label, custom }) => ({ name, label, custom }));
    },
    forget: cache.forget,
  };
}

async function load(together: Together, object: string): Promise<Described | null> {
  // A name that could not be one never reaches a URL.
  if (!/^[A-Za-z]\w*$/.test(object)) return null;
  try {
    const answer = await together.read(
      { path: `/sobjects/${object}/describe`, what: `describing ${object}` },
      describedObject,
    );
    const fields = answer.fields.filter((field) => !field.deprecatedAndHidden).map(toField);
    const names = new Set(fields.map((field) => field.name));
    // Where people edit, the moment of creation says nothing of the last change.
    const appendOnly = !answer.updateable && !fields.some((field) => field.updateable);
    const has = (name: string) => fields.some((field) => field.name === name && field.filterable);
    return {
      name: answer.name,
      label: answer.label,
      custom: answer.custom,
      fields,
      ...(answer.name === DEAL && names.has(OUTCOME.closed) && names.has(OUTCOME.won)
        ? { outcomeFields: OUTCOME }
        : {}),
      spellId,
      queryable: answer.queryable,
      updateable: answer.updateable,
      stampField: STAMP_FIELDS.find(has) ?? (appendOnly && has(CREATED) ? CREATED : null),
      tracksDeletes: answer.replicateable || fields.some((field) => field.name === 'IsDeleted'),
    };
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

const optionsOf = (
  { picklistValues }: z.infer<typeof describedField>,
  active: boolean,
): CrmField['options'] =>
  (picklistValues ?? [])
    .filter((option) => option.active === active)
    .map((option) => ({ value: option.value, label: option.label ?? option.value }));

/** Classic encryption masks what it stores, Shield only stores it encrypted. */
const secrecyOf = ({
  type,
  encrypted,
}: z.infer<typeof describedField>): Pick<CrmField, 'masked' | 'encrypted'> => ({
  ...(type === 'encryptedstring' ? { masked: true } : {}),
  ...(encrypted ? { encrypted: true } : {}),
});

function toField(field: z.infer<typeof describedField>): CrmField {
  const type = TYPES[field.type] ?? 'other';
  const numeric = type === 'number' || type === 'money' || type === 'percent' || type === 'integer';
  const length = field.length ?? 0;
  const retired = optionsOf(field, false);
  return {
    name: field.name,
    label: field.label,
    nativeType: field.type,
    type: type === 'longtext' && length > 0 && length <= LONGEST_SHORT_TEXT ? 'text' : type,
    required: !field.nillable && field.createable && !field.defaultedOnCreate,
    createable: field.createable,
    updateable: field.updateable,
    calculated: field.calculated || MOVE_NO_STAMP.has(field.name),
    custom: field.custom,
    filterable: field.filterable,
    length: length > 0 ? length : null,
    precision: numeric ? ((field.type === 'int' ? field.digits : field.precision) ?? null) : null,
    scale: numeric ? (field.scale ?? 0) : null,
    options: optionsOf(field, true),
    ...(retired.length === 0 ? {} : { retiredOptions: retired }),
    optionsRestricted: field.restrictedPicklist,
    ...secrecyOf(field),
    referenceTo: field.referenceTo ?? [],
    relationshipName: field.relationshipName ?? null,
    ...(type === 'id' || type === 'reference' ? { spellId } : {}),
  };
}
