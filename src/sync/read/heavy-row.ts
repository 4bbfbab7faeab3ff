import type { CrmRow } from '../../model/connector.ts';

/**
 * D1 takes rows of 2,000,000 bytes at most, and what a row holds is kept as a text inside of a
 * text: this much of it is left to its fields.
 */
const MOST_BYTES = 1_800_000;
/** Rows that are shorter than this are never measured. */
const SURELY_LIGHT = 300_000;

const bytesOf = (value: unknown): number =>
  new TextEncoder().encode(JSON.stringify(JSON.stringify(value) ?? null)).length;

const isLight = ({ fields, history }: CrmRow): boolean => {
  let characters = (history?.length ?? 0) * 100;
  for (const value of Object.values(fields))
    characters += typeof value === 'string' ? value.length : 0;
  return characters < SURELY_LIGHT;
};

/**
 * The row as a database takes it: what makes it too heavy counts as not read, the longest values
 * first, so that this one row is refused where the mapping wants them, and all others arrive.
 */
export function lightEnough(row: CrmRow): CrmRow {
  if (isLight(row)) return row;
  const fields = { ...row.fields };
  const byLength = Object.entries(fields)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .sort((a, b) => b[1].length - a[1].length);
  const dropped: string[] = [];
  let size = bytesOf({ ...row, fields });
  for (const [name, text] of byLength) {
    if (size <= MOST_BYTES) break;
    size -= bytesOf(text);
    delete fields[name];
    dropped.push(`${name} of ${text.length} characters`);
  }
  const { history, ...rest } = row;
  const kept = size <= MOST_BYTES && history !== undefined ? { ...rest, history } : rest;
  return dropped.length === 0
    ? { ...kept, fields }
    : {
        ...kept,
        fields,
        unread: `${dropped.join(' and ')} would make the row larger than a database takes; shorten it in the CRM, or take the field out of the mapping`,
      };
}
