import * as z from 'zod';
import type { CrmField, CrmObject, CrmType } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { refusalCache } from '../kit/cache.ts';
import { ASSOCIATIONS, associationField, describeAssociations } from './association-fields.ts';
import type { Client } from './client.ts';
import { spellId } from './ids.ts';
import { linkObjects, linkRowsNamed } from './link-rows.ts';
import { makeCatalogue, type ObjectType } from './objects.ts';
import { instantMs } from './values.ts';
import { VIRTUAL } from './virtual.ts';

const property = z.object({
  name: z.string(),
  label: z.string().nullish(),
  type: z.string(),
  fieldType: z.string().nullish(),
  options: z
    .array(
      z.object({ value: z.string(), label: z.string().nullish(), hidden: z.boolean().nullish() }),
    )
    .nullish(),
  externalOptions: z.boolean().nullish(),
  calculated: z.boolean().nullish(),
  updatedAt: z.string().nullish(),
  hubspotDefined: z.boolean().nullish(),
  archived: z.boolean().nullish(),
  referencedObjectType: z.string().nullish(),
  modificationMetadata: z.object({ readOnlyValue: z.boolean().nullish() }).nullish(),
  showCurrencySymbol: z.boolean().nullish(),
  numberDisplayHint: z.string().nullish(),
});
type Property = z.infer<typeof property>;
const properties = z.object({ results: z.array(property) });

/** HubSpot keeps no less and no more in a text property. */
const TEXT_LENGTH = 65_536;
const TYPES: Record<string, CrmType> = {
  string: 'text',
  phone_number: 'text',
  number: 'number',
  bool: 'boolean',
  date: 'date',
  datetime: 'datetime',
  enumeration: 'picklist',
};
/** Properties whose referenced object HubSpot tells in a word of its own, if at all. */
const REFERENCED: Record<string, string> = {
  OWNER: 'owners',
  CONTACT: 'contacts',
  COMPANY: 'companies',
  DEAL: 'deals',
};

/** Worked out by HubSpot from the stage, also of stages and pipelines that are archived since. */
const OUTCOME = { closed: 'hs_is_closed', won: 'hs_is_closed_won' };

/** A described object with its kind of record; null for objects made up from others. */
export interface Described extends CrmObject {
  type: ObjectType | null;
}

export interface Describer {
  /** null = no such object, or the token may not see it. */
  describe(object: string, wanted?: readonly string[]): Promise<Described | null>;
  /** Why `describe` gave null, in HubSpot's words, where it said any. */
  refusal(object: string): HeadwaterError | null;
  list(): Promise<{ name: string; label: string; custom: boolean }[]>;
  type(object: string): Promise<ObjectType | null>;
  /** Read the object anew next time: its properties changed. */
  forget(object: string): void;
}

/** Describe calls, cached for the life of the session; parallel askers share one call. */
export function makeDescriber(client: Client): Describer {
  const catalogue = makeCatalogue(client);
  const wanted = new Map<string, readonly string[]>();

  async function load(name: string): Promise<Described | null> {
    const virtual = VIRTUAL.find((each) => each.object.name === name);
    if (virtual !== undefined)
      return (await virtual.exists(client)) ? { ...virtual.object, type: null } : null;
    const links = linkRowsNamed(name);
    if (links !== null) return { ...links.object, type: null };
    const owner = name.endsWith(`.${ASSOCIATIONS}`)
      ? await catalogue.find(name.slice(0, -ASSOCIATIONS.length - 1))
      : null;
    if (owner !== null)
      return {
        ...(await describeAssociations(client, owner, await catalogue.list(), wanted.get(name))),
        type: null,
      };
    const type = await catalogue.find(name);
    if (type !== null) return await describeRecords(client, type);
    throw new HeadwaterError('config', `HubSpot lists no object ${name} in this portal.`, {
      code: 'OBJECT_TYPE_NOT_FOUND',
      refused: 'absent',
      cure: `Take ${name} out of the mapping, or make it in HubSpot again.`,
    });
  }

  const cache = refusalCache(load);
  return {
    describe(object, fields) {
      const before = wanted.get(object);
      if (fields !== undefined) wanted.set(object, [...new Set([...(before ?? []), ...fields])]);
      // Another mapping in the same session may want more.
      if (before !== undefined && wanted.get(object)!.length > before.length) cache.forget(object);
      return cache.get(object);
    },
    refusal: cache.refusal,
    async list() {
      const types = (await catalogue.list()).map(({ name, label, custom }) => ({
        name,
        label,
        custom,
      }));
      return [
        ...types,
        ...[...VIRTUAL.map(({ object }) => object), ...linkObjects].map(({ name, label }) => ({
          name,
          label,
          custom: false,
        })),
      ];
    },
    type: (object) => catalogue.find(object),
    forget: cache.forget,
  };
}

