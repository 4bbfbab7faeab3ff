/** Scores and the forecast of pasts that no model should stumble over. */
import { expect, it } from 'vitest';
import type { DealFacts, MeasureContext } from '../../../src/model/facts.ts';
import {
  addDeal,
  finishPool,
  fiscalQuarter,
  scoreDirectDeals,
  scorePartner,
  startPool,
} from '../../../src/predict/index.ts';
import { channelTotals } from '../../../src/predict/forecast/channel.ts';
import { partnerOf } from '../../properties/world.ts';
import { BAD } from '../win/bad-deals.ts';
import { modelOf, NOW, VIEW } from '../win/pipeline.ts';

const context: MeasureContext = {
  ...VIEW,
  asOfMs: NOW,
  period: fiscalQuarter(NOW, 'UTC', 1),
  horizonDays: 180,
  staleDays: 21,
  reportingCurrency: 'EUR',
};

/** What a column of a database can hold. */
const stored = (deal: DealFacts): DealFacts => ({
  ...deal,
  events: deal.events.map((event) =>
    Number.isNaN(event.amount) ? { ...event, amount: null } : event,
  ),
});

/** Half of the deals are one partner's, the rest are direct. */
function said(bad: readonly DealFacts[]) {
  const deals = bad.map(stored);
  const fit = startPool(context);
  for (const deal of deals) addDeal(fit, deal);
  const pool = finishPool(fit, modelOf([...deals], { horizons: [30] }));
  const own = deals.filter((_, i) => i % 2 === 0).map((deal) => ({ ...deal, partnerId: 'x' }));
  const partner = scorePartner(partnerOf('x', own), pool, context);
  const direct = scoreDirectDeals(
    deals.filter((_, i) => i % 2 === 1),
    pool,
    context,
  );
  const parts = [...partner.forecastParts, ...direct.forecastParts];
  return {
    partner,
    deals: [...partner.deals, ...direct.deals],
    ...channelTotals(parts, pool, context),
  };
}

it.each(BAD)('%s: scores and forecast in range, reasons that add up, no NaN', (_name, bad) => {
  const { partner, deals, total } = said(bad);
  const text = JSON.stringify([partner.partner, deals, total]);
  expect(text).not.toMatch(/NaN|Infinity/);
  const { score, low, high, base, reasons } = partner.partner;
  expect(0 <= low && low <= score && score <= high && high <= 100).toBe(true);
  expect(base + reasons.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 6);
  for (const deal of deals) {
    expect(0 <= deal.low && deal.low <= deal.probability && deal.probability <= deal.high).toBe(
      true,
    );
    expect(deal.everProbability).toBeGreaterThanOrEqual(deal.probability);
    const points = deal.base + deal.reasons.reduce((sum, one) => sum + one.points, 0);
    expect(points).toBeCloseTo(100 * deal.probability, 6);
  }
  expect(total.p10 <= total.p50 && total.p50 <= total.p90).toBe(true);
});
