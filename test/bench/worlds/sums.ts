import type { DealSum } from './rows.ts';

/** How often something was said and happened, by label. */
export class DealSums {
  readonly #sums = new Map<string, DealSum>();
  add(key: string, said: number, happened: boolean): void {
    let sum = this.#sums.get(key);
    if (!sum) this.#sums.set(key, (sum = { key, n: 0, said: 0, happened: 0 }));
    sum.n++;
    sum.said += said;
    sum.happened += happened ? 1 : 0;
  }
  rows(): DealSum[] {
    return [...this.#sums.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  }
}
