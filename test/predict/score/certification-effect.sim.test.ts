/** What certificates went with, on worlds in which the truth is known. */
import { describe, expect, it } from 'vitest';
import type { LeadingQuarter } from '../../../src/model/proof.ts';
import { certificationEffect } from '../../../src/predict/score/certification-effect.ts';
import { random } from '../../properties/world.ts';

const QUARTERS = 10;
const PARTNERS = 60;
const WORLDS = 100;

interface World {
  /** Points of the win rate that a certificate adds. */
  effect: number;
  /** Better partners are certified sooner. */
  selected?: boolean;
  /** Everybody's win rate goes up by so much a quarter. */
  trend?: number;
}

/** Half of the partners are certified, at a quarter of their own. */
function world(seed: number, { effect, selected = false, trend = 0 }: World) {
  const r = random(seed);
  return Array.from({ length: PARTNERS }, (_, i) => {
    const skill = 0.3 * r() - 0.15;
    const certified = selected ? skill > 0 : i % 2 === 0;
    const since = certified ? 3 + Math.floor(5 * r()) : Infinity;
    const leading = Array.from({ length: QUARTERS }, (__, q): LeadingQuarter => {
      const held = q >= since;
      const p = 0.35 + skill + trend * q + (held ? effect : 0);
      const n = 1 + Math.floor(4 * r());
      const won = Array.from({ length: n }, r).filter((one) => one < p).length;
      return { startMs: q, n, won, values: { certified_people: held ? 1 : 0 } };
    });
    return { id: `P${i}`, leading };
  });
}

function judged(given: World): { covered: number; bias: number; found: number } {
  let [covered, sum, found] = [0, 0, 0];
  for (let seed = 1; seed <= WORLDS; seed++) {
    const { effect } = certificationEffect(world(seed, given));
    if (effect!.low <= given.effect && given.effect <= effect!.high) covered++;
    if (effect!.low > 0) found++;
    sum += effect!.mean - given.effect;
  }
  return { covered: covered / WORLDS, bias: sum / WORLDS, found: found / WORLDS };
}

describe('certificates by difference in differences', () => {
  it('is held by the 80% interval where they do nothing, also where everybody gets better', () => {
    for (const given of [{ effect: 0 }, { effect: 0, trend: 0.02 }]) {
      const { covered, bias, found } = judged(given);
      expect(covered).toBeGreaterThan(0.74);
      expect(covered).toBeLessThan(0.9);
      expect(Math.abs(bias)).toBeLessThan(0.02);
      expect(found).toBeLessThan(0.15);
    }
  });
  it('is no effect that better partners are certified', () => {
    const { bias, found } = judged({ effect: 0, selected: true });
    expect(Math.abs(bias)).toBeLessThan(0.02);
    expect(found).toBeLessThan(0.15);
  });
  it('finds fifteen points more in four worlds of five, and as many as they are', () => {
    const { bias, found } = judged({ effect: 0.15 });
    expect(found).toBeGreaterThan(0.8);
    expect(Math.abs(bias)).toBeLessThan(0.02);
  });
  it('says nothing of a few partners, and nothing of those that always had one', () => {
    const few = world(3, { effect: 0.2 }).slice(0, 8);
    expect(certificationEffect(few).effect).toBeNull();
    const always = world(4, { effect: 0 }).map(({ id, leading }) => ({
      id,
      leading: leading.map((one) => ({ ...one, values: { certified_people: 2 } })),
    }));
    expect(certificationEffect(always)).toMatchObject({ partners: 0, others: 0, effect: null });
    expect(certificationEffect([]).effect).toBeNull();
  });
});
