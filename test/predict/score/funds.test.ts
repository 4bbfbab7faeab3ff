/** Money for campaigns: what came of it, where the next would pay, and what is not known. */
import { describe, expect, it } from 'vitest';
import type { Fund } from '../../../src/model/fund.ts';
import { fundProposals } from '../../../src/predict/score/fund-proposals.ts';
import { activityOf, fundReturns } from '../../../src/predict/score/funds.ts';

const fund = (id: string, over: Partial<Fund> = {}): Fund => ({
  ...{ id, name: `Webinar ${id}`, partnerId: 'A', partner: 'Alpha', territory: 'DE' },
  ...{ activity: 'webinar', vertical: 'Retail', startOn: '2026-01-10', state: 'done' },
  decided: null,
  ...{ cost: 10_000, leads: 2, wins: 1, won: 30_000 },
  ...over,
});
const many = (n: number, over: Partial<Fund>): Fund[] =>
  Array.from({ length: n }, (_, i) => fund(`${over.partnerId ?? 'A'}${i}`, over));
const partner = (id: string, active = 0.9) => ({
  ...{ id, accountId: id, name: id, territory: 'DE', segment: 'invest', active },
});

describe('what came of campaigns', () => {
  it('is won over cost by group, leaning on all where they are few', () => {
    const all = [
      ...many(20, { activity: 'webinar' }),
      fund('x', { activity: 'trade show', won: 500_000, leads: 0 }),
    ];
    const [webinars, show] = fundReturns(all, ({ activity }) => activity);
    expect(webinars).toMatchObject({ of: 'webinar', funds: 20, costPerLead: 5_000 });
    expect(show).toMatchObject({ of: 'trade show', funds: 1, costPerLead: null });
    expect(show!.times.mean).toBeLessThan(25);
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    expect(width(show!.times)).toBeGreaterThan(width(webinars!.times));
  });
  it('is no certainty where there is one campaign, or where all came out alike', () => {
    const width = (all: Fund[]): number => {
      const [{ times }] = fundReturns(all, ({ activity }) => activity) as [
        ReturnType<typeof fundReturns>[number],
      ];
      expect(times.low).toBeLessThan(times.mean);
      return times.high - times.low;
    };
    expect(width([fund('x')])).toBeGreaterThan(1);
    expect(width(many(3, {}))).toBeGreaterThan(0.5);
    // The more of them, the surer.
    expect(width(many(40, {}))).toBeLessThan(0.3);
    const [nothing] = fundReturns([fund('x', { won: 0 })], ({ activity }) => activity);
    expect(nothing!.times).toMatchObject({ mean: 0, low: 0 });
    expect(nothing!.times.high).toBeGreaterThan(0.2);
  });
  it('leaves out what is not done or has no known cost, and is nothing without any', () => {
    const open = [
      fund('a', { state: 'running' }),
      fund('b', { cost: null }),
      fund('c', { cost: 0 }),
    ];
    expect(fundReturns(open, ({ activity }) => activity)).toEqual([]);
    expect(fundProposals(open, [partner('A')])).toEqual([]);
    expect(fundProposals([], [])).toEqual([]);
  });
  it('is named by words of the campaign', () => {
    expect(activityOf('Trade show with Delta')).toBe('trade show');
    expect(activityOf('Roadshow 2026')).toBe('roadshow');
    expect(activityOf('Something else')).toBe('other');
  });
});

describe('a proposal', () => {
  it('goes first to whose own campaigns paid, and says by what', () => {
    const all = [
      ...many(8, { partnerId: 'A', won: 90_000 }),
      ...many(8, { partnerId: 'B', won: 1_000 }),
    ];
    const found = fundProposals(all, [partner('B'), partner('C'), partner('A')]);
    expect(found.map(({ partnerId }) => partnerId)).toEqual(['A', 'C', 'B']);
    expect(found[0]).toMatchObject({ own: 8, ownTimes: 9, amount: 10_000 });
    expect(found[1]).toMatchObject({ own: 0, ownTimes: null });
  });
  it('goes to nobody who has stopped selling or has a campaign running', () => {
    const all = [...many(8, { partnerId: 'A' }), fund('r', { partnerId: 'B', state: 'running' })];
    const found = fundProposals(all, [partner('A', 0.1), partner('B'), partner('C')]);
    expect(found.map(({ partnerId }) => partnerId)).toEqual(['C']);
  });
  it('is not made where no campaign has brought anything', () => {
    const all = many(3, { partnerId: 'A', won: 0 });
    expect(fundProposals(all, [partner('A'), partner('B')])).toEqual([]);
  });
});
