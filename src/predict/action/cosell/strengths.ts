import type { Strength } from '../../../model/cosell.ts';
import type { PartnerTraits } from '../../../model/traits.ts';
import { exactSum } from '../../math/exact-sum.ts';
import { besideOthers } from '../../score/beside-others.ts';

interface Counts {
  n: number;
  won: number;
}
type By = Strength['by'];

/** Decided deals of a partner that were in a stage, or of a product. */
const COUNTS: Record<By, (of: PartnerTraits) => (Counts & { of: string })[]> = {
  stage: ({ reached }) => reached,
  product: ({ products }) => products,
};

function countsAt(one: PartnerTraits, by: By, of: string): Counts {
  const { n, won } = COUNTS[by](one).find((row) => row.of === of) ?? { n: 0, won: 0 };
  return { n, won };
}

function strengthAt(own: Counts, all: Counts): Omit<Strength, 'by' | 'of'> | null {
  const found = besideOthers({ n: own.n, hits: own.won }, { n: all.n, hits: all.won });
  return found === null ? null : { ...own, ...found };
}

/** In what each partner is strong on a deal of this stage and product: the one that says most. */
export function strengthsFor(
  partners: readonly (PartnerTraits & { id: string })[],
  deal: Record<By, string | null>,
): Map<string, Strength> {
  const found = new Map<string, Strength>();
  for (const by of ['stage', 'product'] as const) {
    const of = deal[by];
    if (of === null) continue;
    const each = partners.map((one) => countsAt(one, by, of));
    const all = {
      n: exactSum(each.map(({ n }) => n)),
      won: exactSum(each.map(({ won }) => won)),
    };
    partners.forEach(({ id }, i) => {
      const strength = strengthAt(each[i]!, all);
      if (strength === null) return;
      const before = found.get(id);
      if (before === undefined || strength.own - strength.pool > before.own - before.pool)
        found.set(id, { by, of, ...strength });
    });
  }
  return found;
}
