/** Capability, capacity, commitment: more of a good thing never lowers them. */
import { describe, expect, it } from 'vitest';
import { C3_NAMES, type C3, type C3Name } from '../../../src/model/c3.ts';
import { c3Of } from '../../../src/predict/score/c3/c3.ts';
import type { Known } from '../../../src/predict/score/proofs.ts';
import { random } from '../../properties/world.ts';
import { channel, proof, traits } from './traits.ts';

const PROOFS = [proof('portal_frequency', 'proven'), proof('content_consumption', 'unproven')];
const WORLDS = 60;

const GOOD: Record<string, { of: C3Name; more: (one: Known, k: number) => Partial<Known> }> = {
  'a certificate': {
    of: 'capability',
    more: ({ now }, k) => ({ now: { ...now, certified_people: now.certified_people! + k } }),
  },
  'another certificate': {
    of: 'capability',
    more: ({ now }, k) => ({ now: { ...now, certification_depth: now.certification_depth! + k } }),
  },
  'a win': {
    of: 'capability',
    more: ({ products: [core] }, k) => ({
      products: [{ of: 'Core', n: core!.n + k, won: core!.won + k }],
    }),
  },
  'a win of another product': {
    of: 'capability',
    more: ({ products }, k) => ({ products: [...products, { of: 'Rare', n: k, won: k }] }),
  },
  'a seller': { of: 'capacity', more: ({ sellers }, k) => ({ sellers: (sellers ?? 0) + k }) },
  'a win this year': { of: 'capacity', more: ({ wins }, k) => ({ wins: wins + k }) },
  'a plan': { of: 'commitment', more: () => ({ planned: true }) },
  'a promise kept': {
    of: 'commitment',
    more: ({ promises: { due, kept } }, k) => ({ promises: { due: due + k, kept: kept + k } }),
  },
  'a real deal': {
    of: 'commitment',
    more: ({ brought }, k) => ({ brought: { n: brought.n + k, proven: brought.proven + k } }),
  },
  'a planning session': {
    of: 'commitment',
    more: ({ now }, k) => ({ now: { ...now, plan_participation: now.plan_participation! + k } }),
  },
  'a proven sign': {
    of: 'commitment',
    more: ({ now }, k) => ({ now: { ...now, portal_frequency: now.portal_frequency! + k } }),
  },
};

const of = (all: readonly Known[], i: number, proofs = PROOFS): C3 =>
  c3Of(all, proofs).get(all[i]!.id)!;

describe('C3', () => {
  it.each(Object.entries(GOOD))('is never lowered by %s', (_, { of: name, more }) => {
    for (let seed = 1; seed <= WORLDS; seed++) {
      const r = random(seed);
      const all = channel(r, 1 + Math.floor(25 * r()));
      const i = Math.floor(all.length * r());
      const one = name === 'capacity' ? { ...all[i]!, sellers: all[i]!.sellers ?? 1 } : all[i]!;
      const before = of(all.with(i, one), i)[name].value;
      const richer = { ...one, ...more(one, 1 + Math.floor(40 * r())) };
      const after = of(all.with(i, richer), i)[name].value;
      expect(after, `seed ${seed}`).toBeGreaterThanOrEqual(before - 1e-9);
    }
  });
  it('holds parts that lead from the middle to the number, and says what is missing', () => {
    const all = channel(random(3), 20).map((one) => ({ ...one, sellers: null, planned: false }));
    for (let i = 0; i < all.length; i++)
      for (const name of C3_NAMES) {
        const { value, parts, missing } = of(all, i)[name];
        const sum = parts.reduce((total, { points }) => total + points, 50);
        expect(sum).toBeCloseTo(value, 9);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(100);
        expect(missing.includes('sellers')).toBe(name === 'capacity');
        expect(missing.includes('plan')).toBe(name === 'commitment');
      }
  });
  it('is no more than the middle for a partner alone, and shrunk for a few', () => {
    const r = random(5);
    const alone = of([traits(r, 'A')], 0);
    for (const name of C3_NAMES) expect(alone[name].value).toBe(50);
  });
  it('weighs no sign that is not proven', () => {
    const all = channel(random(7), 20);
    const louder = all.with(4, {
      ...all[4]!,
      now: { ...all[4]!.now, portal_frequency: 900, content_consumption: 900 },
    });
    const unproven = [
      proof('portal_frequency', 'unproven'),
      proof('content_consumption', 'harmful'),
    ];
    expect(of(louder, 4, unproven)).toEqual(of(all, 4, unproven));
    expect(of(louder, 4).commitment.value).toBeGreaterThan(of(all, 4).commitment.value);
  });
  it('does not hang on names or order, nor hold usual load against anybody', () => {
    const all = channel(random(9), 15);
    const turned = [...all].reverse();
    for (const { id } of all)
      for (const name of C3_NAMES)
        expect(c3Of(turned, PROOFS).get(id)![name].value).toBeCloseTo(
          c3Of(all, PROOFS).get(id)![name].value,
          9,
        );
    const idle = all.with(2, { ...all[2]!, open: 0 });
    const one = of(idle, 2).capacity.parts.find(({ code }) => code === 'load')!;
    expect(one.points).toBeCloseTo(0, 9);
  });
});
