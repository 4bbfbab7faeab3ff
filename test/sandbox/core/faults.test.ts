import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultPlan } from '../../../src/sandbox/faults.ts';

const url = (path: string) => new URL(`http://sandbox.invalid${path}`);
const hits = (plan: FaultPlan, count: number, path = '/x', method = 'GET') =>
  Array.from({ length: count }, () => plan.pick(method, url(path), () => null) !== null);

describe('fault rules', () => {
  it('fire on the nth matching request only', () => {
    const plan = new FaultPlan();
    plan.add({ kind: 'reset', nth: 3 });
    expect(hits(plan, 5)).toEqual([false, false, true, false, false]);
  });

  it('fire on every n-th, at most so often', () => {
    const plan = new FaultPlan();
    plan.add({ kind: 'reset', every: 2, times: 2 });
    expect(hits(plan, 8)).toEqual([false, true, false, true, false, false, false, false]);
  });

  it('match method, path and object', () => {
    const plan = new FaultPlan();
    plan.add({
      kind: 'reset',
      match: { method: 'patch', path: '^/services/.*/sobjects/', object: 'account' },
    });
    const ask = (method: string, path: string, object: string) =>
      plan.pick(method, url(path), () => object);
    expect(ask('GET', '/services/data/v66.0/sobjects/Account/1', 'Account')).toBeNull();
    expect(ask('PATCH', '/services/data/v66.0/query', 'Account')).toBeNull();
    expect(ask('PATCH', '/services/data/v66.0/sobjects/Account/1', 'Contact')).toBeNull();
    expect(ask('PATCH', '/services/data/v66.0/sobjects/Account/1', 'Account')?.kind).toBe('reset');
  });

  it('are refused when they make no sense', () => {
    const plan = new FaultPlan();
    expect(() => plan.add({ kind: 'nonsense' })).toThrow();
    expect(() => plan.add({ kind: 'reset', nht: 3 })).toThrow();
    expect(() => plan.add({ kind: 'reset', match: { path: '(' } })).toThrow();
  });

  it('by chance: the same seed hits the same requests, whatever the limit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.integer({ min: 1, max: 20 }),
        (seed, probability, times) => {
          const [free, limited] = [new FaultPlan(), new FaultPlan()];
          free.add({ kind: 'reset', probability, seed });
          limited.add({ kind: 'reset', probability, seed, times });
          const [all, some] = [hits(free, 200), hits(limited, 200)];
          let left = times;
          expect(some).toEqual(all.map((hit) => hit && left-- > 0));
        },
      ),
    );
  });

  it('by chance: hits about as often as asked', () => {
    const plan = new FaultPlan();
    plan.add({ kind: 'reset', probability: 0.3, seed: 7 });
    const share = hits(plan, 5000).filter(Boolean).length / 5000;
    expect(Math.abs(share - 0.3)).toBeLessThan(0.03); // 4.6 standard deviations
  });
});
