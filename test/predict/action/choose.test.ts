import { describe, expect, it } from 'vitest';
import type { NextAction } from '../../../src/model/score.ts';
import type { Incentive } from '../../../src/model/playbook.ts';
import { chooseActions } from '../../../src/predict/index.ts';

const action = (stake: number, over: Partial<NextAction> = {}): NextAction => ({
  rule: 'contact',
  text: 'Get in touch.',
  stake,
  evidence: '',
  effect: { points: null, text: '' },
  effort: 'minutes',
  expiresOn: '2026-12-31',
  asset: null,
  offer: null,
  dealId: null,
  instead: null,
  ...over,
});
const candidate = (id: string, ownerId: string | null, one: NextAction) => ({
  kind: 'deal' as const,
  object: 'Opportunity',
  id,
  ownerId,
  action: one,
});
const incentive = (budget: number): Incentive => ({
  id: 'flash',
  title: 'Flash',
  for: 'late-stall',
  amount: 500,
  budget,
});
const offered = (stake: number, instead: NextAction | null = action(stake)): NextAction =>
  action(stake, { rule: 'flash-incentive', offer: { id: 'flash', amount: 500 }, instead });

describe('the few actions of a day', () => {
  it('are at most three an owner, those with the most money', () => {
    const all = Array.from({ length: 20 }, (_, i) =>
      candidate(`d${i}`, i % 2 === 0 ? 'anna' : null, action(i)),
    );
    const chosen = chooseActions(all, { incentives: [] });
    expect(chosen.map(({ id }) => id)).toEqual(['d19', 'd18', 'd17', 'd16', 'd15', 'd14']);
  });
  it('do not depend on the order in which they come', () => {
    const all = Array.from({ length: 9 }, (_, i) => candidate(`d${i}`, 'anna', action(i % 3)));
    const ids = (some: typeof all): string[] =>
      chooseActions(some, { incentives: [] }).map(({ id }) => id);
    expect(ids([...all].reverse())).toEqual(ids(all));
  });
  it('never spend more than a budget; the others are told what they would be told without it', () => {
    const all = Array.from({ length: 6 }, (_, i) => candidate(`d${i}`, `o${i}`, offered(i)));
    const chosen = chooseActions(all, { incentives: [incentive(1200)] });
    expect(chosen.map(({ action: { rule } }) => rule)).toEqual([
      ...['flash-incentive', 'flash-incentive', 'contact', 'contact', 'contact', 'contact'],
    ]);
    expect(chosen[0]!.id).toBe('d5');
  });
  it('leave the place to the next one where nothing is left to do without the money', () => {
    const all = [
      candidate('rich', 'anna', offered(9, null)),
      ...['a', 'b', 'c'].map((id) => candidate(id, 'anna', action(1))),
    ];
    const chosen = chooseActions(all, { incentives: [incentive(0)] });
    expect(chosen.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});
