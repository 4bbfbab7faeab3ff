import { latestForecast } from '../../store/results.ts';
import type { Store } from '../../store/store.ts';
import type { CostCoverage } from '../../model/partner-return.ts';
import type { AssetLift } from '../../model/enablement.ts';
import type { CertificationEffect } from '../../model/training-effect.ts';
import type { CustomerValues } from '../../model/customer-value.ts';

const NONE: CostCoverage = { known: [], missing: [] };

interface FoundOfAll {
  coverage: CostCoverage;
  customers: CustomerValues;
  lifts: AssetLift[];
  /** null = results of an older version. */
  certification: CertificationEffect | null;
}

/** What the last results found of all partners together. */
export async function foundOfAll(store: Store, resultsId: string): Promise<FoundOfAll> {
  const { coverage, customers, lifts, certification } =
    (await latestForecast(store, resultsId))?.forecast ?? {};
  return {
    coverage: coverage ?? NONE,
    lifts: lifts ?? [],
    certification: certification ?? null,
    customers: { all: customers?.all ?? null, missing: customers?.missing ?? [] },
  };
}
