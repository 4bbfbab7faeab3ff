import type { ClaimFacts } from '../../model/credit.ts';
import type { MappingSettings } from '../../model/mapping.ts';
import type { RoutablePartner } from '../../model/routing.ts';
import {
  exposureCap,
  isoDay,
  ROUTED_QUARTERS,
  routingRecord,
  speechOf,
  type RoutingRules,
} from '../../predict/index.ts';
import { certificatesInForce, exposures, routedCells } from '../../store/routing.ts';
import type { Store } from '../../store/store.ts';
import { traitsOfRun, worthRows } from '../../store/worth.ts';
import type { ScoredPlace } from './last-scored.ts';
import { planSettings } from './plan-import.ts';

/** All that proposals of one moment rest on, read once for however many leads. */
export interface RoutingPlace {
  rules: RoutingRules;
  settings: MappingSettings;
  /** Deals that each partner got in the last quarter, by account. */
  lately: Map<string, number>;
}

/** Partners that the last results have scored: nobody else can be compared. */
async function routable(store: Store, place: ScoredPlace, day: string): Promise<RoutablePartner[]> {
  const traits = await traitsOfRun(store, place.resultsId, place.runId);
  const open = new Map(traits.map((one) => [one.id, one.open]));
  const held = await certificatesInForce(store, place.rowsId, day);
  return (await worthRows(store, place)).map(({ id, accountId, name, type }) => ({
    ...{ id, accountId, name, type, open: open.get(id) ?? 0 },
    certificates: [...new Set([accountId, id].flatMap((one) => held.get(one) ?? []))],
  }));
}

export async function routingPlace(
  store: Store,
  place: ScoredPlace,
  asOfMs: number,
): Promise<RoutingPlace> {
  const settings = await planSettings(store, place.connectionId);
  const partners = await routable(store, place, isoDay(asOfMs, settings.timeZone));
  const odds = routingRecord(await routedCells(store, place.rowsId, asOfMs));
  const year = new Map<string, number>();
  const lately = new Map<string, number>();
  const span = { asOfMs, quarters: ROUTED_QUARTERS };
  for (const { partnerId, quarter, n } of await exposures(store, place.rowsId, span)) {
    year.set(partnerId, (year.get(partnerId) ?? 0) + n);
    if (quarter === 0) lately.set(partnerId, n);
  }
  const accounts = partners.map(({ accountId }) => accountId);
  const beyond = exposureCap(year, accounts, settings.routing.maxShare);
  const speech = speechOf({ ...settings, asOfMs });
  const rules = { settings: settings.routing, odds, beyond, partners, speech };
  return { rules, settings, lately };
}

/** A customer as a registration would name it, to find those that protect it. */
export const asClaim = (
  customer: Pick<ClaimFacts, 'dealId' | 'accountId' | 'company' | 'domain' | 'product'>,
  asOfMs: number,
): ClaimFacts => ({
  ...{ id: '', partnerId: '', kind: 'registration', ...customer },
  ...{ submittedMs: asOfMs, decidedMs: null, protectedUntil: null, status: null },
});
