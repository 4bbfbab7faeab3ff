import type { CrmObject } from '../../model/connector.ts';
import { ENTITY_NAMES, type EntityName } from '../../model/entities.ts';
import type { MappingDocument } from '../../model/mapping.ts';
import { registrationOnDeal, fillFromCustom, suggestDeal } from './deals.ts';
import { engineerOnDeal, helpersOnDeal, linkCampaign } from './deal-roles.ts';
import {
  confidenceOf,
  plainSource,
  type Draft,
  type DraftSource,
  type Explanation,
  type Question,
} from './draft.ts';
import { fillOf, sourcesOf, type Evidence, type SuggestInput } from './evidence.ts';
import { gather } from './gather.ts';
import { dealPartnerRules, noteAbsences, ownSource, sidesOf } from './own-sources.ts';
import { matchOwnObjects, ownEntities } from './own-objects.ts';
import { suggestPartner } from './partner-source.ts';
import { partnerLookups } from './partners.ts';
import { pruneSource } from './prune.ts';
import { render } from './render.ts';
import { flow } from '../check/flow.ts';

export type { SuggestInput } from './evidence.ts';
export interface Suggestion {
  yaml: string;
  explanations: Explanation[];
  /** What only a person can say; each stands in the draft too, above what it is about. */
  questions: Question[];
}

/** Sources of the shipped mapping that need nothing of the org's own. */
function standardSources(evidence: Evidence, entity: EntityName): DraftSource[] {
  return sourcesOf(evidence.base, entity).flatMap((shipped) => {
    const object = evidence.describe(shipped.object);
    const pruned =
      object === null || object === undefined
        ? null
        : pruneSource(shipped, object, evidence.describe);
    if (object === null || object === undefined || pruned === null) return [];
    const draft = plainSource(entity, pruned.source, 'high', [
      `${object.label}: a standard object of this CRM.`,
    ]);
    if (entity === 'campaign' && !draft.fields.has('partnerId'))
      campaignPartner(evidence, object, draft);
    fillFromCustom(
      evidence,
      draft,
      object,
      pruned.lost.filter((name) => name !== 'partnerId'),
    );
    return [draft];
  });
}

function campaignPartner(evidence: Evidence, object: CrmObject, draft: DraftSource): void {
  const [lookup, ...others] = partnerLookups(evidence, object).sort(
    (a, b) =>
      (fillOf(evidence, object.name, b.name) ?? 0) - (fillOf(evidence, object.name, a.name) ?? 0),
  );
  if (lookup === undefined) return;
  draft.fields.set('partnerId', { rule: lookup.name, note: `"${lookup.label}"` });
  draft.instead.push(
    ...others.map((field) => `partnerId: ${field.name}    (under fields; "${field.label}")`),
  );
}

function draftOf(evidence: Evidence): Draft {
  const sources: DraftSource[] = [];
  const company = evidence.describe(evidence.companyObject);
  const deal = evidence.describe(evidence.dealObject);
  const own = matchOwnObjects(evidence);
  const owned = new Set<EntityName>(ownEntities(evidence).map(({ entity }) => entity));
  const [partnerShipped] = sourcesOf(evidence.base, 'partner');
  if (company && partnerShipped !== undefined)
    sources.push(suggestPartner(evidence, company, partnerShipped));
  const [dealShipped] = sourcesOf(evidence.base, 'deal');
  const dealDraft =
    deal && dealShipped !== undefined ? suggestDeal(evidence, deal, dealShipped) : null;
  if (deal && dealDraft !== null) sources.push(dealDraft);
  const onDeal = deal && dealDraft !== null ? registrationOnDeal(evidence, deal, dealDraft) : null;
  if (onDeal !== null) sources.push(onDeal);
  const sides = sidesOf(evidence, own.taken);
  for (const match of own.taken) sources.push(ownSource(evidence, match, sides));
  for (const entity of ENTITY_NAMES)
    if (entity !== 'partner' && entity !== 'deal' && !owned.has(entity))
      sources.push(...standardSources(evidence, entity));
  if (deal && dealDraft !== null) {
    linkCampaign(deal, dealDraft, sources);
    sources.push(...helpersOnDeal(evidence, deal, dealShipped, sources));
  }
  // An entity of their own that the shipped mapping takes from a standard object.
  for (const entity of owned) {
    if (sources.some((source) => source.entity === entity)) continue;
    sources.push(
      ...standardSources(evidence, entity).filter(
        ({ source }) =>
          evidence.describe(source.object)?.custom === false &&
          (entity !== 'registration' || source.object !== evidence.dealObject),
      ),
    );
  }
  sources.push(...engineerOnDeal(evidence, deal, sources));
  return {
    sources,
    absent: noteAbsences(own, sources),
    dealPartner: dealPartnerRules(evidence, sources),
  };
}

function writesOf(evidence: Evidence, draft: Draft): MappingDocument['write'] {
  return evidence.base.write.map((block) => ({
    ...block,
    object:
      draft.sources.find((source) => source.entity === block.entity)?.source.object ?? block.object,
  }));
}

function explain(draft: Draft): Explanation[] {
  return [
    ...draft.sources.flatMap((source): Explanation[] => [
      {
        entity: source.entity,
        field: null,
        choice: source.source.object,
        confidence: source.confidence,
        because: [...source.why, ...source.questions.map(({ text }) => text)],
        alternatives: source.instead,
      },
      ...[...source.fields]
        .filter(([, field]) => field.note !== null)
        .map(
          ([name, field]): Explanation => ({
            entity: source.entity,
            field: name,
            choice: flow(field.rule),
            confidence: source.confidence,
            because: [field.note ?? ''],
            alternatives: [],
          }),
        ),
    ]),
    ...draft.absent.map(
      ({ entity, why, near }): Explanation => ({
        entity,
        field: null,
        choice: '',
        confidence: confidenceOf(0),
        because: [why],
        alternatives: near,
      }),
    ),
  ];
}

/**
 * A draft mapping for an org, from its own description and a sample of its rows: commented YAML
 * that says of every choice why it was made and how sure it is, with what else was possible in
 * comments. Pure and deterministic. The draft passes `checkMapping` without errors as long as the
 * shipped mapping's partner, deal and stage objects are there.
 */
export function suggestMapping(input: SuggestInput): Suggestion {
  const evidence = gather(input);
  const draft = draftOf(evidence);
  const { settings } = evidence.base;
  const org = input.org;
  const yaml = render(
    draft,
    [
      'yaml-language-server: $schema=./mapping.schema.json',
      '',
      `A draft from the description and a sample of this ${input.crm} org. Read it before you use it:`,
      'each source says why it was chosen and how sure that is. Then run `headwater mapping check` and `headwater mapping preview`.',
    ],
    {
      crm: input.crm,
      write: writesOf(evidence, draft),
      settings: {
        ...settings,
        timeZone: org?.timeZone ?? settings.timeZone,
        fiscalYearStartMonth: org?.fiscalYearStartMonth ?? settings.fiscalYearStartMonth,
        reportingCurrency: org?.currency ?? settings.reportingCurrency,
      },
    },
    [
      'Time zone, currency and the first month of the fiscal year (1 = January) are those of the org where it tells them; what it does not tell is for you to say.',
    ],
  );
  return {
    yaml,
    explanations: explain(draft),
    questions: draft.sources.flatMap(({ questions }) => questions),
  };
}
