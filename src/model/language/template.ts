/**
 * Templates of the catalogue. `{name}` is a name from the CRM; `{x:money}` a number or day in the
 * locale; `{n#deal|deals}` a count with its word, `{n?is|are}` the word alone.
 */

/** How a placeholder is written, and what it takes. */
export const KINDS = [
  'money',
  'percent',
  'exact',
  'least',
  'most',
  'points',
  'decimal',
  'figure',
  'number',
  'date',
  'span',
  'lasting',
] as const;
export type Kind = (typeof KINDS)[number];

type Param<P extends string> = P extends `${infer K}:${infer F}`
  ? { [key in K]: F extends 'date' ? string : number }
  : P extends `${infer K}#${string}`
    ? { [key in K]: number }
    : P extends `${infer K}?${string}`
      ? { [key in K]: number }
      : { [key in P]: string };

/** What a template must be given, read off the template itself. */
export type Params<T extends string> = T extends `${string}{${infer P}}${infer Rest}`
  ? Param<P> & Params<Rest>
  : unknown;

export type Part =
  | { is: 'text'; text: string }
  | { is: 'name'; key: string }
  | { is: 'value'; key: string; kind: Kind }
  | { is: 'plural'; key: string; counted: boolean; forms: string[] };

const PLACE = /\{(\w+)(?::(\w+)|([#?])([^}]*))?\}/g;

/** Templates are wrapped in the source; signs that French and others set off never begin a line. */
const unwrapped = (template: string): string =>
  template
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/ (?=[:;»%])|(?<=«) /g, '\u00a0');

/** The parts of a template in their order. */
export function partsOf(source: string): Part[] {
  const template = unwrapped(source);
  const parts: Part[] = [];
  let end = 0;
  for (const found of template.matchAll(PLACE)) {
    const [whole, key, kind, mark, forms] = found;
    if (found.index > end) parts.push({ is: 'text', text: template.slice(end, found.index) });
    end = found.index + whole.length;
    if (kind !== undefined) parts.push({ is: 'value', key: key!, kind: kind as Kind });
    else if (mark !== undefined)
      parts.push({ is: 'plural', key: key!, counted: mark === '#', forms: forms!.split('|') });
    else parts.push({ is: 'name', key: key! });
  }
  if (end < template.length) parts.push({ is: 'text', text: template.slice(end) });
  return parts;
}

/** The same entries in another language. */
export type Texts<English> = { readonly [key in keyof English]: string };
