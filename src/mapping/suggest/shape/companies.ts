import type { CrmObject } from '../../../model/connector.ts';
import { pathsIn, sourcesOf, type Evidence } from '../evidence.ts';
import { FEWEST_ROWS } from './column.ts';

/**
 * Which companies the org itself treats as partners, by co-reference alone: its own objects
 * (plans, certificates, payments) hang on partners, deals have customers.
 */

/** A lookup of an own object with more of its rows on customers is about customers. */
const MOST_CUSTOMERS = 0.2;
/** Two objects speak of the same companies when they share this much of the smaller set. */
const SHARED = 0.3;
/** From this share of known partners on, a lookup points at partners only. */
const ONLY_PARTNERS = 0.8;
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

/** Companies that the org's own objects hang on: the largest group that speaks of the same ones. */
export function companiesOfOwnObjects(evidence: Evidence): ReadonlySet<string> {
  const bought = customers(evidence);
  const groups: { ids: Set<string>; rows: number; objects: number }[] = [];
  for (const object of evidence.objects.filter(({ custom }) => custom)) {
    const ids = object.fields
      .filter(({ custom, referenceTo }) => custom && referenceTo.includes(evidence.companyObject))
      .flatMap(({ name }) => idsIn(evidence, object, name));
    if (ids.length < FEWEST_ROWS || shareIn(ids, bought) > MOST_CUSTOMERS) continue;
    const same = groups.find(
      (group) =>
        shareIn([...new Set(ids)], group.ids) >= SHARED ||
        shareIn([...group.ids], new Set(ids)) >= SHARED,
    );
    if (same === undefined) groups.push({ ids: new Set(ids), rows: ids.length, objects: 1 });
    else {
      for (const id of ids) same.ids.add(id);
      same.rows += ids.length;
      same.objects += 1;
    }
  }
  const [first] = groups.sort((a, b) => b.objects - a.objects || b.rows - a.rows);
  return new Set([...(first?.ids ?? [])].filter((id) => !bought.has(id)));
}

/** Whether a lookup is filled, and with partners only. */
export function pointsAtPartners(evidence: Evidence, object: CrmObject, name: string): boolean {
  const ids = idsIn(evidence, object, name);
  return ids.length >= FEWEST_ROWS && shareIn(ids, evidence.partners()) >= ONLY_PARTNERS;
}
