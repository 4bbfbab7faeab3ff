import type { Cosell, OnDeal } from '../../model/cosell.ts';
import type { MappingSettings } from '../../model/mapping.ts';
import {
  cosellPairs,
  creditIfWon,
  pairKey,
  refusalsOf,
  strengthsFor,
} from '../../predict/index.ts';
import { jointRecords, knownAt, partnersOn } from '../../store/cosell.ts';
import { registrationsByDeal } from '../../store/credit-facts.ts';
import { partnerNames } from '../../store/credit-views.ts';
import { dealsById } from '../../store/facts.ts';
import { dealToRoute } from '../../store/routing.ts';
import type { Store } from '../../store/store.ts';
import { traitsOfRun } from '../../store/worth.ts';
import type { ScoredPlace } from './last-scored.ts';
import { contextOutsideRun } from './measure-context.ts';
import { routingPlace } from './routing-place.ts';
import { demandOpen } from './routing.ts';

/** Partners on a deal, each with what it would be credited if the deal were won now. */
async function onDeal(
  store: Store,
  { rowsId }: ScoredPlace,
  dealId: string,
  settings: MappingSettings,
  asOfMs: number,
): Promise<OnDeal[]> {
  const standing = await partnersOn(store, rowsId, dealId);
  const [deal] = await dealsById(store, rowsId, [dealId]);
  const context = await contextOutsideRun(store, rowsId, settings, asOfMs);
  const registrations = (await registrationsByDeal(store, rowsId, [dealId])).get(dealId) ?? [];
  const credit =
    deal === undefined ? null : creditIfWon(deal, registrations, settings.credit, context);
  const names = await partnerNames(
    store,
    rowsId,
    standing.map(({ partnerId }) => partnerId),
  );
  return standing.map(({ partnerId, roles }) => {
    const row = credit?.rows.find((one) => one.partnerId === partnerId);
    return {
      ...{ partnerId, name: names.get(partnerId) ?? null, roles },
      credit: row === undefined ? null : { kind: row.kind, share: row.weight, rule: row.rule },
    };
  });
}

/**
 * Which partners could win a deal together, and how it stands with partners now. Partners whom a
 * hard rule of routing keeps from it are no candidates. null = there is no such deal.
 * Errors: `config` where it is closed.
 */
export async function cosellOf(
  store: Store,
  place: ScoredPlace,
  asOfMs: number,
  ids: string[],
): Promise<Cosell | null> {
  const deal = await dealToRoute(store, place.rowsId, ids);
  if (deal === null) return null;
  demandOpen(deal);
  const { rules, settings } = await routingPlace(store, place, asOfMs);
  const partners = await onDeal(store, place, deal.id, settings, asOfMs);
  const candidates = rules.partners.filter(
    (one) => refusalsOf(one, deal, settings.routing, [], rules.speech).length === 0,
  );
  const known =
    deal.accountId === null ? null : await knownAt(store, place.rowsId, deal.accountId, deal.id);
  const traits = await traitsOfRun(store, place.resultsId, place.runId);
  const strengths = strengthsFor(traits, { stage: deal.stage, product: deal.product });
  const accounts = candidates.map(({ accountId }) => accountId);
  const joint = await jointRecords(store, place.rowsId, accounts);
  const found = cosellPairs(candidates, {
    ...{ strengths, known },
    joint: new Map(joint.map(({ a, b, n, won }) => [pairKey(a, b), { n, won }])),
    onDeal: new Set(partners.map(({ partnerId }) => partnerId)),
  });
  const state = partners.length === 0 ? 'direct' : partners.length === 1 ? 'alone' : 'shared';
  return { dealId: deal.id, name: deal.name, state, partners, ...found };
}
