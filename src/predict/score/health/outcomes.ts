import type { Known } from '../proofs.ts';
import { medianOf } from '../../math/numeric.ts';

/**
 * How much of what a selling partner of its type usually wins in a year each partner won, 0 to 1. A
 * partner is not compared with itself; where no other of its type won anything, with all others.
 */
export function outcomeShares(all: readonly Known[]): number[] {
  const sellers = all.filter(({ won }) => won > 0);
  return all.map(({ id, type, won }) => {
    const others = sellers.filter((one) => one.id !== id);
    const own = others.filter((one) => one.type === type);
    const usual = medianOf((own.length > 0 ? own : others).map((one) => one.won));
    if (won <= 0) return 0;
    return usual === null ? 1 : Math.min(1, won / usual);
  });
}
