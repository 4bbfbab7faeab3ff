import { describe, expect, it } from 'vitest';
import {
  curveAt,
  durationQuantile,
  follow,
  incidence,
  newFollowed,
  shrunkHazards,
} from '../../../src/predict/math/survival.ts';
import { random } from '../../properties/world.ts';

const none = { win: [0, 0, 0], loss: [0, 0, 0] };

describe('cumulative incidence', () => {
  it('is the product-limit sum worked out by hand', () => {
    const c = newFollowed(3);
    // Ten deals: week 1: 2 won, 1 lost; 1 followed one week only; week 2: 2 won, 1
    // lost; week 3: 1 won, 2 open.
    follow(c, 'won', 1);
    follow(c, 'won', 1);
    follow(c, 'lost', 1);
    follow(c, 'open', 1);
    follow(c, 'won', 2);
    follow(c, 'won', 2);
    follow(c, 'lost', 2);
    follow(c, 'won', 3);
    follow(c, 'open', 3);
    follow(c, 'open', 9);
    const f = incidence(shrunkHazards(c, 1, none, 0));
    expect(f[1]).toBeCloseTo(0.2, 12);
    expect(f[2]).toBeCloseTo(0.2 + 0.7 * (2 / 6), 12);
    expect(f[3]).toBeCloseTo(0.2 + 0.7 * (2 / 6) + 0.7 * 0.5 * (1 / 3), 12);
  });
  it('falls back to its parent where nothing is followed so far, and lies between otherwise', () => {
    const c = newFollowed(3);
    for (let i = 0; i < 4; i++) follow(c, 'won', 1);
    const parent = { win: [0.1, 0.1, 0.1], loss: [0.2, 0.2, 0.2] };
    const h = shrunkHazards(c, 1, parent, 4);
    expect(h.win).toEqual([(4 + 0.4) / 8, 0.1, 0.1]);
    expect(h.loss[2]).toBeCloseTo(0.2, 12);
  });
  it('reads between weeks and stays flat beyond its end', () => {
    expect(curveAt([0, 0.2, 0.3], 1.5)).toBeCloseTo(0.25);
    expect(curveAt([0, 0.2, 0.3], 9)).toBe(0.3);
    expect(curveAt([0, 0.2], -1)).toBe(0);
  });
});

describe('the win-rate trap', () => {
  /**
   * 60 x 600 deals, won within 180 days with chance about .24, of which a share of
   * the losses is never marked.
   */
  const simulate = (unmarked: number): { naive: number; cohort: number; truth: number } => {
    const r = random(20261122);
    const c = newFollowed(60);
    let won = 0;
    let lost = 0;
    let early = 0;
    const deals = 36_000;
    for (let i = 0; i < deals; i++) {
      const wins = r() < 0.285;
      const days = wins ? -70 * Math.log(1 - r()) + 10 : -110 * Math.log(1 - r()) + 20;
      const followed = 60 + Math.floor(r() * 340);
      const marked = days <= followed && (wins || r() >= unmarked);
      early += Number(wins && days <= 180);
      won += Number(marked && wins);
      lost += Number(marked && !wins);
      const [week, last] = [Math.ceil(days / 7), Math.floor(followed / 7)];
      if (marked && week <= last) follow(c, wins ? 'won' : 'lost', week);
      else follow(c, 'open', last);
    }
    return {
      naive: won / (won + lost),
      cohort: curveAt(incidence(shrunkHazards(c, 1, { win: [], loss: [] }, 0)), 180 / 7),
      truth: early / deals,
    };
  };
  it.each([0, 0.3, 0.6])(
    'is right within 1.5 points where %d of the losses are never marked',
    (unmarked) => {
      const { cohort, truth } = simulate(unmarked);
      expect(Math.abs(cohort - truth)).toBeLessThan(0.015);
    },
  );
  it('catches the usual formula, which is far off', () => {
    const { naive, truth } = simulate(0.6);
    expect(naive / truth).toBeGreaterThan(1.7);
  });
});

describe('quantiles of stays', () => {
  it('keeps running stays at risk', () => {
    const ended = [0, 2, 0, 1, 0];
    const running = [0, 0, 0, 0, 3];
    expect(durationQuantile(ended, running, 0.5)).toBe(3); // 4/6, then 3/4 of it = 0.5
    expect(durationQuantile(ended, running, 0.8)).toBeNull();
  });
});
