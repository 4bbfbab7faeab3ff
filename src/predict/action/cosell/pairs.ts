import type { Cosell, CosellPair, KnownAt, Strength } from '../../../model/cosell.ts';

/** A partner that no hard rule keeps from the deal. */
interface Candidate {
  id: string;
  accountId: string;
  name: string;
}

interface Records {
  /** By partner. */
  strengths: ReadonlyMap<string, Strength>;
  /** By account: what each did with the customer; null = the customer is not known. */
  known: ReadonlyMap<string, KnownAt> | null;
  /** By `pairKey`. */
  joint: ReadonlyMap<string, { n: number; won: number }>;
  /** Accounts that stand on the deal. */
  onDeal: ReadonlySet<string>;
}

/** Two accounts, whichever is named first. */
export const pairKey = (a: string, b: string): string => JSON.stringify(a < b ? [a, b] : [b, a]);

const edge = ({ own, pool }: Strength): number => own - pool;

/** Those with somebody on the deal first, then whom the customer bought from, then the stronger. */
function before(a: CosellPair, b: CosellPair): number {
  const there = ({ strong, known }: CosellPair): number =>
    Number(strong.onDeal) + Number(known.onDeal);
  const bought = ({ known }: CosellPair): number => Number(known.record.won > 0);
  return (
    there(b) - there(a) ||
    bought(b) - bought(a) ||
    edge(b.strong.strength) - edge(a.strong.strength) ||
    (b.joint?.won ?? 0) - (a.joint?.won ?? 0) ||
    b.known.record.won - a.known.record.won ||
    (a.strong.id + a.known.id < b.strong.id + b.known.id ? -1 : 1)
  );
}

/**
 * Pairs that complement each other on a deal: one that wins more than others at its stage or of its
 * product, and another one that the customer knows. Nobody complements itself.
 */
export function cosellPairs(
  candidates: readonly Candidate[],
  { strengths, known, joint, onDeal }: Records,
): Pick<Cosell, 'pairs' | 'missing'> {
  const named = ({ id, name, accountId }: Candidate) => ({
    ...{ id, name },
    onDeal: onDeal.has(accountId),
  });
  const strong = candidates.flatMap((one) => {
    const strength = strengths.get(one.id);
    return strength === undefined ? [] : [{ one, strength }];
  });
  const familiar = candidates.flatMap((one) => {
    const record = known?.get(one.accountId);
    return record === undefined ? [] : [{ one, record }];
  });
  const pairs = strong.flatMap(({ one, strength }) =>
    familiar
      .filter(({ one: other }) => other.id !== one.id)
      .map(
        ({ one: other, record }): CosellPair => ({
          strong: { ...named(one), strength },
          known: { ...named(other), record },
          joint: joint.get(pairKey(one.accountId, other.accountId)) ?? null,
        }),
      ),
  );
  return {
    pairs: pairs.toSorted(before),
    missing: [
      ...(known === null ? (['customer'] as const) : []),
      ...(known !== null && familiar.length === 0 ? (['nobody known'] as const) : []),
      ...(strong.length === 0 ? (['nobody strong'] as const) : []),
    ],
  };
}
