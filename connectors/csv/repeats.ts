const FIRST_CAPACITY = 1024;
const HASH_CHARACTERS = 11;

/**
 * Rows that share an id, found with eight bytes a row: ids are first compared by a 53-bit number,
 * and only those that agree in it are looked at again
 * in full (`confirm`), since two ids may agree by chance.
 */
export class RepeatFinder {
  #hashes = new Float64Array(FIRST_CAPACITY);
  #rows = 0;

  add(hash: string): void {
    if (this.#rows === this.#hashes.length) {
      const larger = new Float64Array(this.#rows * 2);
      larger.set(this.#hashes);
      this.#hashes = larger;
    }
    this.#hashes[this.#rows++] = toNumber(hash);
  }

  get rows(): number {
    return this.#rows;
  }

  /** Hashes that came more than once. */
  suspects(): Set<number> {
    const sorted = this.#hashes.slice(0, this.#rows).sort();
    const found = new Set<number>();
    for (let at = 1; at < sorted.length; at++)
      if (sorted[at] === sorted[at - 1]) found.add(sorted[at]!);
    return found;
  }
}

export const toNumber = (hash: string): number =>
  Number.parseInt(hash.slice(0, HASH_CHARACTERS), 36);

export interface Repeats {
  /** Row numbers that a later row with the same id replaces. */
  replaced: Set<number>;
  /**
   * Row number -> how many equal rows stand before it, for rows that are known by their content
   * alone.
   */
  earlier: Map<number, number>;
}

/** Sorts out the suspects by their full ids, in file order. */
export class RepeatSorter {
  readonly repeats: Repeats = { replaced: new Set(), earlier: new Map() };
  readonly #last = new Map<string, { row: number; count: number }>();

  see(id: string, row: number): void {
    const before = this.#last.get(id);
    if (before !== undefined && id.startsWith('#')) this.repeats.earlier.set(row, before.count);
    else if (before !== undefined) this.repeats.replaced.add(before.row);
    this.#last.set(id, { row, count: (before?.count ?? 0) + 1 });
  }
}
