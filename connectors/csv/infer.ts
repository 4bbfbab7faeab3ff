import type { CrmType } from '../../src/model/connector.ts';
import { signOf, toBoolean, toDate, toInstant, toNumber } from './values.ts';

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

type Sign = '.' | ',' | undefined;
type Tests = typeof TESTS;
/** Cells in doubt that are named; more would only fill the page. */
const SHOWN_DOUBTS = 5;

export interface Doubts {
  count: number;
  lines: number[];
  /** One of them, as it stands. */
  example: string;
}

/**
 * What a column's cells have in common, learnt one cell at a time. Where the settings name no
 * decimal sign, what some cells prove rules all of them.
 */
export class ColumnType {
  readonly #set: Sign;
  readonly #left = new Map<Sign, Tests>();
  readonly #proved = { '.': 0, ',': 0 };
  readonly #doubts: Doubts = { count: 0, lines: [], example: '' };
  #filled = 0;
  /** Cells that are numbers under one sign or the other. */
  #numbers = 0;
  #longest = 0;

  constructor(decimal: Sign) {
    this.#set = decimal;
    for (const sign of decimal === undefined ? ([undefined, '.', ','] as const) : [decimal])
      this.#left.set(sign, TESTS);
  }

  see(text: string | undefined, line: number): void {
    if (text === undefined || text === '') return;
    this.#filled += 1;
    this.#longest = Math.max(this.#longest, text.length);
    for (const [sign, tests] of this.#left)
      if (tests.length > 0)
        this.#left.set(
          sign,
          tests.filter(([, fits]) => fits(text, sign)),
        );
    if (this.#set !== undefined) return;
    if (toNumber(text, ',') !== null || toNumber(text, '.') !== null) this.#numbers += 1;
    const sign = signOf(text);
    if (sign === 'doubt') this.#doubt(text, line);
    else if (sign !== null) this.#proved[sign] += 1;
  }

  #doubt(text: string, line: number): void {
    this.#doubts.count += 1;
    this.#doubts.example ||= text;
    if (this.#doubts.lines.length < SHOWN_DOUBTS) this.#doubts.lines.push(line);
  }

  /** The column's decimal sign; undefined = nothing proves one, or its cells disagree. */
  get decimal(): Sign {
    if (this.#set !== undefined) return this.#set;
    const { '.': point, ',': comma } = this.#proved;
    return point > 0 && comma === 0 ? '.' : comma > 0 && point === 0 ? ',' : undefined;
  }

  /** Cells that may be thousands or decimals; null = none, or something decides. */
  get doubts(): Doubts | null {
    return this.decimal === undefined && this.#doubts.count > 0 ? this.#doubts : null;
  }

  get type(): CrmType {
    const { decimal } = this;
    const [first] = this.#filled === 0 ? [] : (this.#left.get(decimal) ?? []);
    if (first !== undefined) return first[0];
    // As text, numbers with a comma would be none to the mapping, and those in doubt would be read by
    // a point: one odd cell must not do that to the others.
    if ((decimal === ',' || this.doubts !== null) && this.#numbers * 2 > this.#filled)
      return 'number';
    return this.#longest > LONGEST_SHORT_TEXT ? 'longtext' : 'text';
  }
}
