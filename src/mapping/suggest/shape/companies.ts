import type { CrmObject } from '../../../model/connector.ts';
import { pathsIn, sourcesOf, type Evidence } from '../evidence.ts';
import { FEWEST_ROWS, isDay, isWord, ownFields, within } from './column.ts';

/**
 * Which companies the org itself treats as partners, by co-reference alone: its own objects
 * (plans, certificates, payments) and the registrations of deals name partners, deals have
 * customers.
 */

/** A lookup of an own object with more of its rows on customers is about customers. */
const MOST_CUSTOMERS = 0.2;
/** Two objects speak of the same companies when they share this much of the smaller set. */
const SHARED = 0.3;
/** From this share of known partners on, a lookup points at partners only. */
const ONLY_PARTNERS = 0.8;
/** A field of a registration is empty where no partner is named; a few are people's mistakes. */
const ALWAYS_BESIDE = 0.9;
/** A registration has its day and its state at least. */
const REGISTRATION_FIELDS = 2;

/** Ids in a lookup; one that may name several holds `a;b`. */
export function idsIn(evidence: Evidence, object: CrmObject, name: string): string[] {
  const field = object.fields.find((each) => each.name === name);
  if (field === undefined) return [];
  return evidence
    .column(object, field)
    .cells.flatMap((value) => (typeof value === 'string' ? value.split(';') : []));
}

function customers(evidence: Evidence): Set<string> {
  const deal = evidence.describe(evidence.dealObject);
  return new Set(
    !deal
      ? []
      : sourcesOf(evidence.base, 'deal')
          .flatMap(({ fields }) => pathsIn(fields['accountId'] ?? ''))
          .flatMap((path) => idsIn(evidence, deal, path)),
  );
}

const shareIn = (ids: readonly string[], set: ReadonlySet<string>): number =>
  ids.length === 0 ? 0 : ids.filter((id) => set.has(id)).length / ids.length;

/** A lookup of companies that are not customers. `weight`: how many objects speak through it. */
interface Naming {
  ids: string[];
  weight: number;
}

/** Own objects that hang on companies: plans, certificates, payments. */
const ofOwnObjects = (evidence: Evidence): Naming[] =>
  evidence.objects
    .filter(({ custom }) => custom)
    .map((object) => ({
      ids: object.fields
        .filter(({ custom, referenceTo }) => custom && referenceTo.includes(evidence.companyObject))
        .flatMap(({ name }) => idsIn(evidence, object, name)),
      weight: 1,
    }));

/**
 * Own lookups of deals: whoever brought a deal stands there, and whoever competes for it. A
 * registration is filled in only where the partner is, and speaks for that lookup.
 */
function ofDeals(evidence: Evidence): Naming[] {
  const deal = evidence.describe(evidence.dealObject);
  if (!deal) return [];
  const parts = ownFields(deal)
    .filter((field) => isDay(field) || isWord(field))
    .map((field) => evidence.column(deal, field))
    .filter(({ filled }) => filled > 0 && filled < 1);
  return deal.fields
    .filter(({ custom, referenceTo }) => custom && referenceTo.includes(evidence.companyObject))
    .map((field) => {
      const lookup = evidence.column(deal, field);
      const beside = parts.filter((part) => within(part, lookup) >= ALWAYS_BESIDE).length;
      const registered = lookup.filled < 1 && beside >= REGISTRATION_FIELDS;
      return { ids: idsIn(evidence, deal, field.name), weight: registered ? 1 : 0 };
    });
}

/**
 * Companies that the org treats as partners, by what names them: the largest group of lookups
 * that speak of the same ones.
 */
export function companiesOfOwnObjects(evidence: Evidence): ReadonlySet<string> {
  const bought = customers(evidence);
  const groups: { ids: Set<string>; rows: number; objects: number }[] = [];
  for (const { ids, weight } of [...ofOwnObjects(evidence), ...ofDeals(evidence)]) {
    if (ids.length < FEWEST_ROWS || shareIn(ids, bought) > MOST_CUSTOMERS) continue;
    const same = groups.find(
      (group) =>
        shareIn([...new Set(ids)], group.ids) >= SHARED ||
        shareIn([...group.ids], new Set(ids)) >= SHARED,
    );
    if (same === undefined) groups.push({ ids: new Set(ids), rows: ids.length, objects: weight });
    else {
      for (const id of ids) same.ids.add(id);
      same.rows += ids.length;
      same.objects += weight;
    }
  }
  // Only deals name the companies of a group without an object: rivals as well as partners.
  const [first] = groups
    .filter(({ objects }) => objects > 0)
    .sort((a, b) => b.objects - a.objects || b.rows - a.rows);
  return new Set([...(first?.ids ?? [])].filter((id) => !bought.has(id)));
}

/** Whether a lookup is filled, and with partners only. */
export function pointsAtPartners(evidence: Evidence, object: CrmObject, name: string): boolean {
  const ids = idsIn(evidence, object, name);
  return ids.length >= FEWEST_ROWS && shareIn(ids, evidence.partners()) >= ONLY_PARTNERS;
}
