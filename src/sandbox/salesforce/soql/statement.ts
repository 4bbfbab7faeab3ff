/** The text of a statement, and the faults that point into it the way Salesforce's do. */
import { OrgFault } from '../org-types.ts';

/**
 * Text shown on each side of the caret, cut back to whole words, as recorded error bodies show it.
 */
const EXCERPT_CHARS = 40;

export type Clause = 'SELECT' | 'FROM' | 'WHERE' | 'GROUP' | 'HAVING' | 'ORDER';

const BAD_REQUEST = 400;

export function soqlFault(errorCode: string, message: string): OrgFault {
  return new OrgFault([{ errorCode, message, status: BAD_REQUEST }]);
}

export class Statement {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Offset of `name` in `clause`, outside string literals; -1 when it is not there. */
  offsetOf(name: string, clause: Clause): number {
    const wanted = name.toLowerCase();
    let first = -1;
    let inClause = clause === 'SELECT';
    for (const match of this.text.matchAll(/'(?:\\.|[^'\\])*'|[A-Za-z_][\w.]*/g)) {
      const word = match[0].toLowerCase();
      if (word === wanted) {
        if (inClause) return match.index;
        if (first < 0) first = match.index;
      }
      if (word.toUpperCase() === clause) inClause = true;
    }
    return first;
  }

  /**
   * A fault with the excerpt and caret that Salesforce prints before its message; `at` is an
   * offset or a name to look for.
   */
  fault(
    errorCode: string,
    message: string,
    at: number | string,
    clause: Clause = 'SELECT',
  ): OrgFault {
    const offset = typeof at === 'number' ? at : this.offsetOf(at, clause);
    return soqlFault(errorCode, offset < 0 ? message : `${this.#pointer(offset)}\n${message}`);
  }

  #pointer(offset: number): string {
    const flat = this.text.replaceAll(/\s/g, ' ');
    let start = offset - EXCERPT_CHARS - 1;
    start = start <= 0 ? 0 : Math.min(flat.indexOf(' ', start) + 1 || offset, offset);
    let end = offset + EXCERPT_CHARS;
    if (end < flat.length) {
      const wordEnd = flat.indexOf(' ', offset);
      end = Math.max(flat.lastIndexOf(' ', end), wordEnd < 0 ? flat.length : wordEnd);
    } else end = flat.length;
    const before = this.text.slice(0, offset);
    const row = before.split('\n').length;
    const column = offset - (before.lastIndexOf('\n') + 1) + 1;
    return `\n${flat.slice(start, end)}\n${' '.repeat(offset - start)}^\nERROR at Row:${row}:Column:${column}`;
  }

  noSuchColumn(name: string, entity: string, at: string, clause: Clause): OrgFault {
    return this.fault(
      'INVALID_FIELD',
      `No such column '${name}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ` +
        'Please reference your WSDL or the describe call for the appropriate names.',
      at,
      clause,
    );
  }

  noSuchRelationship(name: string, at: string, clause: Clause): OrgFault {
    const place = clause === 'FROM' ? 'FROM part of query call' : 'field path';
    return this.fault(
      'INVALID_FIELD',
      `Didn't understand relationship '${name}' in ${place}. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ` +
        'Please reference your WSDL or the describe call for the appropriate names.',
      at,
      clause,
    );
  }

  noSuchObject(name: string): OrgFault {
    return this.fault(
      'INVALID_TYPE',
      `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ` +
        'Please reference your WSDL or the describe call for the appropriate names.',
      name,
      'FROM',
    );
  }
}
