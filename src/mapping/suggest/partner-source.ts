import type { CrmField, CrmObject } from '../../model/connector.ts';
import type { Condition, FieldRule, MappingSource } from '../../model/mapping.ts';
import { flow } from '../check/flow.ts';
import { ruleObject } from '../document/sources.ts';
import { fillFromCustom } from './deals.ts';
import { plainSource, type DraftSource } from './draft.ts';
import { valuesOf, wordsSeen, type Evidence } from './evidence.ts';
import { FIELD_PHRASES } from './lexicon/fields.ts';
import { assignFields } from './fields.ts';
import { findPartnerMarks, kindField } from './partners.ts';
import { pruneSource } from './prune.ts';
import { likeness } from './words.ts';
import { OBJECT_PHRASES } from './lexicon/objects.ts';

/**
 * The partner source: companies with a mark of partnership, or an object
 * that holds one row a partner.
 */

/** A profile has one row a company; a few doubles are people's mistakes. */
const ONE_ROW_SHARE = 0.95;
const PROFILE_NAME = 0.8;
/**
 * Chosen when nothing marks a partner: an admin must put a name here, and until then
 * nobody is a partner by mistake.
 */
const NOBODY = 'PUT THE NAME OF A PARTNER HERE';

function whereOf(conditions: Condition[]): Condition {
  const [only] = conditions;
  return only !== undefined && conditions.length === 1 ? only : { any: conditions };
}

/** Own objects that hold one row a partner, such as a partner profile: lines to use instead. */
function profiles(evidence: Evidence): string[][] {
  return evidence.objects
    .filter(
      (object) => object.custom && likeness(OBJECT_PHRASES.partner ?? [], object) >= PROFILE_NAME,
    )
    .flatMap((object) => {
      const lookup = object.fields.find(
        (field) => field.custom && field.referenceTo.includes(evidence.companyObject),
      );
      const values =
        lookup === undefined
          ? []
          : valuesOf(evidence, object.name, lookup.name).filter((value) => value !== null);
      if (lookup === undefined || new Set(values).size < values.length * ONE_ROW_SHARE) return [];
      const fields = assignFields(
        evidence,
        object,
        'partner',
        Object.keys(FIELD_PHRASES.partner ?? {}),
        { accountId: [evidence.companyObject] },
      );
      const name = object.fields.find((field) => field.name.toLowerCase() === 'name')?.name;
      return [
        [
          `object: ${object.name}`,
          'fields:',
          ...(name === undefined ? [] : [`  name: ${name}`]),
          ...[...fields].map(([field, choice]) => `  ${field}: ${choice.field.name}`),
        ],
      ];
    });
}

export function suggestPartner(
  evidence: Evidence,
  company: CrmObject,
  shipped: MappingSource,
): DraftSource {
  const marks = findPartnerMarks(evidence, company, shipped);
  const nameRule = ruleObject(shipped.fields['name'] ?? '').field ?? company.fields[0]?.name ?? '';
  const where: Condition =
    marks.chosen.length > 0
      ? whereOf(marks.chosen.map(({ condition }) => condition))
      : { field: nameRule, is: NOBODY };
  const pruned = pruneSource({ ...shipped, where: undefined }, company, evidence.describe);
  const source: MappingSource = {
    ...(pruned?.source ?? { object: company.name, fields: { name: nameRule } }),
    where,
  };
  const sure = marks.chosen.length > 0 && (marks.named === 0 || marks.covered / marks.named >= 0.8);
  const draft = plainSource(
    'partner',
    source,
    marks.chosen.length === 0 ? 'low' : sure ? (marks.named > 0 ? 'high' : 'medium') : 'low',
    [
      ...marks.chosen.map(({ text }) => `${text}.`),
      ...(marks.named > 0
        ? [
            `Lookups elsewhere name ${marks.named} of the sampled companies as partner; these conditions find ${marks.covered} of them.`,
          ]
        : []),
      ...(marks.chosen.length === 0
        ? [
            'NOTHING SAYS WHICH COMPANIES ARE PARTNERS: no checkbox, picklist value or record kind with such a word. Put your own condition here.',
          ]
        : []),
    ],
  );
  draft.instead.push(
    ...marks.others.map(
      ({ condition, text }) => `- ${flow(condition)}    (under where.any; ${text})`,
    ),
  );
  for (const profile of profiles(evidence))
    draft.instead.push('an object with one row a partner, in place of all above:', ...profile);
  kind(evidence, company, shipped, draft, marks.kind);
  fillFromCustom(
    evidence,
    draft,
    company,
    Object.keys(FIELD_PHRASES.partner ?? {}).filter((name) => name !== 'accountId'),
  );
  return draft;
}

function kind(
  evidence: Evidence,
  company: CrmObject,
  shipped: MappingSource,
  draft: DraftSource,
  own: CrmField | null,
): void {
  const found = kindField(evidence, company, shipped);
  if (found === null && own !== null && wordsSeen(evidence, company.name, own).length > 1) {
    draft.fields.set('type', { rule: own.name, note: 'in words of your own' });
    return;
  }
  if (found === null) {
    // The shipped words mean nothing here, and a company's type is no partner type.
    draft.fields.delete('type');
    return;
  }
  const other = Object.fromEntries(
    Object.entries(found.map).filter(([value, kindOf]) => value !== kindOf),
  );
  const rule: FieldRule =
    Object.keys(other).length === 0 ? found.field.name : { field: found.field.name, map: other };
  draft.fields.set('type', { rule, note: null });
}
