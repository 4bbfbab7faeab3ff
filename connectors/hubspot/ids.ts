import { bareText } from '../../src/model/fold.ts';
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

/** A number as a person or a spreadsheet writes an id: padded, grouped by nothing, or as `7.0`. */
const TYPED = /^0*(\d+)(?:\.0+)?$/;

/** The id that rows of this type carry, from one typed in any way; else the text itself. */
export function spellId(typeId: string, typed: string): string {
  const bare = bareText(typed);
  const number = TYPED.exec(bare)?.[1];
  return number === undefined ? bare : recordId(typeId, number);
}

/** Companies and deals: what has scores. */
const SCORED_TYPES = ['0-2', '0-3'];

export const spellings = (typed: string): string[] => [
  ...new Set([...SCORED_TYPES.map((typeId) => spellId(typeId, typed)), bareText(typed), typed]),
];

/** Ids of merged-away records, as the winner's `hs_merged_object_ids` lists them. */
export const mergedIds = (text: string | null | undefined): string[] =>
  (text ?? '')
    .split(';')
    .map((id) => id.trim())
    .filter((id) => BARE.test(id));

/** Order of HubSpot's own numbers, which may be longer than a double holds. */
export const byNumber = (left: string, right: string): number =>
  left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
