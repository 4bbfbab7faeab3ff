import type { CrmObject } from '../../model/connector.ts';
import { entityShape, type EntityName } from '../../model/entities.ts';
import { liveRows, sourcesOf, valuesOf, type Evidence } from './evidence.ts';
import { assignFields, putInOrder, type Assignment } from './fields.ts';
import { FIELD_PHRASES } from './lexicon/fields.ts';
import { CUSTOM_ENTITIES } from './lexicon/objects.ts';
import { signatureOf } from './shape/objects.ts';
import { likeness, wordsOf } from './words.ts';
import { OBJECT_PHRASES } from './lexicon/objects.ts';

/** Which of the org's own objects holds the plans, targets, certificates and so on. */

/** From here on an object is taken; below, down to MENTION, it is only named as a possibility. */
const TAKE = 0.5;
const MENTION = 0.35;
/** What a match is made of: the object's name, the fields that must be there, those that may. */
const SHARES = { name: 0.45, required: 0.4, optional: 0.15 };
/**
 * Partners that have a single row of an object each have a profile, not a
 * history of plans or payments.
 */
const WITHOUT_REQUIRED = 0.6;
/** From here on a name says what an object is. */
const NAMED = 0.6;
/** An object that looks like what is wanted is worth so much without a name that says so. */
const BY_SIGNATURE = 0.8;

type Own = (typeof CUSTOM_ENTITIES)[number];
export interface ObjectMatch {
  entity: EntityName;
  object: CrmObject;
  score: number;
  fields: Assignment;
  because: string[];
  /** Required fields that nothing fills. */
  missing: string[];
}

function targetsOf(
  evidence: Evidence,
  own: Own,
  planObject: string | null,
): Record<string, string[]> | null {
  const above = {
    plan: planObject,
    deal: evidence.dealObject,
    partner: evidence.companyObject,
  }[own.above];
  if (above === null) return null;
  return {
    [own.parent]: [above],
    ...(own.entity === 'registration'
      ? { dealId: [evidence.dealObject], accountId: [evidence.companyObject] }
      : {}),
  };
}

/**
 * How well an object serves as an entity; null when nothing in it leads to what must stand above.
 */
function matchObject(
  evidence: Evidence,
  own: Own,
  object: CrmObject,
  planObject: string | null,
): ObjectMatch | null {
  const targets = targetsOf(evidence, own, planObject);
  if (
    targets === null ||
    !object.fields.some((field) =>
      field.referenceTo.some(
        (target) => targets[own.parent]?.includes(target) === true && field.custom,
      ),
    )
  )
    return null;
  const shape = entityShape(own.entity).fields;
  const wanted = Object.keys(FIELD_PHRASES[own.entity] ?? {}).filter(
    (name) => shape[name] !== undefined,
  );
  let fields = assignFields(evidence, object, own.entity, wanted, targets);
  if (own.entity === 'plan') fields = putInOrder(evidence, object, fields, 'startOn', 'endOn');
  if (own.entity === 'certification')
    fields = putInOrder(evidence, object, fields, 'issuedOn', 'expiresOn');
  const scoreOf = (names: string[]): number =>
    names.length === 0
      ? 1
      : names.reduce((sum, name) => sum + Math.min(1, fields.get(name)?.score ?? 0), 0) /
        names.length;
  const required = wanted.filter((name) => shape[name]?.required === true);
  const missing = required.filter((name) => !fields.has(name));
  const name = nameScore(own.entity, object, own.above === 'plan' ? planObject : null);
  const looks = signatureOf(evidence, object, own.entity);
  const score =
    (SHARES.name * Math.max(name, BY_SIGNATURE * looks) +
      SHARES.required * scoreOf(required) +
      SHARES.optional * scoreOf(wanted.filter((each) => shape[each]?.required !== true))) *
    (missing.length > 0 || ('byName' in own && name < NAMED && looks < 1) ? WITHOUT_REQUIRED : 1);
  return {
    entity: own.entity,
    object,
    score,
    fields,
    missing,
    because: reasons(evidence, own, object, name, fields),
  };
}

/** Words that the object above has too say which plan it is about, not what it is. */
const nameScore = (entity: EntityName, object: CrmObject, above: string | null): number =>
  likeness(
    OBJECT_PHRASES[entity] ?? [],
    object,
    above === null
      ? ['partner', 'reseller', 'alliance', 'channel']
      : [...wordsOf(above), 'partner'],
  );

