/** A peer is one of like size and type, where enough partners are of that type. */
import { describe, expect, it } from 'vitest';
import type { PartnerFacts } from '../../../src/model/facts.ts';
import { scorePartner } from '../../../src/predict/index.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import type { PoolModel } from '../../../src/predict/win/pool-model.ts';
import { AS_OF, contextAt, dealOf, partnerOf, planOf, poolOf } from '../../properties/world.ts';

const DEALS = 20;
/** Of like size: all bring as many deals of 50,000; of twenty so many are won. */
function partner(id: string, type: string | null, wins: number, laterDays = 0): PartnerFacts {
  const deals = Array.from({ length: DEALS }, (_, i) => {
    const end = (i * 7) % DEALS < wins ? 'Closed Won' : 'Closed Lost';
    const deal = dealOf(
      `${id}-${i}`,
      AS_OF - (240 + 24 * i - laterDays) * DAY_MS,
      [
        [10, 'Qualified'],
        [40, 'Proposal'],
        [70, end],
      ],
      { partnerId: id, amount: 50_000 },
    );
    return { ...deal, events: deal.events.map((event) => ({ ...event, by: 'vendor' as const })) };
  });
  return { ...partnerOf(id, deals, [planOf(100_000)]), type };
}
const many = (type: string, count: number, wins: number): PartnerFacts[] =>
  Array.from({ length: count }, (_, i) => partner(`${type}${i}`, type, wins));

interface Told {
  pool: PoolModel;
  /** Of a partner of the type whose own record is the pool's. */
  peer(type: string | null): { difficulty: number; against: string; score: number };
}
function told(partners: readonly PartnerFacts[]): Told {
  const types = new Map(partners.flatMap(({ id, type }) => (type === null ? [] : [[id, type]])));
  const context = { ...contextAt(), partnerTypes: types as ReadonlyMap<string, string> };
  const pool = poolOf(partners, context);
  return {
    pool,
    peer: (type) => scorePartner(partner('self', type, 6), pool, context).partner,
  };
}

describe('a peer', () => {
  const { pool, peer } = told([...many('integrator', 8, 9), ...many('referral', 8, 3)]);

  it('is of the same type: a target is easier for those whose deals are won more often', () => {
    const [integrator, referral] = [peer('integrator'), peer('referral')];
    expect(integrator.difficulty).toBeGreaterThan(referral.difficulty + 5);
    expect(integrator.against).toContain('from 8 partners of type integrator');
    const anybody = peer(null);
    expect(anybody.difficulty).toBeLessThan(integrator.difficulty);
    expect(anybody.difficulty).toBeGreaterThan(referral.difficulty);
    expect(anybody.against).toContain('of any type');
  });

  it('moves what a partner is compared with, and not its score', () => {
    expect(peer('integrator').score).toBe(peer('referral').score);
    expect(peer('integrator').score).toBe(peer(null).score);
  });

  it('leans on all partners: eight of a type tell most of how it differs, and not all', () => {
    const rate = (effect: number): number => {
      const odds = (pool.cohort.rate / (1 - pool.cohort.rate)) * Math.exp(effect);
      return odds / (1 + odds);
    };
    const seen = rate(pool.types['integrator']!.effect);
    expect(seen).toBeGreaterThan(0.5 * (pool.cohort.rate + 9 / DEALS));
    expect(seen).toBeLessThan(9 / DEALS);
  });

  it('is of any type where four partners are all that there are of one', () => {
    const few = told([...many('integrator', 4, 16), ...many('referral', 8, 3)]);
    expect(Object.keys(few.pool.types)).toEqual(['referral']);
    const said = ({ difficulty, against, score }: ReturnType<typeof few.peer>) => [
      ...[difficulty, against, score],
    ];
    expect(said(few.peer('integrator'))).toEqual(said(few.peer(null)));
  });

  it('rests on many partners, not by the one of a type that enters most deals', () => {
    const parts = Array.from({ length: 40 }, (_, n) => partner(`big${n}`, 'integrator', 18, n / 2));
    const deals = parts.flatMap((part) =>
      part.deals.map((deal) => ({ ...deal, partnerId: 'big0' })),
    );
    const { pool: found } = told([
      { ...parts[0]!, deals },
      ...many('integrator', 6, 3),
      ...many('referral', 6, 3),
    ]);
    // Most deals of the type are won, and six partners of seven win few.
    expect(found.cohort.rate).toBeGreaterThan(0.5);
    expect(found.types['integrator']!.effect).toBeLessThan(0);
    expect(found.types['integrator']!.partners).toBe(7);
  });
});
