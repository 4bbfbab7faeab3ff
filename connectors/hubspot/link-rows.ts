import type { CrmObject, ReadPage, ReadRequest } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { readOnlyField } from '../kit/fields.ts';
import { virtualRows } from './virtual.ts';

/**
 * Associations as rows of their own, where one record has many of a kind: `meetings.contacts` has a
 * row for each contact of each meeting. Id `<record>/<other record>`; the stamp is the record's, so
 * a change of nothing but an association comes with the next full pass.
 */
const FROM = ['meetings', 'calls'];
const TO = 'contacts';

interface LinkRows {
  from: string;
  object: CrmObject;
}

const linkRows = (from: string): LinkRows => ({
  from,
  object: {
    name: `${from}.${TO}`,
    label: `Contacts of ${from}`,
    custom: false,
    stampField: 'changedAt',
    tracksDeletes: true,
    perRecord: { object: from, rows: 1 },
    fields: [
      readOnlyField('id', 'id'),
      readOnlyField('fromId', 'reference', { referenceTo: [from] }),
      readOnlyField('toId', 'reference', { referenceTo: [TO] }),
      readOnlyField('changedAt', 'datetime'),
    ],
  },
});

const LINK_ROWS = FROM.map(linkRows);

export const linkObjects = LINK_ROWS.map(({ object }) => object);

export const linkRowsNamed = (name: string): LinkRows | null =>
  LINK_ROWS.find(({ object }) => object.name === name) ?? null;

/** What to read of the records themselves. Archived ones have no rows. */
export const recordsOf = ({ from }: LinkRows, request: ReadRequest): ReadRequest => ({
  object: from,
  fields: [],
  where: [],
  associations: [TO],
  includeDeleted: false,
  range:
    request.range.kind === 'ids'
      ? {
          kind: 'ids',
          ids: [...new Set(request.range.ids.map((id) => id.split('/')[0] ?? ''))],
        }
      : request.range,
});

/**
 * The page of records as rows of their associations. Throws `transient` where some could not be
 * read: rows that are missing would look like associations that are gone.
 */
export function asLinkRows(of: LinkRows, request: ReadRequest, page: ReadPage): ReadPage {
  const rows = page.rows.flatMap((record) => {
    const links = record.links?.[TO];
    if (links == null)
      throw new HeadwaterError(
        'transient',
        `HubSpot could not read the ${TO} of some ${of.from}.`,
        { code: 'PARTIAL_ANSWER' },
      );
    return links.map(({ toId }) => ({
      id: `${record.id}/${toId}`,
      stampMs: record.stampMs,
      values: {
        id: `${record.id}/${toId}`,
        fromId: record.id,
        toId,
        changedAt: new Date(record.stampMs).toISOString(),
      },
    }));
  });
  return {
    rows: virtualRows(of.object, request, rows),
    next: page.next,
    transport: page.transport,
    totalRows: null,
    confirmed: true,
  };
}
