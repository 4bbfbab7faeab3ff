/** Who brought a deal: each reason alone by which a partner on it did not, and what is none. */
import { describe, expect, it } from 'vitest';
import type { DealFacts, PartnerLinkFacts } from '../../../src/model/facts.ts';
import { dealAt } from '../../../src/predict/deal/deal-at.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { AS_OF, contextAt, dealOf } from '../../properties/world.ts';

const CREATED = AS_OF - 60 * DAY_MS;
const link = (
  partnerId: string,
  day: number,
  endDay: number | null = null,
  via: PartnerLinkFacts['via'] = 'field',
): PartnerLinkFacts => ({
  partnerId,
  role: null,
  primary: true,
  knownMs: CREATED + day * DAY_MS,
  endedMs: endDay === null ? null : CREATED + endDay * DAY_MS,
  via,
});
/** Our side moves it on that day; never where left out. */
const borrowed = (links: PartnerLinkFacts[], movedDay?: number): boolean => {
  const made = dealOf('d', CREATED, movedDay === undefined ? [] : [[movedDay, 'Proposal']], {
    partnerId: 'p',
  });
  const events = made.events.map((event) => ({ ...event, by: 'vendor' as const }));
  const deal: DealFacts = { ...made, events, links };
  return dealAt(deal, AS_OF, contextAt())!.borrowed;
};

describe('a partner did not bring a deal', () => {
  it('on which it was named a fortnight after its creation, though nobody had worked on it', () => {
    expect([borrowed([link('p', 13)]), borrowed([link('p', 15)])]).toEqual([false, true]);
  });

  it('that our side had moved on before it was named, however soon that was', () => {
    expect([borrowed([link('p', 6)], 3), borrowed([link('p', 6)], 9)]).toEqual([true, false]);
    expect(borrowed([link('p', 3.5)], 3)).toBe(false);
  });

  it('that was another one’s, unless a wrong name was put right within days', () => {
    expect(borrowed([link('q', 0, 5), link('p', 5)])).toBe(true);
    expect(borrowed([link('q', 0, 1.5), link('p', 1.5)])).toBe(false);
  });

  it('and one that helps, pays a campaign or owns the customer takes it from nobody', () => {
    for (const via of ['role', 'campaign', 'accountParent'] as const)
      expect(borrowed([link('q', 0, null, via), link('p', 5)]), via).toBe(false);
  });
});
