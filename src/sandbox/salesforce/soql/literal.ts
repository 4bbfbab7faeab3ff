/** Literals of a condition, and what Salesforce says when one does not fit its field. */
import type { LiteralType } from '@jetstreamapp/soql-parser-js';
import type { FieldDefinition, FieldType } from '../metadata/definition.ts';
import type { OrgFault } from '../org-types.ts';
import type { Clause, Statement } from './statement.ts';
import { soqlFault } from './statement.ts';

export interface Literal {
  type: LiteralType;
  text: string;
}

/** The kinds of comparison; every field type compares in one of these ways. */
export type Kind =
  | 'text'
  | 'id'
  | 'multipicklist'
  | 'number'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'time'
  | 'none';

const KINDS: Partial<Record<FieldType, Kind>> = {
  id: 'id',
  reference: 'id',
  multipicklist: 'multipicklist',
  int: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  address: 'none',
  location: 'none',
  base64: 'none',
};

export function kindOf(type: FieldType): Kind {
  return KINDS[type] ?? 'text';
}

const WIRE_NAMES: Partial<Record<FieldType, string>> = { datetime: 'dateTime', id: 'ID' };

/**
 * "value of filter criterion for field 'CreatedDate' must be of type dateTime and should
 * not be enclosed in quotes"
 */
export function literalFault(
  statement: Statement,
  field: FieldDefinition,
  path: string,
  clause: Clause,
): OrgFault {
  const kind = kindOf(field.type);
  const quoted = kind === 'text' || kind === 'id' || kind === 'multipicklist';
  const type =
    kind === 'text' || kind === 'multipicklist' ? 'string' : (WIRE_NAMES[field.type] ?? field.type);
  return statement.fault(
    'INVALID_FIELD',
    `value of filter criterion for field '${field.name}' must be of type ${type} and should ${quoted ? '' : 'not '}be enclosed in quotes`,
    path,
    clause,
  );
}

const ESCAPES: Record<string, string> = {
  n: '\n',
  N: '\n',
  r: '\r',
  R: '\r',
  t: '\t',
  T: '\t',
  b: '\b',
  B: '\b',
  f: '\f',
  F: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
  _: '_',
  '%': '%',
};

/**
 * Split a quoted literal into characters, each with whether it was escaped (LIKE needs to know).
 * Throws OrgFault for an escape that SOQL has not.
 */
function literalCharacters(quoted: string): { text: string; escaped: boolean }[] {
  const body = quoted.slice(1, -1);
  const out: { text: string; escaped: boolean }[] = [];
  for (const [piece] of body.matchAll(/\\u[0-9a-fA-F]{4}|\\[\s\S]|[\s\S]/gu)) {
    if (!piece.startsWith('\\')) out.push({ text: piece, escaped: false });
    else if (piece.length > 2)
      out.push({ text: String.fromCharCode(Number.parseInt(piece.slice(2), 16)), escaped: true });
    else {
      const text = ESCAPES[piece[1] ?? ''];
      if (text === undefined)
        throw soqlFault(
          'MALFORMED_QUERY',
          `Invalid string literal ${quoted}. Illegal character sequence '${piece}' in string literal.`,
        );
      out.push({ text, escaped: true });
    }
  }
  return out;
}

export function literalString(quoted: string): string {
  return literalCharacters(quoted)
    .map(({ text }) => text)
    .join('');
}

/**
 * LIKE pattern: `%` any run, `_` one character, both literal after a backslash;
 * letter case does not count.
 */
export function likePattern(quoted: string): RegExp {
  const source = literalCharacters(quoted)
    .map(({ text, escaped }) => {
      if (!escaped && text === '%') return '[\\s\\S]*';
      if (!escaped && text === '_') return '[\\s\\S]';
      return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
    })
    .join('');
  return new RegExp(`^${source}$`, 'iu');
}
