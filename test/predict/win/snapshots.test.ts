/** What snapshots of won deals count for: sizes that go with a cut, and not with a market. */
import { describe, expect, it } from 'vitest';
import type { DealState } from '../../../src/predict/deal/deal-at.ts';
import { dealAt } from '../../../src/predict/deal/deal-at.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { newFollowed, follow } from '../../../src/predict/math/survival.ts';
import {
  addEnd,
  noEnds,
  weighed,
  winWeight,
  type Ends,
} from '../../../src/predict/win/snapshots.ts';
import { AS_OF, contextAt, dealOf } from '../../properties/world.ts';

const closed = (end: 'Closed Won' | 'Closed Lost', amount: number): DealState =>
  dealAt(
    dealOf('d', AS_OF - 90 * DAY_MS, [[30, end]], { partnerId: 'p', amount }),
    AS_OF,
    contextAt(),
  )!;
const ends = (wins: number, won: number, losses: number, lost: number): Ends => {
  const found = noEnds();
  for (let i = 0; i < wins; i++) addEnd(found, closed('Closed Won', won));
  for (let i = 0; i < losses; i++) addEnd(found, closed('Closed Lost', lost));
  return found;
};
const usual = Array.from({ length: 9 }, () => ends(10, 50_000, 20, 50_000));

describe('a snapshot of a win', () => {
  it('counts as any other where wins are as large as losses are', () => {
    expect(winWeight(usual)).toBe(1);
  });

  it('counts so, too, where all that is lost is larger, or all of one partner is small', () => {
    expect(winWeight(usual.map(() => ends(10, 50_000, 20, 150_000)))).toBe(1);
    expect(winWeight([...usual, ends(30, 5000, 60, 5000)])).toBe(1);
  });

  it('counts for less by so many as one partner has cut into parts', () => {
    const cut = ends(50, 10_000, 20, 50_000);
    // Ten wins in fifty parts beside ninety whole ones.
    const whole = 100 / 140;
    expect(winWeight([...usual, cut])).toBeGreaterThan(whole);
    expect(winWeight([...usual, cut])).toBeLessThan(whole + 0.25 * (1 - whole));
  });

  it('hardly moves by a partner of which little is known', () => {
    expect(winWeight([...usual, ends(1, 10_000, 1, 50_000)])).toBeGreaterThan(0.99);
    expect(winWeight([...usual, ends(3, 10_000, 0, 0)])).toBe(1);
    expect(winWeight([])).toBe(1);
  });

  it('leaves the evidence as large as it was', () => {
    const counts = newFollowed(4);
    for (const outcome of ['won', 'won', 'lost', 'open'] as const) follow(counts, outcome, 2);
    const { won, lost, open, total } = weighed(counts, 0.5);
    expect(total).toBe(4);
    expect([...won, ...lost, ...open].reduce((a, b) => a + b, 0)).toBeCloseTo(4, 12);
    expect(won[1]).toBeCloseTo(4 / 3, 12);
  });
});
