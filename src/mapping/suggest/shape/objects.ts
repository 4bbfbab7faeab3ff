import type { CrmObject } from '../../../model/connector.ts';
import type { EntityName } from '../../../model/entities.ts';
import { sourcesOf, type Evidence } from '../evidence.ts';
import { isDay, median, ownFields } from './column.ts';
import { pointsAtPartners } from './companies.ts';
import { framesPeriods, steadyNumbers } from './planning.ts';

/**
 * What an object of the org's own holds, by what it leads to, what leads to it and what its values
 * are like: 0..1.
 */
type Signature = (evidence: Evidence, object: CrmObject) => number;

const leadsTo = (object: CrmObject, target: string): boolean =>
  ownFields(object).some(({ referenceTo }) => referenceTo.includes(target));
const onPartners = (evidence: Evidence, object: CrmObject): boolean =>
  ownFields(object)
    .filter(({ referenceTo }) => referenceTo.includes(evidence.companyObject))
    .some(({ name }) => pointsAtPartners(evidence, object, name));
/** Own objects that hang on this one. */
const children = (evidence: Evidence, object: CrmObject): number =>
  evidence.objects.filter(
    (other) => other !== object && other.custom && leadsTo(other, object.name),
  ).length;
/** Middle of the largest number that nearly every row has; null = has none. */
function size(evidence: Evidence, object: CrmObject): number | null {
  const all = steadyNumbers({ evidence, object }).map((numbers) => median(numbers.map(Math.abs)));
  return all.length === 0 ? null : Math.max(...all);
}
const hasTimes = (object: CrmObject): boolean =>
  ownFields(object).some(({ type }) => type === 'datetime');
const hasDays = (object: CrmObject): boolean => ownFields(object).some(isDay);
const contactsOf = (evidence: Evidence): string[] =>
  sourcesOf(evidence.base, 'contact').map(({ object }) => object);
const onDeals = (evidence: Evidence, object: CrmObject): boolean =>
  leadsTo(object, evidence.dealObject) ||
  evidence
    .describe(evidence.dealObject)
    ?.fields.some(({ referenceTo }) => referenceTo.includes(object.name)) === true;

/** Money is counted in more than these, signs of life are not. */
const SMALL = 50;

const SIGNATURES: Partial<Record<EntityName, Signature>> = {
  plan: (evidence, object) =>
    onPartners(evidence, object) &&
    framesPeriods({ evidence, object }) &&
    children(evidence, object) > 0
      ? 1
      : 0,
  target: (evidence, object) => (size(evidence, object) === null ? 0 : 1),
  milestone: (evidence, object) =>
    size(evidence, object) === null && hasDays(object) && children(evidence, object) <= 1 ? 1 : 0,
  certification: (evidence, object) =>
    onPartners(evidence, object) &&
    size(evidence, object) === null &&
    hasDays(object) &&
    !onDeals(evidence, object)
      ? contactsOf(evidence).some((contact) => leadsTo(object, contact))
        ? 1
        : 0.8
      : 0,
  cost: (evidence, object) =>
    onPartners(evidence, object) &&
    !onDeals(evidence, object) &&
    hasDays(object) &&
    (size(evidence, object) ?? 0) >= SMALL
      ? hasTimes(object)
        ? 0.7
        : 1
      : 0,
  signal: (evidence, object) =>
    onPartners(evidence, object) &&
    !onDeals(evidence, object) &&
    hasDays(object) &&
    (size(evidence, object) ?? SMALL) < SMALL
      ? hasTimes(object)
        ? 1
        : 0.7
      : 0,
  campaign: (evidence, object) =>
    onPartners(evidence, object) &&
    onDeals(evidence, object) &&
    framesPeriods({ evidence, object }) &&
    size(evidence, object) !== null
      ? 1
      : 0,
};

export const signatureOf = (evidence: Evidence, object: CrmObject, entity: EntityName): number =>
  SIGNATURES[entity]?.(evidence, object) ?? 0;
