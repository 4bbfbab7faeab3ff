import type { CrmField, CrmObject, CrmType } from '../../model/connector.ts';
import {
  entityShape,
  type EntityField,
  type EntityFieldType,
  type EntityName,
} from '../../model/entities.ts';
import { fillOf, valuesOf, wordsSeen, type Evidence } from './evidence.ts';
import { FIELD_PHRASES } from './lexicon/fields.ts';
import { SIDE_WORDS } from './lexicon/words.ts';
import { repeats } from './shape/column.ts';
import { shapeOf } from './shape/index.ts';
import { likeness, mentions, wordsOf } from './words.ts';

/** Which field of an object fills which field of an entity. */

/** How well a CRM type carries an entity type, 0..1; what is missing cannot. */
const TYPE_FIT: Record<EntityFieldType, Partial<Record<CrmType, number>>> = {
  text: { text: 1, picklist: 1, multipicklist: 0.7, longtext: 0.5 },
  ref: { reference: 1 },
  number: { number: 1, integer: 1, money: 0.9, percent: 0.9 },
  money: { money: 1, number: 0.9, integer: 0.8 },
  boolean: { boolean: 1 },
  date: { date: 1, datetime: 0.85 },
  instant: { datetime: 1, date: 0.85 },
};
/** Below this a pair is chance. */
const LEAST = 0.3;
/** The only field left of a type that a required entity field needs is taken, at this worth. */
const ONLY_ONE_LEFT = 0.35;
/**
 * Standard fields of an own object are the CRM's book-keeping; only a name that says
 * exactly this is worth a look.
 */
const STANDARD_EXACT = 0.95;
const BOOK_KEEPING = new Set([
  'created',
  'modified',
  'system',
  'modstamp',
  'viewed',
  'referenced',
  'deleted',
  'activity',
]);
/** From here on a name is like what is wanted. */
const NAMED = 0.5;
/** Points that the values themselves can give or take. */
const BY_VALUES = 0.25;
/** A field that looks like what is wanted is worth so much without a name that says so ... */
const BY_SHAPE = 0.55;
/** ... and as much more beside one; one that cannot be it loses so much. */
const FOR_SHAPE = 0.2;
const AGAINST_SHAPE = 0.6;

export interface FieldChoice {
  field: CrmField;
  score: number;
  because: string;
  /** Others that came near. */
  others: { field: CrmField; score: number }[];
}
export type Assignment = ReadonlyMap<string, FieldChoice>;

/** What the words of a field say about a pair, -1..1. */
function byValues(
  evidence: Evidence,
  object: CrmObject,
  field: CrmField,
  entity: EntityName,
  wanted: string,
): number {
  if (wanted === 'side')
    return wordsSeen(evidence, object.name, field).some((value) =>
      SIDE_WORDS.some(([, words]) => mentions(words, value)),
    )
      ? 1
      : -1;
  if (wanted === 'status' && field.type === 'picklist') return 0.5;
  if (wanted === 'metric' && entity === 'target')
    return valuesOf(evidence, object.name, field.name).some(
      (value) => typeof value === 'string' && /^[a-z]+(_[a-z]+)+$/.test(value),
    )
      ? 1
      : 0;
  return fillOf(evidence, object.name, field.name) === 0 ? -0.5 : 0;
}

function pairScore(
  evidence: Evidence,
  object: CrmObject,
  field: CrmField,
  entity: EntityName,
  wanted: string,
  shape: EntityField,
  targets: string[] | null,
  above: readonly string[],
): number {
  const fit = TYPE_FIT[shape.type][field.type] ?? 0;
  if (
    fit === 0 ||
    (targets !== null && !field.referenceTo.some((target) => targets.includes(target)))
  )
    return 0;
  const phrases = FIELD_PHRASES[entity]?.[wanted] ?? [];
  const near = likeness(phrases, field, [...wordsOf(object.name), ...wordsOf(object.label)]);
  if (
    !field.custom &&
    object.custom &&
    (near < STANDARD_EXACT || wordsOf(field.name).some((word) => BOOK_KEEPING.has(word)))
  )
    return 0;
  const looks = shapeOf(evidence, object, field, entity, wanted, above);
  const named = Math.max(targets === null ? near : Math.max(near, 0.5), BY_SHAPE * looks);
  return Math.max(
    0,
    Math.min(
      1,
      fit *
        (named +
          AGAINST_SHAPE * Math.min(0, looks) +
          FOR_SHAPE * Math.max(0, looks) +
          (named > LEAST || wanted === 'side'
            ? BY_VALUES * byValues(evidence, object, field, entity, wanted)
            : 0)),
    ),
  );
}

