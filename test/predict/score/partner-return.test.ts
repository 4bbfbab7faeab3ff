/** Return on partners: margin over cost, and what is said where either is not known. */
import { describe, expect, it } from 'vitest';
import { costTypeOf } from '../../../src/model/partner-return.ts';
import { costCoverage, partnerReturn } from '../../../src/predict/score/partner-return.ts';

const cost = (of: string, amount: number, unknown = 0) => ({ of, amount, unknown });
const of = (won: number, spent: number, settings: { margin?: number } = {}) =>
  partnerReturn(
    { wonBy: [cost('Core', won)], costs: spent === 0 ? [] : [cost('rebate', spent)] },
    { margins: {}, ...settings },
  );

describe('the return on a partner', () => {
  it('is margin less cost over cost, and none at cost 0', () => {
    expect(of(100_000, 10_000, { margin: 0.6 }).value).toBeCloseTo(5, 9);
    expect(of(0, 10_000, { margin: 0.6 }).value).toBe(-1);
    expect(of(1e9, 0, { margin: 0.6 })).toMatchObject({ value: null, why: 'no cost' });
  });
  it('may be worse than all that was spent, by a negative margin', () => {
    expect(of(100_000, 10_000, { margin: -0.2 }).value).toBeCloseTo(-3, 9);
  });
  it('is none where margins are known of half of it, and scaled where little is missing', () => {
    const wonBy = [cost('Core', 50_000), cost('Other', 50_000)];
    const half = { wonBy, costs: [cost('rebate', 10_000)] };
    expect(partnerReturn(half, { margins: { Core: 0.5 } })).toMatchObject({
      ...{ value: null, why: 'no margin', marginKnown: 0.5 },
    });
    const most = { ...half, wonBy: [cost('Core', 90_000), cost('Other', 10_000)] };
    expect(partnerReturn(most, { margins: { Core: 0.5 } }).value).toBeCloseTo(4, 9);
  });
  it('does not hang on the currency, and counts costs without an amount apart', () => {
    const [euro, cent] = [1, 100].map((unit) => of(70_000 * unit, 9_000 * unit, { margin: 0.4 }));
    expect(cent!.value).toBeCloseTo(euro!.value!, 12);
    const unknown = partnerReturn({ wonBy: [], costs: [cost('mdf', 0, 2)] }, { margins: {} });
    expect(unknown).toMatchObject({ unknownCosts: 2, why: 'no cost' });
  });
  it('names the types of cost that nobody has on record', () => {
    const found = costCoverage([{ wonBy: [], costs: [cost('co-sell hours', 1), cost('odd', 1)] }]);
    expect(found.known).toEqual(['co-sell']);
    expect(found.missing).toHaveLength(6);
    expect(costCoverage([]).known).toEqual([]);
    expect(costTypeOf('Market Development Fund')).toBe('funds');
  });
});
