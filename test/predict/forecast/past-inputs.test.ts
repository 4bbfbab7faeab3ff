import { describe, expect, it } from 'vitest';
import type { DealFacts } from '../../../src/model/facts.ts';
import {
  addPastInputs,
  pastKey,
  startPastInputs,
  type PastInputs,
} from '../../../src/predict/index.ts';
import { contextAt, worldFacts } from '../../bench/worlds/facts.ts';

const NOW_MS = Date.UTC(2026, 10, 16);
const context = contextAt(NOW_MS);
const { deals } = worldFacts({ seed: 5, partners: 5, deals: 60, endMs: NOW_MS }, NOW_MS);
const ends = startPastInputs(context).endMs;

function keys(some: readonly DealFacts[]): string[] {
  const inputs: PastInputs = startPastInputs(context);
  for (const deal of some) addPastInputs(inputs, deal, context.stages);
  return ends.map((endMs) => pastKey(inputs, endMs, []));
}

describe('the keys of replayed periods', () => {
  it('do not hang on the order of deals, nor on what became known later', () => {
    const all = keys(deals);
    expect(keys(deals.toReversed())).toEqual(all);
    ends.forEach((endMs, i) => {
      const later = deals.map((deal) => ({
        ...deal,
        crmProbability: 0.9,
        events: [...deal.events, { atMs: endMs, stage: 'lost', amount: 1, closeDate: null }],
        activities: [...deal.activities, { atMs: endMs + 1, kind: 'call', qualifying: true }],
      }));
      expect(keys(later)[i]).toBe(all[i]);
      expect(keys(deals.filter((deal) => deal.createdMs < endMs))[i]).toBe(all[i]);
    });
  });

  it('change with whatever was known by their end', () => {
    const all = keys(deals);
    const place = deals.findIndex((deal) => deal.createdMs < ends[0]!);
    const edits: ((deal: DealFacts) => DealFacts)[] = [
      (deal) => ({ ...deal, partnerId: 'another' }),
      (deal) => ({ ...deal, events: deal.events.slice(1) }),
      (deal) => ({ ...deal, tasks: [{ id: 't', createdMs: 0, dueMs: null, doneMs: 1 }] }),
      (deal) => ({ ...deal, registeredMs: 1 }),
    ];
    for (const edit of edits)
      expect(keys(deals.map((deal, i) => (i === place ? edit(deal) : deal)))).not.toContain(all[0]);
  });
});
