import { latestForecast } from '../../store/results.ts';
import type { Store } from '../../store/store.ts';
import type { CostCoverage } from '../../model/partner-return.ts';
import type { CustomerValues } from '../../model/customer-value.ts';

const NONE: CostCoverage = { known: [], missing: [] };

/** What the last results found of all partners together. */
export async function foundOfAll(
  store: Store,
  resultsId: string,
): Promise<{ coverage: CostCoverage; customers: CustomerValues }> {
  const { coverage, customers } = (await latestForecast(store, resultsId))?.forecast ?? {};
  return {
    coverage: coverage ?? NONE,
    customers: { all: customers?.all ?? null, missing: customers?.missing ?? [] },
  };
}
