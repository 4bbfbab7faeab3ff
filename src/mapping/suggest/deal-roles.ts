import type { CrmObject } from '../../model/connector.ts';
import type { FieldRule, MappingSource } from '../../model/mapping.ts';
import { dealPartnerLookups } from './deals.ts';
import { plainSource, type DraftSource } from './draft.ts';
import { fillOf, pathsIn, sourcesOf, type Evidence } from './evidence.ts';
import { METRIC_HINTS } from './lexicon/words.ts';
import { engineerByCoReference } from './shape/helpers.ts';
import { mentions } from './words.ts';

/**
 * What else hangs on a deal beside its partner: companies that helped, and
 * the campaign it came from.
 */

/**
 * One source of deal partners for each lookup that names a helper, unless a
 * shipped source reads it already.
 */
export function helpersOnDeal(
  evidence: Evidence,
  deal: CrmObject,
  shipped: MappingSource | undefined,
  sources: readonly DraftSource[],
): DraftSource[] {
  const known = new Set(
    sources
      .filter(({ entity }) => entity === 'dealPartner')
      .flatMap(({ fields }) => [...fields.values()].flatMap(({ rule }) => pathsIn(rule))),
  );
  const key = deal.fields.find(({ type }) => type === 'id')?.name;
  if (key === undefined) return [];
  return dealPartnerLookups(evidence, deal, shipped)
    .helped.filter(({ name }) => !known.has(name))
    .map((field) => {
      const fields: Record<string, FieldRule> = {
        dealId: key,
        partnerId: field.name,
        role: roleOf(evidence, deal, field.label),
        primary: { value: false },
      };
      const fill = fillOf(evidence, deal.name, field.name);
      return plainSource(
        'dealPartner',
        { object: deal.name, where: { field: field.name, set: true }, fields },
        'medium',
        [
          `"${field.label}" names a company that helped${fill === null ? '' : `; on ${Math.round(fill * 100)}% of the sampled deals`}.`,
        ],
      );
    });
}

/**
 * The word that the shipped mapping has for who helps on a deal, where it reads one from the deal
 * itself: settings speak of it by that word. Elsewhere the org's own.
 */
const roleOf = (evidence: Evidence, deal: CrmObject, label: string): FieldRule =>
  sourcesOf(evidence.base, 'dealPartner').find(({ object }) => object === deal.name)?.fields[
    'role'
  ] ?? { value: label };

/** A user whom the deal itself names as its sales engineer, where the org has no teams. */
export function engineerOnDeal(
  evidence: Evidence,
  deal: CrmObject | null | undefined,
  sources: readonly DraftSource[],
): DraftSource[] {
  if (!deal || sources.some(({ entity }) => entity === 'dealTeam')) return [];
  const people = sourcesOf(evidence.base, 'user').map(({ object }) => object);
  const key = deal.fields.find(({ type }) => type === 'id')?.name;
  const field =
    deal.fields.find(
      ({ custom, name, label, referenceTo }) =>
        custom &&
        referenceTo.some((target) => people.includes(target)) &&
        mentions(METRIC_HINTS.sales_engineer_share, name, label),
    ) ?? engineerByCoReference(evidence, deal);
  if (key === undefined || field === null) return [];
  const fields: Record<string, FieldRule> = {
    dealId: key,
    userId: field.name,
    role: { value: 'Sales engineer' },
  };
  return [
    plainSource(
      'dealTeam',
      { object: deal.name, where: { field: field.name, set: true }, fields },
      'medium',
      [`"${field.label}" names a user on the deal.`],
    ),
  ];
}

/** A deal that leads to the object of campaigns names its campaign so. */
export function linkCampaign(
  deal: CrmObject,
  draft: DraftSource,
  sources: readonly DraftSource[],
): void {
  const campaign = sources.find(({ entity }) => entity === 'campaign')?.source.object;
  const lookup =
    campaign === undefined || draft.fields.has('campaignId')
      ? undefined
      : deal.fields.find(({ referenceTo }) => referenceTo.includes(campaign));
  if (lookup !== undefined)
    draft.fields.set('campaignId', { rule: lookup.name, note: `"${lookup.label}"` });
}
