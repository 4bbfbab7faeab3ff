import { ownEntry } from '../../model/own-entry.ts';
import {
  COST_TYPE_NAMES,
  costTypeOf,
  type CostCoverage,
  type PartnerReturn,
  type ReturnSettings,
} from '../../model/partner-return.ts';
import type { PartnerTraits } from '../../model/traits.ts';
import { exactSum } from '../math/exact-sum.ts';

/** Of less than that a margin says nothing of the whole. */
const LEAST_KNOWN = 0.8;

type Spent = Pick<PartnerTraits, 'costs' | 'wonBy'>;

/** Which types of cost anybody has on record. */
export function costCoverage(partners: readonly Spent[]): CostCoverage {
  const seen = new Set(partners.flatMap(({ costs }) => costs.map(({ of }) => costTypeOf(of))));
  return {
    known: COST_TYPE_NAMES.filter((type) => seen.has(type)),
    missing: COST_TYPE_NAMES.filter((type) => !seen.has(type)),
  };
}

/**
 * What came back of what was spent on a partner in the last twelve months, on margin. Without a cost
 * there is none, however much was won; and none where too few margins are known, since the known
 * ones say nothing of the rest.
 */
export function partnerReturn({ costs, wonBy }: Spent, settings: ReturnSettings): PartnerReturn {
  const cost = exactSum(costs.map(({ amount }) => amount));
  const won = exactSum(wonBy.map(({ amount }) => amount));
  const known = wonBy.flatMap(({ of, amount }) => {
    const share = ownEntry(settings.margins, of) ?? settings.margin;
    return share === undefined ? [] : [{ amount, margin: share * amount }];
  });
  const knownWon = exactSum(known.map(({ amount }) => amount));
  const marginKnown = won > 0 ? knownWon / won : Number(known.length > 0 || won === 0);
  const found = exactSum(known.map(({ margin }) => margin));
  // The rest is taken to be as the most of it is.
  const margin = knownWon > 0 ? (found * won) / knownWon : 0;
  const why = cost <= 0 ? 'no cost' : marginKnown < LEAST_KNOWN ? 'no margin' : null;
  return {
    value: why === null ? (margin - cost) / cost : null,
    ...{ why, won, marginKnown, cost, costs },
    margin: why === 'no margin' ? found : margin,
    unknownCosts: exactSum(costs.map(({ unknown }) => unknown)),
  };
}
