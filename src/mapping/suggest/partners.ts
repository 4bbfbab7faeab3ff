import type { CrmField, CrmObject, CrmRow } from '../../model/connector.ts';
import type { Condition, MappingSource } from '../../model/mapping.ts';
import { ruleObject } from '../document/sources.ts';
import { compileCondition } from '../compile/condition.ts';
import { fillOf, liveRows, valuesOf, wordsSeen, type Evidence } from './evidence.ts';
import { INFLUENCE_WORDS, KIND_WORDS, NOT_PARTNER_WORDS, PARTNER_WORDS } from './lexicon/words.ts';
import { pruneCondition } from './prune.ts';
import { idsIn, pointsAtPartners } from './shape/companies.ts';
import { filledByCoReference, marksByCoReference } from './shape/marks.ts';
import { mentions, wordsOf } from './words.ts';

/**
 * Which companies are partners: by a checkbox, by words in a picklist, by record type, or
 * by what others say of them.
 */

interface PartnerMark {
  condition: Condition;
  shipped: boolean;
  /** Sampled companies it marks. */
  marked: number;
  /** Of the sampled companies that partner lookups name: how many it marks. */
  named: number;
  text: string;
}

/**
 * A further mark is worth its line when it finds this share of the named
 * partners that the others miss.
 */
const WORTH_ADDING = 0.05;
/** What a mark loses for companies that nothing else names as partner: new ones, or no partners. */
const BESIDE = 0.5;

/** Says a partner word and none that turns it round. */
const meansPartner = (text: string): boolean =>
  mentions(PARTNER_WORDS, text) && !mentions(NOT_PARTNER_WORDS, text);

/** Companies that a lookup with a partner's name points at, anywhere in the sample. */
function namedPartners(evidence: Evidence): Set<string> {
  const named = new Set<string>();
  for (const object of evidence.objects) {
    if (object.name === evidence.companyObject) continue;
    for (const field of partnerLookups(evidence, object))
      for (const id of idsIn(evidence, object, field.name)) named.add(id);
  }
  for (const id of evidence.partners()) named.add(id);
  return named;
}

/** Names a company that helped a deal along, rather than the one that brought it. */
export const influences = (field: CrmField): boolean =>
  field.custom && mentions(INFLUENCE_WORDS, field.name, field.label);

/**
 * Lookups to the company object that are about a partner by their own name, by that of their
 * object (a plan's only company is its partner), or because they are filled with partners only.
 */
export function partnerLookups(evidence: Evidence, object: CrmObject): CrmField[] {
  const lookups = object.fields.filter((field) =>
    field.referenceTo.includes(evidence.companyObject),
  );
  const own = lookups.filter(
    (field) => mentions(PARTNER_WORDS, field.name, field.label) || influences(field),
  );
  const custom = lookups.filter(({ custom: isCustom }) => isCustom);
  const alike = custom.filter(
    (field) => !own.includes(field) && pointsAtPartners(evidence, object, field.name),
  );
  return own.length + alike.length > 0
    ? [...own, ...alike]
    : object.custom && custom.length === 1 && mentions(PARTNER_WORDS, object.name, object.label)
      ? custom
      : [];
}

function leaves(condition: Condition): Condition[] {
  return 'any' in condition ? condition.any.flatMap(leaves) : [condition];
}

function candidates(
  evidence: Evidence,
  company: CrmObject,
  shipped: MappingSource | undefined,
): { condition: Condition; shipped: boolean }[] {
  const known =
    shipped?.where === undefined
      ? []
      : leaves(shipped.where).flatMap(
          (leaf) => pruneCondition(leaf, company, evidence.describe) ?? [],
        );
  const used = new Set(
    known.flatMap((condition) => ('field' in condition ? [condition.field] : [])),
  );
  const found = company.fields
    .filter((field) => !used.has(field.name))
    .flatMap((field): Condition[] => {
      if (field.type === 'boolean')
        return meansPartner(field.name) || meansPartner(field.label)
          ? [{ field: field.name, is: true }]
          : [];
      if (field.type !== 'picklist' && field.type !== 'multipicklist') return [];
      const values = wordsSeen(evidence, company.name, field).filter(meansPartner);
      if (values.length === 0) return [];
      return field.type === 'picklist'
        ? [{ field: field.name, in: values }]
        : values.map((value) => ({ field: field.name, contains: value }));
    });
  const all = [
    ...known.map((condition) => ({ condition, shipped: true })),
    ...found.map((condition) => ({ condition, shipped: false })),
    ...recordTypes(evidence, company),
    ...marksByCoReference(evidence, company, typePaths(company))
      .filter((condition) => !('field' in condition && used.has(condition.field)))
      .map((condition) => ({ condition, shipped: false })),
  ];
  const said = all.map(({ condition }) => JSON.stringify(condition));
  return all.filter((_, index) => said.indexOf(said[index] ?? '') === index);
}

/**
 * Kinds of record that are objects of their own (`…Type.Name`), where the sample has their names.
 */
function recordTypes(
  evidence: Evidence,
  company: CrmObject,
): { condition: Condition; shipped: boolean }[] {
  return typePaths(company).flatMap((path) => {
    const values = [...new Set(valuesOf(evidence, company.name, path))]
      .filter((value): value is string => typeof value === 'string' && meansPartner(value))
      .sort();
    return values.length === 0 ? [] : [{ condition: { field: path, in: values }, shipped: false }];
  });
}

/** Paths to the names of record kinds, to be sampled too. */
export const typePaths = (company: CrmObject): string[] =>
  company.fields
    .filter(
      (field) =>
        field.type === 'reference' &&
        field.relationshipName !== null &&
        wordsOf(field.name).includes('type'),
    )
    .map((field) => `${field.relationshipName}.Name`);

