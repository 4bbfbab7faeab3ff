import type { ClaimFacts } from '../../model/credit.ts';
import { HeadwaterError } from '../../model/error.ts';
import type { RoutedDeal, RoutingProposal } from '../../model/routing.ts';
import { claimKeysOf, protectorsOf, rulesOfNobody, suggestPartners } from '../../predict/index.ts';
import { claimsSharing } from '../../store/credit-facts.ts';
import { dealToRoute } from '../../store/routing.ts';
import type { Store } from '../../store/store.ts';
import type { ScoredPlace } from './last-scored.ts';
import { asClaim, routingPlace } from './routing-place.ts';

/** What a partner is wanted for. */
export interface Wanted extends RoutedDeal {
  name: string;
  /** Null = it is a lead. */
  dealId: string | null;
  /** The partner that has it now, by account; null = nobody. */
  partnerId: string | null;
  customer: Pick<ClaimFacts, 'accountId' | 'company' | 'domain'>;
}

export interface RoutedOne extends Omit<Wanted, 'customer'>, RoutingProposal {
  /** What is not known of it, so that nothing is compared by it. */
  unknown: (keyof RoutedDeal)[];
}

export interface Routed {
  asOfMs: number;
  /** Partners and types that rules of the mapping name and that nobody is. */
  rulesOfNobody: string[];
  proposals: RoutedOne[];
}

/** Errors: `config` where a deal is closed. */
export function demandOpen({ id, closed }: { id: string; closed: number }): void {
  if (closed === 1)
    throw new HeadwaterError('config', `deal ${id} is closed`, {
      code: 'CLOSED_DEAL',
      cure: 'Partners are proposed for open deals and for leads.',
    });
}

/** A deal by spellings of its id; null = there is none. Errors: `config` where it is closed. */
export async function wantedOfDeal(
  store: Store,
  place: ScoredPlace,
  ids: string[],
): Promise<Wanted | null> {
  const found = await dealToRoute(store, place.rowsId, ids);
  if (found === null) return null;
  demandOpen(found);
  const { id, name, closed: _, stage: _s, accountId, company, domain, ...deal } = found;
  return { ...deal, name, dealId: id, customer: { accountId, company, domain } };
}

/**
 * Partners for each deal or lead, in their order. A first choice counts as given when the next one
 * is looked at, so that a file of leads does not go to one partner. Nothing is assigned by it.
 */
export async function routeAll(
  store: Store,
  place: ScoredPlace,
  asOfMs: number,
  all: readonly Wanted[],
): Promise<Routed> {
  const { rules, settings, lately } = await routingPlace(store, place, asOfMs);
  const at = { asOfMs, timeZone: settings.timeZone };
  const claims = all.map(({ dealId, customer, product }) =>
    asClaim({ dealId, product, ...customer }, asOfMs),
  );
  const keys = [...new Set(claims.flatMap(claimKeysOf))];
  const among = await claimsSharing(store, place.rowsId, keys);
  const accountOf = new Map(rules.partners.map(({ id, accountId }) => [id, accountId]));
  const proposals = all.map(({ customer: _, ...wanted }, i): RoutedOne => {
    const holders = protectorsOf(claims[i]!, among, settings.credit, at);
    const proposal = suggestPartners(rules, wanted, holders, lately);
    const first = accountOf.get(proposal.ranked[0]?.id ?? '');
    if (first !== undefined) lately.set(first, (lately.get(first) ?? 0) + 1);
    const unknown = (['product', 'industry', 'region'] as const).filter(
      (by) => wanted[by] === null,
    );
    return { ...wanted, ...proposal, unknown };
  });
  return { asOfMs, rulesOfNobody: rulesOfNobody(settings.routing, rules.partners), proposals };
}
