import {
  concentrations,
  exposureShares,
  ROUTED_QUARTERS,
  type ExposureShare,
} from '../../predict/index.ts';
import { exposures } from '../../store/routing.ts';
import type { Store } from '../../store/store.ts';
import { traitsOfRun, worthRows } from '../../store/worth.ts';
import type { ScoredPlace } from './last-scored.ts';
import { planSettings } from './plan-import.ts';

export interface Fairness {
  asOfMs: number;
  /** Deals of partners in the last four quarters of 91 days, and wins among them. */
  partners: (ExposureShare & { name: string })[];
  types: ExposureShare[];
  /** `large` = the fifth of partners that won most in the year before, then `medium`, `small`. */
  sizes: ExposureShare[];
  /** Sum of squared shares of each quarter, the oldest first; null = no deal. */
  concentration: (number | null)[];
  /** The cap of the mapping; null = it caps nobody beside what was usual. */
  maxShare: number | null;
}

const LARGE = 0.2;
const MEDIUM = 0.5;

function sizesOf(won: { id: string; won: number }[]): (id: string) => string {
  const place = new Map(won.toSorted((a, b) => b.won - a.won).map(({ id }, i) => [id, i]));
  return (id) => {
    const at = (place.get(id) ?? won.length) / won.length;
    return at < LARGE ? 'large' : at < MEDIUM ? 'medium' : 'small';
  };
}

/** How deals are spread over partners, types and sizes, and what came of them. */
export async function routingFairness(
  store: Store,
  place: ScoredPlace,
  asOfMs: number,
): Promise<Fairness> {
  const rows = await worthRows(store, place);
  const sizeOf = sizesOf(await traitsOfRun(store, place.resultsId, place.runId));
  const found = await exposures(store, place.rowsId, { asOfMs, quarters: ROUTED_QUARTERS });
  const by = (group: (row: (typeof rows)[number]) => string): ExposureShare[] =>
    exposureShares(rows, found, ({ accountId }) => accountId, group);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const partners = by(({ id }) => id).map((one) => ({ ...one, name: names.get(one.of)! }));
  return {
    ...{ asOfMs, partners, types: by(({ type }) => type ?? ''), sizes: by(({ id }) => sizeOf(id)) },
    concentration: concentrations(partners),
    maxShare: (await planSettings(store, place.connectionId)).routing.maxShare ?? null,
  };
}
