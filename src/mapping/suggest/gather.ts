import type { CrmField, CrmObject, CrmRow } from '../../model/connector.ts';
import type { EntityName } from '../../model/entities.ts';
import type { MappingDocument } from '../../model/mapping.ts';
import { withBundles } from './bundles.ts';
import { liveRows, sourcesOf, type Evidence, type SuggestInput } from './evidence.ts';
import { kindField } from './partners.ts';
import { columnOf, type Column } from './shape/column.ts';
import { companiesOfOwnObjects } from './shape/companies.ts';
import { registrationFields } from './shape/registrations.ts';

/** The evidence of a suggestion, in one order; what is asked of it often is found out once. */

const firstObject = (document: MappingDocument, entity: EntityName): string | undefined =>
  sourcesOf(document, entity)[0]?.object;

/** Found out at the first question, and again only for another subject. */
function once<Subject, Answer>(find: (subject: Subject) => Answer): (subject: Subject) => Answer {
  const known = new Map<Subject, Answer>();
  return (subject) => {
    if (!known.has(subject)) known.set(subject, find(subject));
    return known.get(subject) as Answer;
  };
}

const columns = (
  rows: (object: string) => readonly CrmRow[],
): ((object: CrmObject, field: CrmField) => Column) => {
  const known = once((object: CrmObject) =>
    once((field: CrmField) => columnOf(field, rows(object.name))),
  );
  return (object, field) => known(object)(field);
};

/**
 * Fields that Headwater writes say nothing about the org: without them a draft is the same
 * before and after the first run.
 */
function withoutOurs(base: MappingDocument, object: CrmObject): CrmObject {
  const ours = new Set(
    base.write
      .filter((block) => block.object === object.name)
      .flatMap(({ fields }) => Object.keys(fields)),
  );
  return ours.size === 0
    ? object
    : { ...object, fields: object.fields.filter(({ name }) => !ours.has(name)) };
}

export function gather(input: SuggestInput): Evidence {
  // In one order, whatever order the CRM told them in.
  const inOrder = <T extends { name: string }>(list: readonly T[]): T[] =>
    list.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const objects = inOrder(withBundles(input.objects)).map((object) =>
    withoutOurs(input.base, { ...object, fields: inOrder(object.fields) }),
  );
  const byName = new Map(objects.map((object) => [object.name, object]));
  const partners = once(companiesOfOwnObjects);
  const evidence: Evidence = {
    ...input,
    objects,
    describe: (name) => byName.get(name) ?? null,
    companyObject: firstObject(input.base, 'account') ?? firstObject(input.base, 'partner') ?? '',
    dealObject: firstObject(input.base, 'deal') ?? '',
    rows: once((object) => liveRows(input, object)),
    column: columns((object) => evidence.rows(object)),
    partners: () => partners(evidence),
    registrationFields: once((deal) => registrationFields(evidence, deal)),
    kindFieldOf: once((company) => {
      const [shipped] = sourcesOf(input.base, 'partner');
      return kindField(evidence, company, shipped)?.field.name ?? null;
    }),
  };
  return evidence;
}
