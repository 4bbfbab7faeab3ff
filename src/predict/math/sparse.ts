/**
 * Rows of a regression, kept as their entries that are not zero: most columns of a row are zero,
 * since a deal is in one stage at a time. Entries are single precision, which halves the memory and
 * is exact on every platform.
 */
export interface SparseRows {
  rows: number;
  columns: number;
  /** Row r holds the entries from `start[r]` to `start[r + 1]`. */
  start: Uint32Array;
  column: Uint16Array;
  value: Float32Array;
}

/** Where the rows are written one after another; `entry` may be called in any order of columns. */
export interface SparseWriter {
  entry(column: number, value: number): void;
  endRow(): void;
  done(): SparseRows;
}

const grown = <T extends Uint16Array | Float32Array>(old: T, make: (length: number) => T): T => {
  const larger = make(old.length * 2);
  larger.set(old);
  return larger;
};

/** `rows` is how many will be written; the entries grow as they come. */
export function sparseWriter(rows: number, columns: number): SparseWriter {
  const start = new Uint32Array(rows + 1);
  let column = new Uint16Array(Math.max(16, rows * 16));
  let value = new Float32Array(column.length);
  let row = 0;
  let at = 0;
  return {
    entry(c, v) {
      if (v === 0) return;
      if (at === column.length) {
        column = grown(column, (length) => new Uint16Array(length));
        value = grown(value, (length) => new Float32Array(length));
      }
      column[at] = c;
      value[at++] = v;
    },
    endRow() {
      start[++row] = at;
    },
    done: () => ({ rows: row, columns, start, column, value }),
  };
}

/**
 * Weighted mean and standard deviation of every column; a column that never varies has deviation 0.
 */
export function columnMoments(
  x: SparseRows,
  weight: Float64Array,
): { mean: number[]; sd: number[] } {
  const sum = new Float64Array(x.columns);
  const squares = new Float64Array(x.columns);
  let total = 0;
  for (let r = 0; r < x.rows; r++) {
    const w = weight[r]!;
    total += w;
    for (let i = x.start[r]!; i < x.start[r + 1]!; i++) {
      const v = x.value[i]!;
      const c = x.column[i]!;
      sum[c]! += w * v;
      squares[c]! += w * v * v;
    }
  }
  const mean = Array.from(sum, (s) => (total > 0 ? s / total : 0));
  const sd = mean.map((m, c) => {
    const variance = total > 0 ? squares[c]! / total - m * m : 0;
    // Below this share of the mean square a variance is nothing but rounding.
    return variance > 1e-9 * (squares[c]! / Math.max(total, 1e-300)) ? Math.sqrt(variance) : 0;
  });
  return { mean, sd };
}
