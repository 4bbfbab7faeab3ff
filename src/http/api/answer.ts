import { cleanText } from '../../model/clean-text.ts';

/**
 * What an answer is asked for again by: it must be what the CRM calls the record, sign by sign. So
 * must a document that somebody edits and sends back.
 */
const KEY = /^(id|ids|key|cursor|next|after|version|yaml)$|Ids?$/;

/** Texts of an answer as people may read them, wherever it is shown; keys stay as they are. */
export function cleanAnswer(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return KEY.test(name) ? value : cleanText(value);
  if (Array.isArray(value)) return value.map((item) => cleanAnswer(item, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, cleanAnswer(item, key)]),
  );
}
