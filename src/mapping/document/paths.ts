import type { CrmField, CrmObject } from '../../model/connector.ts';
import type { DescribeLookup } from '../../model/mapping.ts';

/**
 * What the CRM's own description says about a field path such as `Amount` or `Account.Owner.Name`.
 */

export type PathFact =
  | { kind: 'field'; field: CrmField }
  /** The record's own id, which every row carries. */
  | { kind: 'id'; field: CrmField }
  /** No such field on `object` (or hidden from this user). */
  | { kind: 'absent'; object: CrmObject; name: string }
  /**
   * `name` is a field of `object`, but nothing to walk through; `instead`
   * is the word that would do.
   */
  | { kind: 'no-reference'; object: CrmObject; field: CrmField; instead: string | null }
  /** The reference leads to an object that this user may not see. */
  | { kind: 'hidden-target'; object: CrmObject; name: string; target: string };

const fieldOf = (object: CrmObject, name: string): CrmField | undefined =>
  object.fields.find((field) => field.name === name);

function step(object: CrmObject, word: string, describe: DescribeLookup): PathFact | CrmObject[] {
  const reference = object.fields.find((field) => field.relationshipName === word);
  if (reference === undefined) {
    const field = fieldOf(object, word);
    return field === undefined
      ? { kind: 'absent', object, name: word }
      : { kind: 'no-reference', object, field, instead: field.relationshipName };
  }
  const targets = reference.referenceTo
    .map((name) => describe(name))
    .filter((target): target is CrmObject => target !== null && target !== undefined);
  return targets.length > 0
    ? targets
    : { kind: 'hidden-target', object, name: word, target: reference.referenceTo.join(' or ') };
}

/**
 * Follows a path from an object. Through a reference to several objects, the first that has
 * the rest of the path counts.
 */
export function resolvePath(object: CrmObject, path: string, describe: DescribeLookup): PathFact {
  const dot = path.indexOf('.');
  // A name may have a dot of its own (a label such as "Partner Inc.").
  const field = fieldOf(object, path);
  if (field !== undefined)
    return field.type === 'id' ? { kind: 'id', field } : { kind: 'field', field };
  if (dot < 0) return { kind: 'absent', object, name: path };
  const next = step(object, path.slice(0, dot), describe);
  if (!Array.isArray(next)) return next;
  const facts = next.map((target) => resolvePath(target, path.slice(dot + 1), describe));
  const found = facts.find((fact) => fact.kind === 'field' || fact.kind === 'id') ?? facts[0];
  // The id of another record is an ordinary value: only the row's own id comes with the row.
  return found?.kind === 'id'
    ? { kind: 'field', field: found.field }
    : (found ?? { kind: 'absent', object, name: path });
}

export const exists = (
  fact: PathFact,
): fact is Extract<PathFact, { field: CrmField; kind: 'field' | 'id' }> =>
  fact.kind === 'field' || fact.kind === 'id';
