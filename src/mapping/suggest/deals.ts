import type { CrmField, CrmObject } from '../../model/connector.ts';
import type { Condition, FieldRule, MappingSource } from '../../model/mapping.ts';
import { confidenceOf, plainSource, type DraftSource } from './draft.ts';
import { fillOf, pathsIn, valuesOf, type Evidence } from './evidence.ts';
import { assignFields } from './fields.ts';
import { FIELD_PHRASES } from './lexicon/fields.ts';
import { influences, partnerLookups } from './partners.ts';
import { pruneSource } from './prune.ts';
import { helpersByCoReference } from './shape/helpers.ts';
import { decisionRule } from './word-maps.ts';

/**
 * Fields of a standard object that a company had to add itself, and what follows from them: the
 * deal's partner and its registration.
 */

const percent = (share: number | null): string =>
  share === null ? 'not sampled' : `${Math.round(share * 100)}% filled`;

/**
 * Fills entity fields that the shipped mapping finds nothing for from the
 * object's own custom fields.
 */
export function fillFromCustom(
  evidence: Evidence,
  draft: DraftSource,
  object: CrmObject,
  wanted: readonly string[],
): void {
  const used = new Set([...draft.fields.values()].flatMap(({ rule }) => pathsIn(rule)));
  const free = object.fields.filter((field) => field.custom && !used.has(field.name));
  const open = wanted.filter(
    (name) => !draft.fields.has(name) && FIELD_PHRASES[draft.entity]?.[name] !== undefined,
  );
  for (const [name, choice] of assignFields(evidence, object, draft.entity, open, {}, free)) {
    if (choice.score < 0.5) {
      draft.instead.push(
        `${name}: ${choice.field.name}    (under fields; "${choice.field.label}", ${confidenceOf(choice.score)} confidence)`,
      );
      continue;
    }
    draft.fields.set(name, {
      rule: choice.field.name,
      note: `"${choice.field.label}", ${choice.because}, ${percent(fillOf(evidence, object.name, choice.field.name))}${choice.others.length > 0 ? `; or ${choice.others.map(({ field }) => field.name).join(', ')}` : ''}`,
    });
  }
}

/**
 * The lookups on a deal that name its partner, the shipped one first, then the most filled. Lookups
 * that nobody fills are kept apart, and so are those to a company that helped beside the partner.
 */
export function dealPartnerLookups(
  evidence: Evidence,
  deal: CrmObject,
  shipped: MappingSource | undefined,
): { used: CrmField[]; empty: CrmField[]; helped: CrmField[] } {
  const customer = pathsIn(shipped?.fields['accountId'] ?? '');
  const known = pathsIn(shipped?.fields['partnerId'] ?? '');
  const fill = (field: CrmField): number => fillOf(evidence, deal.name, field.name) ?? 0;
  const all = partnerLookups(evidence, deal).filter((field) => !customer.includes(field.name));
  const order = (a: CrmField, b: CrmField): number =>
    Number(known.includes(b.name)) - Number(known.includes(a.name)) ||
    fill(b) - fill(a) ||
    (a.name < b.name ? -1 : 1);
  const named = all.filter((field) => !influences(field));
  const lookups = (named.length > 0 ? named : all).sort(order);
  const beside = helpersByCoReference(evidence, deal, lookups);
  const leading = lookups.filter((field) => !beside.includes(field));
  const sampled = valuesOf(evidence, deal.name, leading[0]?.name ?? '').length > 0;
  const used = leading.filter((field) => known.includes(field.name) || !sampled || fill(field) > 0);
  return {
    used,
    empty: leading.filter((field) => !used.includes(field)),
    helped: all.filter((field) => !leading.includes(field) && (!sampled || fill(field) > 0)),
  };
}

/**
 * The shipped deal source fitted to the org, with its own partner lookup and registration fields.
 */
export function suggestDeal(
  evidence: Evidence,
  object: CrmObject,
  shipped: MappingSource,
): DraftSource | null {
  const pruned = pruneSource(shipped, object, evidence.describe);
  if (pruned === null) return null;
  const draft = plainSource('deal', pruned.source, 'high', [
    `${object.label} is where this CRM keeps deals.`,
  ]);
  const { used, empty } = dealPartnerLookups(evidence, object, shipped);
  const rules = used.map(({ name }): FieldRule => name);
  const [only] = rules;
  draft.fields.delete('partnerId');
  if (only !== undefined)
    draft.fields.set('partnerId', {
      rule: rules.length === 1 ? only : { coalesce: rules },
      note: used
        .map((field) => `"${field.label}" ${percent(fillOf(evidence, object.name, field.name))}`)
        .join('; '),
    });
  else draft.why.push('No lookup on it names a partner; see dealPartner below for the other ways.');
  for (const field of empty)
    draft.instead.push(
      `partnerId: ${field.name}    (under fields; "${field.label}", empty in the sample)`,
    );
  fillFromCustom(evidence, draft, object, Object.keys(FIELD_PHRASES.deal ?? {}));
  return draft;
}

/** Deals that were registered: a source of registrations where the deal says when, and by whom. */
export function registrationOnDeal(
  evidence: Evidence,
  object: CrmObject,
  deal: DraftSource,
): DraftSource | null {
  const when = deal.fields.get('registeredAt');
  const who = deal.fields.get('partnerId');
  if (when === undefined || who === undefined) return null;
  const set = (rule: FieldRule): Condition[] =>
    pathsIn(rule).map((field) => ({ field, set: true }));
  const partner = set(who.rule);
  const own = (name: string): [string, FieldRule][] => {
    const found = deal.fields.get(name);
    return found === undefined ? [] : [[name, found.rule]];
  };
  const key = object.fields.find(({ type }) => type === 'id')?.name;
  const fields: [string, FieldRule][] = [
    ['partnerId', who.rule],
    ...(key === undefined ? [] : [['dealId', key] as [string, FieldRule]]),
    ...own('accountId'),
    ['submittedAt', when.rule],
    ...own('product'),
    ...own('registrationStatus').map(([, rule]): [string, FieldRule] => [
      'status',
      statusRule(evidence, object, rule),
    ]),
    ...own('amount'),
    ...own('currency'),
  ];
  const draft = plainSource(
    'registration',
    {
      object: object.name,
      where: { all: [...set(when.rule), ...(partner.length > 1 ? [{ any: partner }] : partner)] },
      fields: Object.fromEntries(fields),
    },
    'medium',
    [
      `Deals with a registration date and a partner (${percent(fillOf(evidence, object.name, pathsIn(when.rule)[0] ?? ''))} have a date).`,
    ],
  );
  fillFromCustom(evidence, draft, object, ['decidedAt', 'protectedUntil']);
  return draft;
}

function statusRule(evidence: Evidence, object: CrmObject, rule: FieldRule): FieldRule {
  const field = object.fields.find(({ name }) => name === pathsIn(rule)[0]);
  return field === undefined ? rule : decisionRule(evidence, object, field);
}
