/**
 * Text that anybody may have typed into the CRM, on its way out to people: one place decides what
 * may be in it, and each place where it comes out says how it is read there.
 */

/**
 * Control characters, which drive a terminal; marks that turn the direction of text, and
 * characters without width, which hide what it says; halves of characters, which no one can store.
 */
const MARKS =
  '\\u061c\\u200b\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2060-\\u2069\\ufeff\\ufff9-\\ufffb';
const HALVES = '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]';
const ODD = new RegExp(`[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f${MARKS}]|${HALVES}`, 'g');
/** What JSON itself leaves as it is. */
const NOT_PLAIN = new RegExp(`[\\u007f-\\u009f${MARKS}]`, 'g');

/** On one line or several: line ends and tabs stay, everything odd becomes a space. */
export const cleanText = (text: string): string => text.replaceAll('\r\n', '\n').replace(ODD, ' ');

/** The same on one line. */
export const cleanLine = (text: string): string => cleanText(text).replaceAll(/[\n\t]/g, ' ');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For the text and the quoted attributes of an HTML page. */
export const htmlText = (text: string): string =>
  cleanText(text).replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign]!);

/** What a spreadsheet would run, and no number. */
export const isFormula = (text: string): boolean =>
  /^\s*[=+\-@]/.test(text) && !/^\s*[+-]?\d[\d.,\s]*%?$/.test(text);

/** For a cell of a spreadsheet, which would run what begins like a formula. */
export const spreadsheetCell = (text: string): string => {
  const clean = cleanText(text);
  return isFormula(clean) ? `'${clean}` : clean;
};

/** JSON of the same value in characters that drive no terminal and turn no direction. */
export const plainJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(
    NOT_PLAIN,
    (odd) => `\\u${odd.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
