/**
 * Rows that somebody saved half done, as every CRM has a few: a goal, a date or an amount is
 * missing, so nothing can be computed from them.
 */
import { DAY_MS, isoDate, momentOf } from './calendar.ts';
import type { Channel } from './channel.ts';
import type { WorldEvent } from './events.ts';
import { settledPartners } from './partners.ts';
import { planEvents } from './plans.ts';

/**
 * Entered this many weeks before the end: within the current plans, and long enough ago that
 * nobody will complete them.
 */
const WEEKS_AGO = 6;

/**
 * A target without its goal on the first current plans, certificates without their date,
 * funds without their amount.
 */
export function slipEvents(channel: Channel): WorldEvent[] {
  const atMs = momentOf(channel.endWeek - WEEKS_AGO, 4, 16);
  const settled = settledPartners(channel.partners, channel.endMs);
  const year = new Date(channel.endMs).getUTCFullYear();
  const plans = settled
    .flatMap((partner) =>
      planEvents(channel, partner, year).filter((event) => event.kind === 'plan'),
    )
    .slice(0, 2);
  // Never before the plan itself, nor after the end of the history.
  const targets = plans.flatMap((plan, k): WorldEvent[] =>
    plan.kind !== 'plan' || plan.atMs >= channel.endMs - DAY_MS
      ? []
      : [
          {
            kind: 'target',
            id: `${plan.id}.x${k}`,
            atMs: Math.max(atMs, plan.atMs + DAY_MS),
            planId: plan.id,
            side: 'partner',
            metric: 'won_amount',
            goal: null,
            weight: 0,
            label: 'Services revenue (to be agreed)',
          },
        ],
  );
  const dateless = settled.slice(1, 3).map(
    (partner, k): WorldEvent => ({
      kind: 'certification',
      id: `zx${k}`,
      atMs: atMs + k * DAY_MS,
      partnerId: partner.id,
      contactId: null,
      name: 'Sales Associate',
      issuedOn: null,
      expiresOn: null,
    }),
  );
  const funds = settled.slice(0, 1).map(
    (partner, k): WorldEvent => ({
      kind: 'cost',
      id: `kx${k}`,
      atMs: atMs + k * DAY_MS,
      partnerId: partner.id,
      type: 'market development fund',
      amount: null,
      currency: channel.currency,
      on: isoDate(atMs),
    }),
  );
  return [...targets, ...dateless, ...funds];
}