async function describeRecords(client: Client, type: ObjectType): Promise<Described> {
  const { results } = await client.json(
    {
      build: () => client.requests.properties.getAll(type.path, false),
      effect: 'read',
      what: `describing ${type.name}`,
    },
    properties,
  );
  const fields = results.filter((each) => each.archived !== true).map(toField);
  const tells = (name: string): boolean => fields.some((field) => field.name === name);
  return {
    name: type.name,
    label: type.label,
    custom: type.custom,
    aliases: [type.typeId, ...(type.longName === undefined ? [] : [type.longName])],
    type,
    spellId: (id) => spellId(type.typeId, id),
    fields: [...fields, associationField(type)],
    ...(type.name === 'deals' && tells(OUTCOME.closed) && tells(OUTCOME.won)
      ? { outcomeFields: OUTCOME }
      : {}),
    tracksDeletes: true,
    stampField: fields.some((field) => field.name === type.stamp) ? type.stamp : null,
  };
}

function typeOf(from: Property): CrmType {
  if (from.name === 'hs_object_id') return 'id';
  if (referenceOf(from) !== null) return 'reference';
  const type = TYPES[from.type] ?? 'other';
  if (type === 'text' && (from.fieldType === 'textarea' || from.fieldType === 'html'))
    return 'longtext';
  if (type === 'picklist')
    return from.fieldType === 'checkbox'
      ? 'multipicklist'
      : from.fieldType === 'booleancheckbox'
        ? 'boolean'
        : 'picklist';
  // A percentage is kept as a share of one, so it is no percent in the sense of 0 to 100.
  return type === 'number' &&
    (from.numberDisplayHint === 'currency' || from.showCurrencySymbol === true)
    ? 'money'
    : type;
}

const referenceOf = (from: Property): string | null =>
  REFERENCED[from.referencedObjectType ?? ''] ??
  (from.name === 'hubspot_owner_id' ? 'owners' : null);

function toField(from: Property): CrmField {
  const type = typeOf(from);
  const reference = referenceOf(from);
  const readOnly =
    from.modificationMetadata?.readOnlyValue === true || from.calculated === true || type === 'id';
  const all = type === 'picklist' || type === 'multipicklist' ? (from.options ?? []) : [];
  const [options, retired] = [false, true].map((hidden) =>
    all
      .filter((option) => (option.hidden === true) === hidden)
      .map((option) => ({ value: option.value, label: option.label ?? option.value })),
  ) as [CrmField['options'], CrmField['options']];
  return {
    name: from.name,
    label: from.label ?? from.name,
    type,
    nativeType: from.fieldType ? `${from.type} (${from.fieldType})` : from.type,
    required: false,
    createable: !readOnly,
    updateable: !readOnly,
    calculated: from.calculated === true,
    modifiedMs: from.updatedAt == null ? null : instantMs(from.updatedAt),
    custom: from.hubspotDefined !== true,
    filterable: true,
    length: type === 'text' || type === 'longtext' ? TEXT_LENGTH : null,
    precision: null,
    scale: null,
    options,
    ...(retired.length === 0 ? {} : { retiredOptions: retired }),
    ...(all.length === 0 ? {} : { keyedOptions: true }),
    optionsRestricted: options.length > 0 && from.externalOptions !== true,
    referenceTo: reference === null ? [] : [reference],
    relationshipName: null,
  };
}
