import type { CrmType } from '../../src/model/connector.ts';
import { toBoolean, toDate, toInstant, toNumber } from './values.ts';

/** Border between text and long text, the same as in CRMs. */
const LONGEST_SHORT_TEXT = 255;

/**
 * Types in the order of preference; a column has the first one that all of its cells fit.
 * Date-times without an offset stay text, because only the mapping knows their zone.
 */
const TESTS: [CrmType, (text: string, decimal: '.' | ',' | undefined) => boolean][] = [
  ['boolean', (text) => toBoolean(text) !== null],
  [
    'integer',
    (text, decimal) => Number.isInteger(toNumber(text, decimal)) && /^[+-]?\d+$/.test(text),
  ],
  ['number', (text, decimal) => toNumber(text, decimal) !== null],
  ['date', (text) => toDate(text) !== null],
  ['datetime', (text) => toInstant(text, false) !== null],
];

/** What a column's cells have in common, learnt one cell at a time. */
export class ColumnType {
  readonly #decimal: '.' | ',' | undefined;
  #left = TESTS;
  #filled = 0;
  #longest = 0;

  constructor(decimal: '.' | ',' | undefined) {
    this.#decimal = decimal;
  }

  see(text: string | undefined): void {
    if (text === undefined || text === '') return;
    this.#filled += 1;
    this.#longest = Math.max(this.#longest, text.length);
    if (this.#left.length > 0)
      this.#left = this.#left.filter(([, fits]) => fits(text, this.#decimal));
  }

  get type(): CrmType {
    const [first] = this.#filled === 0 ? [] : this.#left;
    return first?.[0] ?? (this.#longest > LONGEST_SHORT_TEXT ? 'longtext' : 'text');
  }
}
