import type { CrmObject, CrmRow, ReadPage, ReadRequest } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { readOnlyField } from '../kit/fields.ts';
import { virtualRows } from './virtual.ts';

/**
 * Associations as rows of their own, where one record has many of a kind: `meetings.contacts` has a
 * row for each contact of each meeting. Id `<record>/<other record>`; the stamp is the record's, so
 * a change of nothing but an association comes with the next full pass.
 */
const FROM = ['meetings', 'calls'];
export const TO = 'contacts';

export interface LinkRows {
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
    perRecord: { object: from, rows: 1, links: true },
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

/** Of one record: the ids of what it is linked to; null = they could not be read. */
export interface Linked {
  id: string;
  stampMs: number;
  toIds: string[] | null;
}

/** The page of records as rows of their associations. */
export const asLinkRows = (of: LinkRows, request: ReadRequest, page: ReadPage): ReadPage => ({
  rows: rowsOfLinks(
    of,
    request,
    page.rows.map(({ id, stampMs, links }) => ({
      ...{ id, stampMs },
      toIds: links?.[TO]?.map(({ toId }) => toId) ?? null,
    })),
  ),
  next: page.next,
  transport: page.transport,
  totalRows: null,
  confirmed: true,
});

/**
 * A row for each link. Throws `transient` where some could not be read: rows that are missing would
 * look like associations that are gone.
 */
export function rowsOfLinks(
  of: LinkRows,
  request: Pick<ReadRequest, 'object' | 'fields' | 'where' | 'range'>,
  records: Linked[],
): CrmRow[] {
  const rows = records.flatMap(({ id, stampMs, toIds }) => {
    if (toIds === null)
      throw new HeadwaterError(
        'transient',
        `HubSpot could not read the ${TO} of some ${of.from}.`,
        { code: 'PARTIAL_ANSWER' },
      );
    return toIds.map((toId) => ({
      id: `${id}/${toId}`,
      stampMs,
      values: {
        id: `${id}/${toId}`,
        fromId: id,
        toId,
        changedAt: new Date(stampMs).toISOString(),
      },
    }));
  });
  return virtualRows(of.object, request, rows);
}
