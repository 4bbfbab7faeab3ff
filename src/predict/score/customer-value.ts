import { exp, log } from '../../model/real-math.ts';
import type { Customer, CustomerValue } from '../../model/customer-value.ts';
import { exactSum } from '../math/exact-sum.ts';
import { BAND_Z } from '../tuning.ts';

/** Of fewer customers on either side no ratio is said. */
const FEWEST = 3;

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : exactSum(values) / values.length;
/** Variance of a mean, as a share of its square. */
function relativeVariance(values: readonly number[]): number {
  const mean = meanOf(values);
  const spread = exactSum(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
  return mean > 0 ? spread / values.length / (mean * mean) : Infinity;
}

/**
 * Customers of a partner beside direct ones of the same industries, weighed as its own are spread
 * over them: else whoever sells to banks would look better than whoever sells to shops.
 */
export function customerValue(
  own: readonly Customer[],
  direct: readonly Customer[],
): CustomerValue | null {
  if (own.length === 0) return null;
  const segments = Map.groupBy(direct, ({ industry }) => industry);
  const compared = own.filter(({ industry }) => segments.has(industry));
  const beside = [...Map.groupBy(compared, ({ industry }) => industry)].map(
    ([industry, customers]) => ({
      weight: customers.length / compared.length,
      customers: segments.get(industry)!,
    }),
  );
  const first = compared.map(({ firstYear }) => firstYear);
  const weighed = (of: (one: Customer) => number): number =>
    exactSum(beside.map(({ weight, customers }) => weight * meanOf(customers.map(of))));
  const directs = beside.flatMap(({ customers }) => customers);
  const directFirstYear = weighed(({ firstYear }) => firstYear);
  const firstYear = meanOf(first);
  const enough = compared.length >= FEWEST && directs.length >= FEWEST;
  const said = enough && firstYear > 0 && directFirstYear > 0;
  const reach = said
    ? BAND_Z *
      Math.sqrt(relativeVariance(first) + relativeVariance(directs.map((one) => one.firstYear)))
    : 0;
  const middle = said ? log(firstYear / directFirstYear) : 0;
  return {
    ...{ n: compared.length, alone: own.length - compared.length, direct: directs.length },
    ...{ firstYear, directFirstYear },
    ratio: said ? { mean: exp(middle), low: exp(middle - reach), high: exp(middle + reach) } : null,
    again: meanOf(compared.map(({ again }) => Number(again))),
    directAgain: weighed(({ again }) => Number(again)),
  };
}
