/** Who wrote what, and what shows a deal to be real: as the truth of the world says. */
import { describe, expect, it } from 'vitest';
import type { WorldEvent } from '../../../src/sandbox/world/events.ts';
import { generateWorld } from '../../../src/sandbox/world/generate.ts';

const END_MS = Date.UTC(2026, 10, 2, 9);
const world = generateWorld({ seed: 5, partners: 20, deals: 400, endMs: END_MS });
const events = [...world.events()];
type Of<K extends WorldEvent['kind']> = Extract<WorldEvent, { kind: K }>;
const of = <K extends WorldEvent['kind']>(kind: K): Of<K>[] =>
  events.filter((event): event is Of<K> => event.kind === kind);
const deals = new Map(of('deal').map((deal) => [deal.id, deal]));

describe('evidence in a generated world', () => {
  it('is counted by partner in the truth, as the events have it', () => {
    const truth = world.truth.evidence!;
    const sum = (name: 'deals' | 'quotes' | 'orders' | 'withEngineer' | 'decided'): number =>
      truth.reduce((all, one) => all + one[name], 0);
    expect(sum('deals')).toBe(deals.size);
    expect(sum('quotes')).toBe(of('quote').length);
    expect(sum('orders')).toBe(of('order').length);
    expect(sum('withEngineer')).toBe(of('teamMember').length);
    const decided = of('dealChange').filter((change) => change.registrationStatus !== undefined);
    expect(sum('decided')).toBe(decided.length);
    for (const one of truth.filter((row) => row.decided > 0))
      expect(one.decisionHours).toBeGreaterThanOrEqual(0);
    for (const count of ['quotes', 'orders', 'withEngineer', 'decided'] as const)
      expect(sum(count)).toBeGreaterThan(10);
  });

  it('is written by the people of the deal or of its own partner', () => {
    const partnerOf = new Map(
      of('contact').map((contact) => [contact.id, contact.accountId] as const),
    );
    const employer = new Map(
      of('user').map((user) => [user.id, partnerOf.get(user.contactId ?? '') ?? null] as const),
    );
    const authored = [...of('activity'), ...of('quote')].filter(
      (event) => (employer.get(event.byId ?? '') ?? null) !== null,
    );
    expect(authored.length).toBeGreaterThan(20);
    for (const event of authored)
      expect(employer.get(event.byId ?? '')).toBe(deals.get(event.dealId ?? '')?.partnerId);
    expect(of('order').every((order) => employer.get(order.byId) === null)).toBe(true);
  });

  it('comes after what it rests on: offers at a proposal, orders after a win', () => {
    const reached = new Map<string, Set<string>>();
    for (const event of events) {
      if (event.kind === 'deal') reached.set(event.id, new Set([event.stage]));
      if (event.kind === 'dealChange' && event.stage !== undefined)
        reached.set(event.id, (reached.get(event.id) ?? new Set()).add(event.stage));
      if (event.kind === 'quote')
        expect(reached.get(event.dealId)?.has('proposal'), event.id).toBe(true);
      if (event.kind === 'order') expect(reached.get(event.dealId)?.has('won')).toBe(true);
    }
  });

  it('has several people in a meeting, each once', () => {
    const crowded = of('activity').filter((event) => event.attendeeIds !== undefined);
    expect(crowded.length).toBeGreaterThan(20);
    for (const { contactId, attendeeIds, type } of crowded) {
      expect(type).toBe('meeting');
      expect(attendeeIds).not.toContain(contactId);
    }
  });
});