function describeMark(
  evidence: Evidence,
  company: CrmObject,
  condition: Condition,
  shipped: boolean,
  rows: CrmRow[],
  named: ReadonlySet<string>,
): PartnerMark {
  const test = compileCondition(condition, {
    object: company,
    describe: evidence.describe,
    timeZone: 'UTC',
  });
  const marked = rows.filter((row) => test(row) === true);
  const hits = marked.filter((row) => named.has(row.id)).length;
  const field = 'field' in condition ? condition.field : '';
  return {
    condition,
    shipped,
    marked: marked.length,
    named: hits,
    text: `${field} marks ${marked.length} of ${rows.length} sampled ${company.label} rows${named.size > 0 ? `, ${hits} of them named as partner elsewhere` : ''}`,
  };
}

export interface PartnerMarks {
  chosen: PartnerMark[];
  others: PartnerMark[];
  /** Sampled companies that lookups name as partner, and how many the choice covers. */
  named: number;
  covered: number;
  /** Sampled rows. */
  rows: number;
  /**
   * A picklist that only partners have filled, where nothing else marks them: its words sort them.
   */
  kind: CrmField | null;
}

/**
 * What marks a partner, the marks that ship first. A mark that finds nobody is kept only when it
 * ships and there is no sample to judge it by.
 */
export function findPartnerMarks(
  evidence: Evidence,
  company: CrmObject,
  shipped: MappingSource | undefined,
): PartnerMarks {
  const rows = liveRows(evidence, company.name);
  const elsewhere = namedPartners(evidence);
  const named = new Set(rows.filter(({ id }) => elsewhere.has(id)).map(({ id }) => id));
  const all = candidates(evidence, company, shipped).map(({ condition, shipped: ships }) =>
    describeMark(evidence, company, condition, ships, rows, named),
  );
  const worth = (mark: PartnerMark): number =>
    (mark.shipped ? 2 : 0) +
    (named.size > 0 ? mark.named / named.size : mark.marked > 0 ? 0.5 : 0) -
    (named.size > 0 && mark.marked > 0 ? (BESIDE * (mark.marked - mark.named)) / mark.marked : 0);
  const chosen: PartnerMark[] = [];
  let covered = 0;
  for (const mark of all.toSorted((a, b) => worth(b) - worth(a))) {
    const together = count(evidence, company, [...chosen, mark], rows, named);
    const adds =
      named.size > 0 ? (together - covered) / named.size >= WORTH_ADDING : chosen.length === 0;
    if (mark.marked === rows.length && rows.length > 1 && named.size < rows.length) continue;
    if (mark.shipped ? mark.marked > 0 || rows.length === 0 : mark.marked > 0 && adds) {
      chosen.push(mark);
      covered = together;
    }
  }
  const [only, ...more] = chosen.length > 0 ? [] : filledByCoReference(evidence, company);
  if (only !== undefined) {
    const condition = { field: only.name, set: true };
    const mark = describeMark(evidence, company, condition, false, rows, named);
    chosen.push(mark);
    covered = mark.named;
  }
  return {
    chosen,
    others: all.filter((mark) => !chosen.includes(mark)),
    named: named.size,
    covered,
    rows: rows.length,
    // Of several nobody knows which is their kind and which their tier.
    kind: more.length > 0 ? null : (only ?? null),
  };
}

function count(
  evidence: Evidence,
  company: CrmObject,
  marks: PartnerMark[],
  rows: CrmRow[],
  named: ReadonlySet<string>,
): number {
  const test = compileCondition(
    { any: marks.map(({ condition }) => condition) },
    { object: company, describe: evidence.describe, timeZone: 'UTC' },
  );
  return rows.filter((row) => named.has(row.id) && test(row) === true).length;
}

/**
 * Picklist value -> kind of partner, for the values that mean one, be they the kind's own
 * word. `shipped` words win.
 */
function kindMap(values: string[], shipped: Record<string, unknown> = {}): Record<string, string> {
  const kinds = values.flatMap((value): [string, string][] => {
    const given = shipped[value];
    if (typeof given === 'string') return [[value, given]];
    const kind = mentions(NOT_PARTNER_WORDS, value)
      ? undefined
      : KIND_WORDS.find(([, words]) => mentions(words, value))?.[0];
    return kind === undefined ? [] : [[value, kind]];
  });
  return Object.fromEntries(kinds);
}

/**
 * The field that tells a partner's kind: the shipped one where its values do, else
 * the picklist with most kinds.
 */
export function kindField(
  evidence: Evidence,
  company: CrmObject,
  shipped: MappingSource | undefined,
): { field: CrmField; map: Record<string, string> } | null {
  const rule = ruleObject(shipped?.fields['type'] ?? '');
  const shippedMap = rule.map ?? {};
  const ranked = company.fields
    .filter((field) => field.type === 'picklist')
    .map((field) => ({
      field,
      map: kindMap(
        field.options
          .map(({ value }) => value)
          .filter((value) => field.name !== rule.field || meansPartner(value)),
        field.name === rule.field ? shippedMap : {},
      ),
    }))
    .filter(
      ({ field, map }) =>
        Object.keys(map).length > 0 &&
        (field.name === rule.field || mentions(PARTNER_WORDS, field.name, field.label)),
    )
    .map((each) => ({
      ...each,
      worth:
        Object.keys(each.map).length +
        (each.field.name === rule.field ? 1 : 0) +
        (fillOf(evidence, company.name, each.field.name) === 0 ? -10 : 0),
    }));
  return (
    ranked.sort((a, b) => b.worth - a.worth || (a.field.name < b.field.name ? -1 : 1))[0] ?? null
  );
}
