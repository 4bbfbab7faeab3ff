import type { CrmField, CrmObject, CrmValue } from '../../../model/connector.ts';
import type { Condition } from '../../../model/mapping.ts';
import { conditionPaths } from '../../document/sources.ts';
import { sourcesOf, type Evidence } from '../evidence.ts';

/**
 * What marks a partner in an org whose words say nothing: the checkbox, or the words of a picklist,
 * that stand on the companies on which plans, certificates and payments hang, and on hardly any
 * other.
 */

/** Of the companies that carry a mark, this share is known as a partner from elsewhere. */
const SURE = 0.6;
/** A mark that finds fewer of the known partners is chance. */
const FINDS = 0.05;
/** A picklist that sorts companies has a word for nearly all of them. */
const EVERYBODY = 0.9;

interface Tally {
  known: number;
  all: number;
}

function tallies(evidence: Evidence, company: CrmObject, path: string): Map<CrmValue, Tally> {
  const partners = evidence.partners();
  const by = new Map<CrmValue, Tally>();
  for (const { id, fields } of evidence.rows(company.name)) {
    const value = fields[path] ?? null;
    const tally = by.get(value) ?? { known: 0, all: 0 };
    by.set(value, {
      known: tally.known + Number(partners.has(id)),
      all: tally.all + 1,
    });
  }
  return by;
}

/** Conditions that hold for partners and hardly any other company. `paths`: kinds of record. */
export function marksByCoReference(
  evidence: Evidence,
  company: CrmObject,
  paths: readonly string[],
): Condition[] {
  const partners = evidence.partners();
  if (partners.size === 0) return [];
  const tells = ({ known, all }: Tally): boolean =>
    known / all >= SURE && known / partners.size >= FINDS;
  const shipped = new Set(
    sourcesOf(evidence.base, 'partner').flatMap(({ where }) =>
      where === undefined ? [] : conditionPaths(where, []).map(({ path }) => path),
    ),
  );
  const filled = (field: CrmField): number => evidence.column(company, field).filled;
  return [
    ...company.fields.filter(({ type, custom }) => custom && type === 'boolean'),
    // A field that only partners have filled may be anything of theirs; what sorts all companies,
    // by the org's own words, says who is who. A standard field is that only where we ship it so.
    ...company.fields
      .filter((field) => field.type === 'picklist' && filled(field) >= EVERYBODY)
      .filter(({ custom, name }) => custom || shipped.has(name)),
    ...paths.map((name) => ({ name, type: 'text' as const })),
  ].flatMap(({ name, type }): Condition[] => {
    const values = [...tallies(evidence, company, name)]
      .filter(([value, tally]) => value !== null && value !== '' && tells(tally))
      .map(([value]) => value)
      .sort();
    if (values.length === 0) return [];
    if (type === 'boolean') return values.includes(true) ? [{ field: name, is: true }] : [];
    const words = values.filter((value) => typeof value === 'string');
    return words.length === 0 ? [] : [{ field: name, in: words }];
  });
}

/** Of the known partners, so many at least have a field filled that only partners have. */
const MOST_PARTNERS = 0.6;

/**
 * Own picklists that are filled on partners and hardly any other company, the one that finds most
 * first. Its words may be anything of theirs: only where nothing sorts all companies is having one
 * what marks a partner.
 */
export function filledByCoReference(evidence: Evidence, company: CrmObject): CrmField[] {
  const partners = evidence.partners();
  const rows = evidence.rows(company.name);
  return company.fields
    .filter(({ custom, type }) => custom && (type === 'picklist' || type === 'multipicklist'))
    .flatMap((field) => {
      const { cells } = evidence.column(company, field);
      const having = rows.filter((_, row) => cells[row] !== null);
      const known = having.filter(({ id }) => partners.has(id)).length;
      return known > 0 && known / having.length >= SURE && known / partners.size >= MOST_PARTNERS
        ? [{ field, known, others: having.length - known }]
        : [];
    })
    .sort(
      (a, b) => b.known - a.known || a.others - b.others || (a.field.name < b.field.name ? -1 : 1),
    )
    .map(({ field }) => field);
}
