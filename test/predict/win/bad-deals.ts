/**
 * Pasts that no model should stumble over: too short, one-sided, renamed, out of order, strange.
 */
import type { DealFacts } from '../../../src/model/facts.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { cutAt, NOW, pipeline } from './pipeline.ts';

export const KNOWN = pipeline({ seed: 5, deals: 700, signal: true }).map((deal) =>
  cutAt(deal, NOW),
);

const closedDeals = (count: number, stage: 'won' | 'lost'): DealFacts[] =>
  KNOWN.filter((deal) => deal.stage === stage).slice(0, count);
const allOf = (deal: DealFacts, amount: number | null): DealFacts => ({
  ...deal,
  amount,
  events: deal.events.map((event) => ({ ...event, amount })),
});
/** Enough deals that more than stage and age is tried on them. */
const some = KNOWN.slice(0, 420);
export const BAD: [string, DealFacts[]][] = [
  ['no deal', []],
  ['one closed deal', closedDeals(1, 'won')],
  ['five closed deals', closedDeals(5, 'lost')],
  ['only wins', closedDeals(400, 'won')],
  ['only losses', closedDeals(400, 'lost')],
  [
    'losses never recorded',
    some.map((deal) =>
      deal.stage === 'lost'
        ? { ...deal, stage: 'offer', closedMs: null, events: deal.events.slice(0, -1) }
        : deal,
    ),
  ],
  [
    'all in one stage',
    some.map((deal) => ({
      ...deal,
      stage: 'new',
      closedMs: null,
      events: deal.events.slice(0, 1),
    })),
  ],
  [
    'stages renamed on the way',
    some.map((deal, i) => ({
      ...deal,
      events: deal.events.map((event) =>
        i % 2 && event.stage === 'talking' ? { ...event, stage: 'formerly' } : event,
      ),
    })),
  ],
  [
    'no history',
    some.map((deal) => ({ ...deal, events: [], activities: [], quotes: [], tasks: [] })),
  ],
  [
    'history older than the deal',
    KNOWN.map((deal) => ({ ...deal, createdMs: deal.createdMs + 20 * DAY_MS })).filter(
      (deal) => deal.createdMs < NOW,
    ),
  ],
  [
    'history out of order',
    some.map((deal) => ({
      ...deal,
      events: [...deal.events].reverse(),
      activities: [...deal.activities].reverse(),
    })),
  ],
  [
    'strange amounts',
    some.map((deal, i) => ({
      ...deal,
      amount: [0, -5, 1e300, null][i % 4]!,
      events: deal.events.map((event) => ({ ...event, amount: [0, -5, 1e300, null, NaN][i % 5]! })),
    })),
  ],
  [
    'clocks that run ahead',
    some.map((deal) => ({
      ...deal,
      activities: deal.activities.map((row) => ({ ...row, atMs: row.atMs + 400 * DAY_MS })),
    })),
  ],
  [
    'a stage that was removed',
    some.map((deal, i) => ({
      ...deal,
      stage: i % 3 === 0 && deal.closedMs === null ? 'removed' : deal.stage,
      events: deal.events.map((event) =>
        i % 3 === 0 && event.stage === 'talking' ? { ...event, stage: 'removed' } : event,
      ),
    })),
  ],
  ['no amount anywhere', some.map((deal) => allOf(deal, null))],
  ['nothing but zero', some.map((deal) => allOf(deal, 0))],
  ['nothing but negative amounts', some.map((deal) => allOf(deal, -5000))],
  ['nothing but huge amounts', some.map((deal) => allOf(deal, 1e300))],
  [
    'moves stamped by clocks that run ahead and behind',
    some.map((deal, i) => ({
      ...deal,
      events: deal.events.map((event) => ({
        ...event,
        atMs: event.atMs + (i % 2 ? 2 : -2) * DAY_MS,
      })),
    })),
  ],
];
