import type { CrmField, CrmObject } from '../../../model/connector.ts';
import { sourcesOf, type Evidence } from '../evidence.ts';
import { PARTNER_WORDS } from '../lexicon/words.ts';
import { mentions } from '../words.ts';
import { FEWEST_ROWS, ownFields } from './column.ts';

/** Who helped on a deal, where no word says so: partners beside the one that registered it. */

/** A lookup that stands on fewer registered deals than this leads none. */
const REGISTERED = 0.5;

/**
 * Of lookups that all point at partners, those that only name a helper: they stand on deals that
 * the first names a partner for too, or on hardly any that was registered. Names decide first.
 */
export function helpersByCoReference(
  evidence: Evidence,
  deal: CrmObject,
  lookups: readonly CrmField[],
): CrmField[] {
  const isNamed = ({ name, label }: CrmField): boolean => mentions(PARTNER_WORDS, name, label);
  const [first, ...others] = lookups.toSorted((a, b) => Number(isNamed(b)) - Number(isNamed(a)));
  if (first === undefined || evidence.rows(deal.name).length === 0) return [];
  const registered = evidence.registrationFields(deal).submitted;
  const marked = registered === null ? null : evidence.column(deal, registered);
  const lead = evidence.column(deal, first);
  return others.filter((field) => {
    const { cells } = evidence.column(deal, field);
    const rows = cells.flatMap((value, row) => (value === null ? [] : [row]));
    if (rows.length === 0 || isNamed(field)) return false;
    const share = (has: (row: number) => boolean): number => rows.filter(has).length / rows.length;
    const alone = rows.filter((row) => lead.cells[row] === null);
    return (
      share((row) => lead.cells[row] !== null) >= REGISTERED ||
      (marked !== null &&
        alone.filter((row) => marked.cells[row] !== null).length < alone.length * REGISTERED)
    );
  });
}

/**
 * The lookup to a user who is hardly ever the deal's owner: the only one that somebody added, where
 * there is one. Several can't be told apart.
 */
export function engineerByCoReference(evidence: Evidence, deal: CrmObject): CrmField | null {
  const people = sourcesOf(evidence.base, 'user').map(({ object }) => object);
  const owner = deal.fields.find(
    ({ custom, name, referenceTo }) =>
      !custom && /owner/i.test(name) && referenceTo.some((target) => people.includes(target)),
  );
  const owners = owner === undefined ? [] : evidence.column(deal, owner).cells;
  const found = ownFields(deal).filter((field) => {
    if (!field.referenceTo.some((target) => people.includes(target))) return false;
    const { cells } = evidence.column(deal, field);
    const rows = cells.flatMap((value, row) => (value === null ? [] : [row]));
    const same = rows.filter((row) => cells[row] === owners[row]).length;
    return rows.length >= FEWEST_ROWS && same < rows.length / 2;
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}
