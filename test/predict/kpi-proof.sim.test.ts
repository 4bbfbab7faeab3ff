/** Which leading metrics earn a weight: what foretells wins does, noise and login bots do not. */
import { describe, expect, it } from 'vitest';
import { proofOf, type ProofRow } from '../../src/predict/kpi/proof.ts';
import { random } from '../properties/world.ts';

const PARTNERS = 60;
const QUARTERS = 5;
const WORLDS = 100;

interface World {
  /** Log odds of a win that a certificate adds. */
  effect: number;
  /** Spread of what partners are like beside it. */
  spread: number;
  /** Both wins and certificates go up by so much a quarter, for everybody. */
  trend?: number;
}

/** 600 deals of sixty partners, two a quarter; half of the partners hold a certificate. */
function dealsOf(seed: number, { effect, spread, trend = 0 }: World): ProofRow[] {
  const r = random(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - r())) * Math.cos(2 * Math.PI * r());
  return Array.from({ length: PARTNERS }, (_, i) => {
    const own = spread * normal();
    const certified = i % 2;
    return Array.from({ length: QUARTERS }, (__, at): ProofRow => {
      const odds = -0.25 + own + effect * certified + trend * (at - 2);
      const won = [0, 0].filter(() => r() < 1 / (1 + Math.exp(-odds))).length;
      return { partner: `P${i}`, at, x: certified + trend * at, n: 2, won };
    });
  }).flat();
}

const counted = (world: World, verdict: string): number =>
  Array.from({ length: WORLDS }, (_, seed) =>
    proofOf('certified_people', dealsOf(seed + 501, world)),
  ).filter((one) => one.verdict === verdict).length;

describe('the proof of a leading metric', () => {
  it('is found where a certificate adds half a unit of log odds, in 80 of 100 worlds', () => {
    expect(counted({ effect: 0.5, spread: 0 }, 'proven')).toBeGreaterThanOrEqual(80);
    expect(counted({ effect: -0.5, spread: 0 }, 'harmful')).toBeGreaterThanOrEqual(75);
  });
  it('is earned by noise in at most 2 of 100 worlds, however unlike partners are', () => {
    for (const spread of [0, 0.5, 1])
      expect(counted({ effect: 0, spread }, 'proven'), `spread ${spread}`).toBeLessThanOrEqual(2);
  });
  it('is not earned by going up as all wins do', () => {
    expect(counted({ effect: 0, spread: 0.3, trend: 0.4 }, 'proven')).toBeLessThanOrEqual(2);
  });
});

describe('what proves nothing', () => {
  const rows = dealsOf(7, { effect: 3, spread: 0 });
  it('are too few deals or partners, and a metric that is the same for everybody', () => {
    const verdict = (given: ProofRow[]): string | null => {
      const found = proofOf('certified_people', given);
      expect(found.gain).toBeNull();
      return found.verdict;
    };
    expect(verdict([])).toBe('unproven');
    expect(verdict(rows.filter(({ partner }) => partner.length === 2 && partner < 'P9'))).toBe(
      'unproven',
    );
    expect(verdict(rows.slice(0, 29))).toBe('unproven');
    expect(verdict(rows.map((row) => ({ ...row, x: 1 })))).toBe('unproven');
  });
  it('and no order, name of a partner or unit of the metric changes a verdict', () => {
    const plain = proofOf('certified_people', rows);
    expect(plain.verdict).toBe('proven');
    expect(proofOf('certified_people', [...rows].reverse())).toEqual(plain);
    const scaled = proofOf(
      'certified_people',
      rows.map((row) => ({ ...row, x: 1000 * row.x })),
    );
    expect(scaled.verdict).toBe('proven');
    expect(scaled.effect!.mean).toBeCloseTo(plain.effect!.mean, 6);
  });
});
