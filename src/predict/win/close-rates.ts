import type { CloseRate } from '../../model/score.ts';
import type { DealState } from '../deal/deal-at.ts';
import { CLOSE_RATES_SHOWN, LITTLE_EVIDENCE } from '../tuning.ts';
import { partnerEffect, type PartnerEffect } from './partner-effect.ts';
import type { PoolModel } from './pool-model.ts';

/**
 * Expected close rate of a partner by product: the deals of the product leaning on all deals of the
 * partner, as those lean on the pool. A product that was never decided has the partner's own rate,
 * with the widest band.
 */
export function closeRates(
  states: readonly DealState[],
  own: PartnerEffect,
  pool: PoolModel,
): CloseRate[] {
  const named = states.filter(({ deal }) => deal.product !== null);
  const found = [...Map.groupBy(named, ({ deal }) => deal.product!)].map(
    ([product, deals]): CloseRate => {
      const { rate, low, high, resolved } = partnerEffect(deals, pool, own.rate);
      return { product, rate, low, high, n: resolved, littleEvidence: resolved < LITTLE_EVIDENCE };
    },
  );
  found.sort((a, b) => b.n - a.n || (a.product < b.product ? -1 : 1));
  return found.slice(0, CLOSE_RATES_SHOWN);
}
