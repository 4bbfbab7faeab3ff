import * as z from 'zod';
import { once } from '../kit/cache.ts';
import type { Client } from './client.ts';
import { isMissingScope, isNotFound } from './errors.ts';

/** A kind of record. */
export interface ObjectType {
  /** As mappings name it: `deals`, or the short name of a custom object. */
  name: string;
  /** `0-3`, `2-3821545`. */
  typeId: string;
  label: string;
  custom: boolean;
  /**
   * Property that tells when a record changed. A filter on the wrong one finds nothing and says
   * nothing.
   */
  stamp: string;
  /** Type ids of the kinds of record that the portal's admin tied to this custom one. */
  associated: string[];
  /**
   * The word in paths: custom objects go by their type id, since only the long name
   * `p<portal>_<name>` is a path of theirs.
   */
  path: string;
  /** `p<portal>_<name>`, in custom objects. */
  longName?: string;
}

const STANDARD: [name: string, typeId: string, label: string][] = [
  ['contacts', '0-1', 'Contact'],
  ['companies', '0-2', 'Company'],
  ['deals', '0-3', 'Deal'],
  ['tickets', '0-5', 'Ticket'],
  ['products', '0-7', 'Product'],
  ['line_items', '0-8', 'Line item'],
  ['quotes', '0-14', 'Quote'],
  ['orders', '0-123', 'Order'],
  ['leads', '0-136', 'Lead'],
  ['tasks', '0-27', 'Task'],
  ['notes', '0-46', 'Note'],
  ['meetings', '0-47', 'Meeting'],
  ['calls', '0-48', 'Call'],
  ['emails', '0-49', 'Email'],
];
const standardType = ([name, typeId, label]: (typeof STANDARD)[number]): ObjectType => ({
  name,
  typeId,
  label,
  custom: false,
  stamp: name === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate',
  associated: [],
  path: name,
});

const schemas = z.object({
  results: z.array(
    z.object({
      name: z.string(),
      objectTypeId: z.string(),
      fullyQualifiedName: z.string().optional(),
      labels: z.object({ singular: z.string().nullish() }).nullish(),
      archived: z.boolean().nullish(),
      associations: z
        .array(z.object({ fromObjectTypeId: z.string(), toObjectTypeId: z.string() }))
        .nullish(),
    }),
  ),
});

export interface Catalogue {
  /**
   * By name, type id, or a custom object's long name; null = no such object. Throws where the token
   * may not list custom objects: that says nothing of this one.
   */
  find(name: string): Promise<ObjectType | null>;
  /** Custom ones only as far as the token may list them. */
  list(): Promise<ObjectType[]>;
}

/** Object types of the portal. Custom ones are asked for when first needed, once a session. */
export function makeCatalogue(client: Client): Catalogue {
  const standard = STANDARD.map(standardType);
  const customs = once(async () => await loadCustom(client));
  return {
    async find(name) {
      const known = standard.find((type) => type.name === name || type.typeId === name);
      // A name that could not be one never reaches HubSpot.
      if (known !== undefined || !/^[a-zA-Z0-9][\w-]*$/.test(name) || name.startsWith('0-'))
        return known ?? null;
      return (
        (await customs()).find((type) => [type.name, type.typeId, type.longName].includes(name)) ??
        null
      );
    },
    list: async () => {
      try {
        return [...standard, ...(await customs())];
      } catch (error) {
        // Custom objects are an Enterprise feature, and their schemas need a scope of their own.
        if (isMissingScope(error) || isNotFound(error)) return standard;
        throw error;
      }
    },
  };
}

async function loadCustom(client: Client): Promise<(ObjectType & { longName: string })[]> {
  const { results } = await client.json(
    {
      build: () => client.requests.schemas.getAll(false),
      effect: 'read',
      what: 'listing custom objects',
    },
    schemas,
  );
  return results
    .filter((schema) => schema.archived !== true && /^2-\d+$/.test(schema.objectTypeId))
    .map((schema) => ({
      name: schema.name,
      typeId: schema.objectTypeId,
      label: schema.labels?.singular ?? schema.name,
      custom: true,
      stamp: 'hs_lastmodifieddate',
      path: schema.objectTypeId,
      associated: [
        ...new Set(
          (schema.associations ?? []).map(({ fromObjectTypeId, toObjectTypeId }) =>
            fromObjectTypeId === schema.objectTypeId ? toObjectTypeId : fromObjectTypeId,
          ),
        ),
      ],
      longName: schema.fullyQualifiedName ?? schema.name,
    }));
}
