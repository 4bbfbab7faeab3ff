/**
 * Associations as fields, so that a mapping can name them. The path is `associations.<object>` with
 * an optional label in brackets:
 *
 *     associations.companies               the primary company, else all of them
 *     associations.companies[Primary]      HubSpot's own label
 *     associations.companies[Partner]      a label of the portal
 *     associations.companies[341]          an association type by its number, labelled or not
 *
 * Each is a reference with the ids of all records that are linked so (`a;b`), in the same order
 * whatever the order of the answer; which of them counts is for the mapping to say (`several`).
 * `describe` offers the paths under the virtual object `<object>.associations`.
 */
import * as z from 'zod';
import type { CrmField, CrmObject, CrmValue } from '../../src/model/connector.ts';
import { readOnlyField } from '../kit/fields.ts';
import type { Client } from './client.ts';
import { isMissingScope, isNotFound } from './errors.ts';
import { byNumber, recordId } from './ids.ts';
import type { ObjectType } from './objects.ts';

export const ASSOCIATIONS = 'associations';
/** Objects that records of every kind can name. */
const TARGETS = new Set(['companies', 'contacts', 'deals']);
/** HubSpot's own labels of its own association types, whose answers may come without one. */
const OWN_LABELS: Record<number, string> = {
  1: 'Primary',
  2: 'Primary',
  5: 'Primary',
  6: 'Primary',
  13: 'Child Company',
  14: 'Parent Company',
};

const labels = z.object({
  results: z.array(
    z.object({ category: z.string(), typeId: z.number(), label: z.string().nullish() }),
  ),
});

export interface RawType {
  category: string;
  typeId: number;
  label: string | null;
}
export interface RawLink {
  toId: string;
  types: RawType[];
}

/** The field through which a mapping reaches the associations of an object. */
export const associationField = (type: ObjectType): CrmField => ({
  ...reference(ASSOCIATIONS, 'Associations', `${type.name}.${ASSOCIATIONS}`),
  type: 'other',
  nativeType: 'associations',
  relationshipName: ASSOCIATIONS,
});

const reference = (name: string, label: string, target: string, custom = false): CrmField => ({
  ...readOnlyField(name, 'reference', {
    label,
    custom,
    nativeType: 'association',
    referenceTo: [target],
  }),
  several: true,
});

/**
 * The virtual object `<object>.associations`: one field an associated object, and one a label; what
 * an admin set up is marked as custom. Labels are asked for where partners are modelled: between
 * deals, companies and contacts, and from custom objects to companies; each pair costs a call, so
 * only of what is `wanted`, if that is known.
 */
export async function describeAssociations(
  client: Client,
  from: ObjectType,
  types: ObjectType[],
  wanted: readonly string[] | undefined,
): Promise<CrmObject> {
  const fields: CrmField[] = [];
  for (const to of types.filter((type) => TARGETS.has(type.name) || type.custom)) {
    fields.push(
      reference(
        to.name,
        to.label,
        to.name,
        from.associated.includes(to.typeId) || to.associated.includes(from.typeId),
      ),
    );
    if (!labelsMatter(from, to, wanted)) continue;
    for (const type of await readLabels(client, from, to)) {
      const label = labelOf({ ...type, label: type.label ?? null });
      const own = type.category === 'USER_DEFINED';
      if (label !== null && !fields.some((field) => field.name === `${to.name}[${label}]`))
        fields.push(
          reference(`${to.name}[${label}]`, own ? label : `${to.label} (${label})`, to.name, own),
        );
      fields.push(
        reference(
          `${to.name}[${type.typeId}]`,
          `${to.label} (${label ?? 'no label'}, type ${type.typeId})`,
          to.name,
        ),
      );
    }
  }
  return {
    name: `${from.name}.${ASSOCIATIONS}`,
    label: `Associations of ${from.label}`,
    custom: false,
    fields,
    stampField: null,
    tracksDeletes: false,
  };
}

function labelsMatter(
  from: ObjectType,
  to: ObjectType,
  wanted: readonly string[] | undefined,
): boolean {
  if (wanted?.some((path) => path.startsWith(`${to.name}[`)) === false) return false;
  return TARGETS.has(from.name) ? TARGETS.has(to.name) : from.custom && to.name === 'companies';
}

async function readLabels(
  client: Client,
  from: ObjectType,
  to: ObjectType,
): Promise<z.infer<typeof labels>['results']> {
  try {
    return (
      await client.json(
        {
          build: () => client.requests.labels.getAll(from.path, to.path),
          effect: 'read',
          what: `listing association labels of ${from.name} and ${to.name}`,
        },
        labels,
      )
    ).results;
  } catch (error) {
    // Without the right to see them there are none to be named; the plain association still is.
    if (isMissingScope(error) || isNotFound(error)) return [];
    throw error;
  }
}

export interface AssociationPath {
  path: string;
  object: string;
  label: string | null;
}

/** `associations.companies[Partner]` -> its parts; null when the path is no association. */
export function parseAssociationPath(path: string): AssociationPath | null {
  const match = /^associations\.([^[\]]+?)(?:\[(.+)\])?$/s.exec(path);
  return match?.[1] === undefined ? null : { path, object: match[1], label: match[2] ?? null };
}

const labelOf = (type: RawType): string | null =>
  type.label ?? (type.category === 'HUBSPOT_DEFINED' ? (OWN_LABELS[type.typeId] ?? null) : null);

export const labelsOf = (link: RawLink): string[] =>
  [...new Set(link.types.map(labelOf).filter((label) => label !== null))].sort();

/**
 * The ids that a path stands for, of a record's links to the path's object: the primary one first,
 * which alone is meant where the path names no label.
 */
export function linkedIds(path: AssociationPath, links: RawLink[], typeId: string): CrmValue {
  const { label } = path;
  const named =
    (word: string) =>
    (link: RawLink): boolean =>
      labelsOf(link).includes(word) || link.types.some((type) => String(type.typeId) === word);
  const numbers = (some: RawLink[]): string[] => some.map((link) => link.toId).sort(byNumber);
  const found = label === null ? links : links.filter(named(label));
  const primary = numbers(found.filter(named('Primary')));
  const meant = label === null && primary.length > 0 ? [] : numbers(found);
  const ids = [...new Set([...primary, ...meant])].map((id) => recordId(typeId, id));
  return ids.length === 0 ? null : ids.join(';');
}
