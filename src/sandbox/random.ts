/**
 * Seeded randomness for the sandbox. A stream is named by its path of keys from the seed, not by
 * how much was drawn elsewhere, so one more draw in one place leaves every other stream as it was.
 */
const UINT32 = 0x1_0000_0000;
const TWO_POW_53 = 2 ** 53;
/**
 * Above this mean the Poisson product method gets slow; the gamma reduction halves the mean first.
 */
const POISSON_DIRECT_MAX = 30;

export type StreamKey = string | number;

/** Murmur3's finaliser: spreads every input bit over the whole word. */
function scramble(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function mixNumber(hash: number, value: number): number {
  const low = value | 0;
  const high = Math.floor(value / UINT32) | 0;
  return scramble(
    Math.imul(hash ^ low, 0x9e3779b1) + Math.imul(high + 0x7f4a7c15, 0x27d4eb2f) + 0x165667b1,
  );
}

function mixText(hash: number, text: string): number {
  let h = hash;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return scramble(h ^ text.length);
}

/**
 * One stream of random numbers (sfc32, Chris Doty-Humphrey's PractRand) with the
 * distributions that the world needs.
 */
export class RandomStream {
  /** The path's two hashes; drawing never changes them, so forks do not depend on draws. */
  readonly #keyA: number;
  readonly #keyB: number;
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;
  #spareNormal: number | null = null;

  constructor(keyA: number, keyB: number) {
    this.#keyA = keyA;
    this.#keyB = keyB;
    this.#a = keyA;
    this.#b = keyB;
    this.#c = scramble(keyA ^ (keyB << 7));
    for (let i = 0; i < 8; i++) this.#word();
  }

  /**
   * The stream named by these keys under this one; the same keys give the same
   * stream however much was drawn.
   */
  fork(...keys: StreamKey[]): RandomStream {
    let a = this.#keyA;
    let b = this.#keyB;
    for (const key of keys) {
      if (typeof key === 'number') {
        a = mixNumber(a, key);
        b = mixNumber(b ^ 0x5bd1e995, key);
      } else {
        a = mixText(a, key);
        b = mixText(b ^ 0x5bd1e995, key);
      }
    }
    return new RandomStream(a, b);
  }

  #word(): number {
    const t = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0;
    return t >>> 0;
  }

  /** Uniform in [0, 1), 53 bits. */
  next(): number {
    return ((this.#word() >>> 5) * 67108864 + (this.#word() >>> 6)) / TWO_POW_53;
  }

  /** Uniform in [low, high). */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Whole number, 0 to count - 1. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Normal by Marsaglia's polar method. */
  normal(mean = 0, sd = 1): number {
    if (this.#spareNormal !== null) {
      const spare = this.#spareNormal;
      this.#spareNormal = null;
      return mean + sd * spare;
    }
    for (;;) {
      const u = 2 * this.next() - 1;
      const v = 2 * this.next() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      this.#spareNormal = v * scale;
      return mean + sd * u * scale;
    }
  }

  /** Lognormal given by its median and the sd of its logarithm. */
  lognormal(median: number, logSd: number): number {
    return median * Math.exp(this.normal(0, logSd));
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  /** Gamma by Marsaglia and Tsang (2000); mean = shape * scale. */
  gamma(shape: number, scale = 1): number {
    if (shape < 1) return this.gamma(shape + 1, scale) * (1 - this.next()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v <= 0) continue;
      if (Math.log(1 - this.next()) < 0.5 * x * x + d - d * v + d * Math.log(v))
        return d * v * scale;
    }
  }

  /**
   * Poisson count: products of uniforms for small means, Ahrens and Dieter's gamma
   * reduction (1974) for large ones.
   */
  poisson(mean: number): number {
    let count = 0;
    let left = mean;
    while (left > POISSON_DIRECT_MAX) {
      const half = Math.floor(left * 0.875);
      const waited = this.gamma(half);
      if (waited > left) return count + this.#binomial(half - 1, left / waited);
      count += half;
      left -= waited;
    }
    if (left <= 0) return count;
    const floor = Math.exp(-left);
    for (let product = this.next(); product > floor; product *= this.next()) count += 1;
    return count;
  }

  #binomial(trials: number, probability: number): number {
    let hits = 0;
    for (let i = 0; i < trials; i++) if (this.next() < probability) hits += 1;
    return hits;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    const chosen = list[this.below(list.length)];
    if (chosen === undefined) throw new RangeError('pick needs a list that is not empty');
    return chosen;
  }

  /** Index of one of the weights (each >= 0, sum > 0), with chance in proportion to its weight. */
  weighted(weights: readonly number[]): number {
    let total = 0;
    for (const weight of weights) total += weight;
    let left = this.next() * total;
    for (let i = 0; i < weights.length; i++) {
      left -= weights[i] ?? 0;
      if (left < 0) return i;
    }
    return weights.length - 1;
  }
}

/** The root stream of a seed. */
export function randomStream(seed: number | string): RandomStream {
  const key = typeof seed === 'number' ? mixNumber(0x2545f491, seed) : mixText(0x2545f491, seed);
  return new RandomStream(key, scramble(key ^ 0x632be5ab));
}
