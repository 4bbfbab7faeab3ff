/** Which deals of a partner are one sale, and which honest ones are not. */
import { describe, expect, it } from 'vitest';
import type { DealFacts } from '../../../src/model/facts.ts';
import { casesOf, sameSale } from '../../../src/predict/deal/cases.ts';
import { dealAt, type DealState } from '../../../src/predict/deal/deal-at.ts';
import { saleKey } from '../../../src/predict/deal/sale-key.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { AS_OF, contextAt, dealOf } from '../../properties/world.ts';

type Moves = [day: number, stage: string][];
const WON: Moves = [
  [20, 'Qualified'],
  [40, 'Proposal'],
  [60, 'Closed Won'],
];
let count = 0;
const at = (createdDay: number, moves: Moves, over: Partial<DealFacts> = {}): DealState => {
  const id = `d${count++}`;
  const createdMs = AS_OF - (400 - createdDay) * DAY_MS;
  const deal = dealOf(id, createdMs, moves, { partnerId: 'p', accountId: `of ${id}`, ...over });
  return dealAt(deal, AS_OF, contextAt())!;
};
/** Wins of other customers at a pace of one in twenty days: what comes together is no accident. */
const others = (): DealState[] => [0, 120, 140, 160, 180, 200].map((day) => at(day, WON));
const counted = (states: DealState[], together?: typeof sameSale): number =>
  casesOf([...others(), ...states], together).length - others().length;

describe('one case', () => {
  it('are deals of one customer that are entered within a fortnight, whatever became of them', () => {
    const one = { accountId: 'customer' };
    const lost: Moves = [[30, 'Closed Lost']];
    expect(counted([at(50, WON, one), at(62, lost, one)])).toBe(1);
    expect(counted([at(50, WON, one), at(65, lost, one)])).toBe(2);
  });

  it('are wins over several customers that were entered and won together', () => {
    expect(counted([at(50, WON), at(51.5, WON)])).toBe(1);
    expect(counted([at(50, WON), at(53, WON)])).toBe(2);
    const later: Moves = WON.map(([day, stage]) => [day === 60 ? 64 : day, stage]);
    expect(counted([at(50, WON), at(51.5, later)])).toBe(2);
  });

  it('are no two losses, which are counted one by one, but for a number of sales', () => {
    const lost: Moves = [...WON.slice(0, 2), [60, 'Closed Lost']];
    expect(counted([at(50, lost), at(51, lost)])).toBe(2);
    expect(counted([at(50, lost), at(51, lost)], sameSale)).toBe(1);
    expect(counted([at(50, lost), at(51, WON)], sameSale)).toBe(2);
  });

  it('are deals that never moved only where they were entered within a day', () => {
    expect(counted([at(50, []), at(50.5, [])], sameSale)).toBe(1);
    expect(counted([at(50, []), at(52, [])], sameSale)).toBe(2);
  });

  it('are neither two products a month apart nor a second purchase half a year later', () => {
    const one = { accountId: 'customer' };
    expect(counted([at(40, WON, { ...one, product: 'suite' }), at(70, WON, one)])).toBe(2);
    expect(counted([at(40, WON, one), at(222, WON, one)])).toBe(2);
  });
});

describe('one sale for the pool', () => {
  const key = (createdDay: number, shift: number, over: Partial<DealFacts> = {}): string =>
    saleKey(
      at(
        createdDay,
        WON.map(([day, stage]) => [day + shift, stage]),
        over,
      ),
    );
  it('is what one partner moved at the same two moments, whenever it was entered', () => {
    expect(key(50, 0)).toBe(key(48, 2));
    expect(key(50, 0)).not.toBe(key(50, 1));
    expect(key(50, 0)).not.toBe(key(50, 0, { partnerId: 'q' }));
  });

  it('is never two direct deals', () => {
    const direct = { partnerId: null, links: [] };
    expect(key(50, 0, direct)).not.toBe(key(50, 0, direct));
  });
});
