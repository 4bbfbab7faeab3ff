import { latestForecast } from '../../store/results.ts';
import type { Store } from '../../store/store.ts';
import type { CostCoverage } from '../../model/partner-return.ts';
import type { AssetLift } from '../../model/enablement.ts';
import type { CustomerValues } from '../../model/customer-value.ts';

const NONE: CostCoverage = { known: [], missing: [] };

/** What the last results found of all partners together. */
export async function foundOfAll(
  store: Store,
  resultsId: string,
): Promise<{ coverage: CostCoverage; customers: CustomerValues; lifts: AssetLift[] }> {
  const { coverage, customers, lifts } = (await latestForecast(store, resultsId))?.forecast ?? {};
  return {
    coverage: coverage ?? NONE,
    lifts: lifts ?? [],
    customers: { all: customers?.all ?? null, missing: customers?.missing ?? [] },
  };
}
