import { putEntry } from '../../model/own-entry.ts';
import { exactSum } from '../math/exact-sum.ts';
import { clamp, logit } from '../math/numeric.ts';
import { TYPE_PARTNERS } from '../tuning.ts';
import { maturedBy } from './matured.ts';
import type { PartnerCounts } from './pool-counts.ts';
import type { TypeEffect } from './pool-model.ts';
import type { Worth } from './worth.ts';

/** Keeps log odds finite where every deal of a type was won, or none. */
const EDGE = 1e-6;

/**
 * Types that enough partners are of. A partner tells of its type by its deals, but never more than
 * one partner can, since those of one type differ too; and a type leans on the pool as far as one
 * partner does, so that many partners are needed to move it far.
 */
export function typeEffects(
  partners: ReadonlyMap<string, PartnerCounts>,
  types: ReadonlyMap<string, string> | undefined,
  worth: Worth,
  { rate, priorDeals }: { rate: number; priorDeals: number },
): Record<string, TypeEffect> {
  const seen = [...partners.keys()].sort().flatMap((id) => {
    const type = types?.get(id);
    const counts = type === undefined ? null : maturedBy(partners.get(id)!.matured, worth);
    return counts === null ? [] : [{ type: type!, ...counts }];
  });
  const effects: Record<string, TypeEffect> = {};
  for (const [type, own] of Map.groupBy(seen, (one) => one.type)) {
    if (own.length < TYPE_PARTNERS) continue;
    const weights = own.map(({ matured }) => (matured * priorDeals) / (matured + priorDeals));
    const weight = exactSum(weights);
    const won = exactSum(own.map((one, i) => (weights[i]! * one.maturedWon) / one.matured));
    const shrunk = (priorDeals * rate + won) / (priorDeals + weight);
    putEntry(effects, type, {
      partners: own.length,
      effect: logit(clamp(shrunk, EDGE, 1 - EDGE)) - logit(rate),
    });
  }
  return effects;
}
