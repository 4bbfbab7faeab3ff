import { HeadwaterError } from '../../src/model/error.ts';

/**
 * HubSpot numbers records within each object type: deal 7 and company 7 may both exist. So an id
 * here carries its type in front (`0-3-7` is deal 7,
 * `2-3821545-7` a custom object's record), in rows, links and references alike, and is unique in
 * the portal; the part before the last dash is what HubSpot's own record addresses begin with.
 * Owners, stages and rates are no records: their ids stay as HubSpot writes them.
 */
const CANONICAL = /^(\d+-\d+)-(\d+)$/;
const BARE = /^\d+$/;

export const recordId = (typeId: string, id: string | number): string => `${typeId}-${id}`;

/**
 * HubSpot's own number of a record, from its id here or from a bare number. Throws `rejected` for
 * ids of other objects and for what is no id.
 */
export function bareId(typeId: string, id: string): string {
  const match = CANONICAL.exec(id);
  if (match?.[1] === typeId && match[2] !== undefined) return match[2];
  if (BARE.test(id)) return id;
  throw new HeadwaterError(
    'rejected',
    `${JSON.stringify(id.slice(0, 40))} is no id of this HubSpot object (${typeId}).`,
    { code: 'MALFORMED_ID' },
  );
}

/** Ids of merged-away records, as the winner's `hs_merged_object_ids` lists them. */
export const mergedIds = (text: string | null | undefined): string[] =>
  (text ?? '')
    .split(';')
    .map((id) => id.trim())
    .filter((id) => BARE.test(id));

/** Order of HubSpot's own numbers, which may be longer than a double holds. */
export const byNumber = (left: string, right: string): number =>
  left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
