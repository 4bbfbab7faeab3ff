import type { CrmType } from '../../src/model/connector.ts';
import { provenSign, withUnits, type DecimalSign } from '../../src/model/number-text.ts';
import { toBoolean, toDate, toInstant, toNumber } from './values.ts';

/** Border between text and long text, the same as in CRMs. */
const LONGEST_SHORT_TEXT = 255;

/**
 * Types in the order of preference; a column has the first one that all of its cells fit.
 * Date-times without an offset stay text, because only the mapping knows their zone.
 */
const TESTS: [CrmType, (text: string, decimal: DecimalSign | undefined) => boolean][] = [
  ['boolean', (text) => toBoolean(text) !== null],
  [
    'integer',
    (text, decimal) => Number.isInteger(toNumber(text, decimal)) && /^[+-]?\d+$/.test(text),
  ],
  ['number', (text, decimal) => toNumber(text, decimal) !== null],
  ['date', (text) => toDate(text) !== null],
  ['datetime', (text) => toInstant(text, false) !== null],
];

type Sign = DecimalSign | undefined;
type Tests = typeof TESTS;
/** Cells in doubt that are named; more would only fill the page. */
const SHOWN_DOUBTS = 5;

export interface Doubts {
  count: number;
  lines: number[];
  /** One of them, as it stands. */
  example: string;
}

class Found {
  count = 0;
  readonly lines: number[] = [];
  example = '';

  add(text: string, line: number): void {
    this.count += 1;
    this.example ||= text;
    if (this.lines.length < SHOWN_DOUBTS) this.lines.push(line);
  }
}

const DIGIT = /\d/;
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** `€ 1.250,00`, `12 %` or `1.5K`: without what stands around it, the number says another thing. */
function hasUnits(text: string): boolean {
  const parts = withUnits(text);
  if (parts === null || (parts.currency === null && !parts.percent && parts.scale === 1))
    return false;
  const number = toNumber(parts.digits, ',') ?? toNumber(parts.digits, '.');
  return number !== null && (parts.currency === null || CURRENCIES.has(parts.currency));
}

/**
 * What a column's cells have in common, learnt one cell at a time. Where the settings name no
 * decimal sign, what some cells prove rules all of them.
 */
export class ColumnType {
  readonly #set: Sign;
  readonly #left = new Map<Sign, Tests>();
  readonly #proved = { '.': 0, ',': 0 };
  readonly #doubts = new Found();
  /** Cells that are numbers under neither sign. */
  readonly #odd = new Found();
  #filled = 0;
  #units = 0;
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
    // Most cells of most files are words, which a look for a digit tells at once.
    const hasDigit = DIGIT.test(text);
    if (!hasDigit || this.#isOdd(text)) {
      this.#odd.add(text, line);
      if (hasDigit && hasUnits(text)) this.#units += 1;
      return;
    }
    if (this.#set !== undefined) return;
    const sign = provenSign(text);
    if (sign === 'doubt') this.#doubts.add(text, line);
    else if (sign !== null) this.#proved[sign] += 1;
  }

  #isOdd(text: string): boolean {
    return this.#set === undefined
      ? toNumber(text, ',') === null && toNumber(text, '.') === null
      : toNumber(text, this.#set) === null;
  }

  get #numbers(): number {
    return this.#filled - this.#odd.count;
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

  /** Its cells prove a point and a comma: those of one kind are no numbers. */
  get contradicts(): boolean {
    return this.#proved['.'] > 0 && this.#proved[','] > 0;
  }

  /**
   * Cells of a column of numbers that are none, those with a currency or a percent sign included.
   */
  get unread(): Doubts | null {
    if (this.#odd.count === 0) return null;
    const numeric = this.type === 'number' || this.#units > 0;
    return numeric && (this.#numbers + this.#units) * 2 > this.#filled ? this.#odd : null;
  }

  get type(): CrmType {
    const { decimal } = this;
    const [first] = this.#filled === 0 ? [] : (this.#left.get(decimal) ?? []);
    if (first !== undefined) return first[0];
    // As text, numbers with a comma or with groups would be none to the mapping, and those in doubt
    // would be read by a point: one odd cell must not do that to the others.
    if ((decimal !== undefined || this.doubts !== null) && this.#numbers * 2 > this.#filled)
      return 'number';
    return this.#longest > LONGEST_SHORT_TEXT ? 'longtext' : 'text';
  }
}
