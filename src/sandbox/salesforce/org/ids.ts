/**
 * Record ids: key prefix, instance, counter in base 62, checksum. Ids of one object ascend in
 * the order of their making.
 */
import { idOf } from '../soql/ids.ts';

export { idOf };

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const COUNTER_LENGTH = 9;
const SHORT = 15;
const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const BLOCK = 5;
const [UPPER_A, UPPER_Z] = [65, 90];

function base62(value: number, length: number): string {
  let text = '';
  for (let rest = value, i = 0; i < length; i++) {
    text = DIGITS[rest % 62] + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

/** The 18-character form of a well-formed id. */
export function to18(short: string): string {
  const id = idOf(short);
  if (id === null) throw new Error(`not an id: ${short}`);
  return id;
}

export const short = (id: string): string => id.slice(0, SHORT);

export class IdSource {
  readonly #instance: string;
  readonly #next = new Map<string, number>();

  /**
   * `seed` decides the three instance characters, so that records of two
   * sandboxes rarely share ids.
   */
  constructor(seed: number) {
    const spread = (Math.imul(seed | 0, 0x9e3779b1) >>> 0) % (62 * 62 * 26);
    this.#instance = String.fromCharCode(97 + (spread % 26)) + base62(Math.floor(spread / 26), 2);
  }

  next(keyPrefix: string): string {
    const count = (this.#next.get(keyPrefix) ?? 0) + 1;
    this.#next.set(keyPrefix, count);
    return flatId(keyPrefix + this.#instance, count);
  }
}

/**
 * An id made in one piece: joined strings would keep their parts, and there are millions of ids.
 */
function flatId(start: string, count: number): string {
  const codes: number[] = new Array<number>(SHORT + 3);
  for (let i = 0; i < start.length; i++) codes[i] = start.charCodeAt(i);
  for (
    let i = SHORT - 1, rest = count;
    i >= SHORT - COUNTER_LENGTH;
    i--, rest = Math.floor(rest / 62)
  )
    codes[i] = DIGITS.charCodeAt(rest % 62);
  for (let block = 0; block < 3; block++) {
    let bits = 0;
    for (let i = 0; i < BLOCK; i++) {
      const code = codes[block * BLOCK + i] ?? 0;
      if (code >= UPPER_A && code <= UPPER_Z) bits |= 1 << i;
    }
    codes[SHORT + block] = CHECKSUM.charCodeAt(bits);
  }
  return String.fromCharCode(...codes);
}

/** The n-th key prefix of custom objects: a00, a01, … a0z, a10, … */
export function customPrefix(index: number): string {
  return `a${base62(index, 2)}`;
}