function reasons(
  evidence: Evidence,
  own: Own,
  object: CrmObject,
  name: number,
  fields: Assignment,
): string[] {
  const parent = fields.get(own.parent);
  const start = fields.get('startOn');
  const end = fields.get('endOn');
  const ordered =
    start === undefined || end === undefined
      ? 0
      : liveRows(evidence, object.name).filter(
          ({ fields: row }) =>
            String(row[start.field.name] ?? '') < String(row[end.field.name] ?? ''),
        ).length;
  const perParent =
    parent === undefined
      ? []
      : valuesOf(evidence, object.name, parent.field.name).filter((value) => value !== null);
  return [
    name >= NAMED
      ? `its name says ${own.entity}`
      : name >= MENTION
        ? `its name is near ${own.entity}`
        : 'found by its fields, not by its name',
    ...(parent === undefined
      ? []
      : [
          `${parent.field.label} leads to ${parent.field.referenceTo.join(' or ')}${perParent.length > 0 ? `, ${new Set(perParent).size} different in ${perParent.length} sampled rows` : ''}`,
        ]),
    ...(ordered > 0 ? [`the first date is before the second in ${ordered} sampled rows`] : []),
  ];
}

export interface OwnObjects {
  taken: ObjectMatch[];
  mentioned: ObjectMatch[];
}

function children(evidence: Evidence, objects: CrmObject[], plan: string): ObjectMatch[] {
  return CUSTOM_ENTITIES.filter(({ above }) => above === 'plan').flatMap((own) =>
    objects.flatMap((object) =>
      object.name === plan ? [] : (matchObject(evidence, own, object, plan) ?? []),
    ),
  );
}

/**
 * The plan object is the one that, with what hangs on it, fits best: a target or milestone below it
 * says more than its own name.
 */
function choosePlan(evidence: Evidence, objects: CrmObject[]): ObjectMatch | null {
  const own = CUSTOM_ENTITIES[0];
  const ranked = objects
    .flatMap((object) => matchObject(evidence, own, object, null) ?? [])
    .map((match) => {
      const below = children(evidence, objects, match.object.name);
      const best = (entity: EntityName): number =>
        Math.max(0, ...below.filter((each) => each.entity === entity).map(({ score }) => score));
      return { match, total: match.score + 0.3 * best('target') + 0.2 * best('milestone') };
    })
    .sort((a, b) => b.total - a.total || (a.match.object.name < b.match.object.name ? -1 : 1));
  const first = ranked[0];
  if (first === undefined || (first.match.score < TAKE && first.total < TAKE + 0.25))
    return first?.match !== undefined && first.match.score >= MENTION ? first.match : null;
  return first.match.missing.length > 0
    ? first.match
    : { ...first.match, score: Math.max(first.match.score, TAKE) };
}

/**
 * Entities that may live in own objects here: not those for which this CRM has an object of its
 * own, other than the deal's.
 */
export const ownEntities = (evidence: Evidence): Own[] =>
  CUSTOM_ENTITIES.filter(
    ({ entity }) =>
      !sourcesOf(evidence.base, entity).some(
        ({ object }) =>
          object !== evidence.dealObject && evidence.describe(object)?.custom === false,
      ),
  );

/** Each own object serves one entity at most; the best pair goes first. */
export function matchOwnObjects(evidence: Evidence): OwnObjects {
  const objects = evidence.objects.filter(({ custom }) => custom);
  const plan = choosePlan(evidence, objects);
  const rest = objects.filter((object) => object !== plan?.object);
  const pairs = [
    ...(plan === null ? [] : [plan, ...children(evidence, objects, plan.object.name)]),
    ...ownEntities(evidence)
      .filter(({ entity, above }) => above !== 'plan' && entity !== 'plan')
      .flatMap((own) => rest.flatMap((object) => matchObject(evidence, own, object, null) ?? [])),
  ]
    .filter(({ score }) => score >= MENTION)
    .sort((a, b) => b.score - a.score || (a.object.name < b.object.name ? -1 : 1));
  const taken: ObjectMatch[] = [];
  for (const pair of pairs) {
    if (
      pair.score < TAKE ||
      pair.missing.length > 0 ||
      taken.some((each) => each.entity === pair.entity || each.object === pair.object)
    )
      continue;
    taken.push(pair);
  }
  return {
    taken,
    mentioned: pairs.filter(
      (pair) => !taken.includes(pair) && !taken.some(({ object }) => object === pair.object),
    ),
  };
}