/**
 * `targets`: objects that a reference must lead to, by entity field; others may
 * not be references to those.
 */
export function assignFields(
  evidence: Evidence,
  object: CrmObject,
  entity: EntityName,
  wanted: readonly string[],
  targets: Readonly<Record<string, string[]>>,
  from: readonly CrmField[] = object.fields,
): Assignment {
  const shape = entityShape(entity).fields;
  const above = Object.values(targets).flat();
  const pairs = wanted
    .flatMap((name) => {
      const own = shape[name];
      return own === undefined
        ? []
        : from
            .map((field) => ({
              name,
              field,
              score: pairScore(
                evidence,
                object,
                field,
                entity,
                name,
                own,
                targets[name] ?? null,
                above,
              ),
            }))
            .filter(({ score }) => score >= LEAST);
    })
    .sort(
      (a, b) =>
        b.score - a.score ||
        wanted.indexOf(a.name) - wanted.indexOf(b.name) ||
        (a.field.name < b.field.name ? -1 : 1),
    );
  const chosen = new Map<string, FieldChoice>();
  const taken = new Set<CrmField>();
  for (const { name, field, score } of pairs) {
    if (chosen.has(name) || taken.has(field)) continue;
    taken.add(field);
    chosen.set(name, {
      field,
      score,
      because:
        likeness(FIELD_PHRASES[entity]?.[name] ?? [], field, wordsOf(object.label)) < NAMED
          ? 'recognised by its values'
          : score >= ONLY_ONE_LEFT
            ? 'named like it'
            : 'the nearest by name',
      others: [],
    });
  }
  takeOnlyOnesLeft(evidence, object, shape, wanted, targets, from, chosen, taken);
  for (const [name, choice] of chosen)
    choice.others = pairs
      .filter((pair) => pair.name === name && !taken.has(pair.field))
      .slice(0, 2);
  return chosen;
}

/** Words that come back row after row sort rows into kinds; names and numbers of records do not. */
function sortsRows(evidence: Evidence, object: CrmObject, field: CrmField): boolean {
  const values = valuesOf(evidence, object.name, field.name).filter(
    (value) => typeof value === 'string',
  );
  return repeats(values) && !values.every((value) => /^\d+$/.test(value));
}

/**
 * A required field without a namesake takes the one field of its type that nobody claimed; a
 * kind, the one that sorts rows.
 */
function takeOnlyOnesLeft(
  evidence: Evidence,
  object: CrmObject,
  shape: Record<string, EntityField>,
  wanted: readonly string[],
  targets: Readonly<Record<string, string[]>>,
  from: readonly CrmField[],
  chosen: Map<string, FieldChoice>,
  taken: Set<CrmField>,
): void {
  for (const name of wanted) {
    const own = shape[name];
    if (own?.required !== true || chosen.has(name) || targets[name] !== undefined) continue;
    const fitting = from.filter(
      (field) =>
        !taken.has(field) &&
        (field.custom || !object.custom) &&
        (TYPE_FIT[own.type][field.type] ?? 0) >= 0.85,
    );
    const left =
      name === 'kind' && fitting.length > 1
        ? fitting.filter((field) => sortsRows(evidence, object, field))
        : fitting;
    const only = left[0];
    if (only === undefined || left.length > 1) continue;
    taken.add(only);
    chosen.set(name, {
      field: only,
      score: ONLY_ONE_LEFT,
      because:
        name === 'kind' && fitting.length > 1
          ? 'its few words come back row after row'
          : `the only ${only.nativeType} field left`,
      others: [],
    });
  }
}

/** Pairs of days that must not be the wrong way round: swapped where most samples say so. */
export function putInOrder(
  evidence: Evidence,
  object: CrmObject,
  assignment: Assignment,
  first: string,
  second: string,
): Assignment {
  const [start, end] = [assignment.get(first), assignment.get(second)];
  if (start === undefined || end === undefined) return assignment;
  const rows = (evidence.samples.get(object.name) ?? [])
    .map(({ fields }) => [fields[start.field.name], fields[end.field.name]] as const)
    .filter((pair): pair is [string, string] => pair.every((value) => typeof value === 'string'));
  const wrong = rows.filter(([a, b]) => a > b).length;
  if (wrong * 2 <= rows.length) return assignment;
  return new Map([
    ...assignment,
    [first, { ...end, because: 'the earlier of the two in the sample' }],
    [second, { ...start, because: 'the later of the two in the sample' }],
  ]);
}
