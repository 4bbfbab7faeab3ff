import { describe, expect, it } from 'vitest';
import { dealAt } from '../../../src/predict/deal/deal-at.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { addDeal, startPool } from '../../../src/predict/win/pool-fit.ts';
import { finishPool } from '../../../src/predict/win/pool-finish.ts';
import { tableChance } from '../../../src/predict/win/win-chance.ts';
import { contextAt } from '../../properties/world.ts';
import { KNOWN } from './bad-deals.ts';
import { NOW, VIEW } from './pipeline.ts';

const context = { ...contextAt(), stages: VIEW.stages, timeZone: 'UTC', asOfMs: NOW };
const fit = startPool(context);
for (const deal of KNOWN) addDeal(fit, deal);
const pool = finishPool(fit);
const open = KNOWN.find(({ closedMs, events }) => closedMs === null && events.length > 1)!;
const state = dealAt(open, NOW, context)!;

/** A pool that gives every deal of this stage one chance, and one a tenth of it if forgotten. */
const flat = (chance: number): typeof pool => {
  const curve = (win: number): (typeof pool)['pool'] => ({ win: [0, win], deals: 50 });
  const stage = pool.stages[state.stage!]!;
  const [lively, forgotten] = [curve(chance), curve(chance / 10)];
  const all = { ...stage, curve: lively, ages: stage.ages.map(() => lively), forgotten };
  return { ...pool, stages: { [state.stage!]: all } };
};

describe('what stage, days in it and silence say', () => {
  it('a silent deal becomes a forgotten one day by day', () => {
    const silent = (days: number): number => {
      const asOfMs = Math.max(state.createdMs, state.touchedMs) + days * DAY_MS;
      const still = { ...state, lastQualifyingMs: null, proofs: [], stageSinceMs: state.createdMs };
      return tableChance(
        { ...still, createdMs: asOfMs - days * DAY_MS },
        { ...flat(0.4), asOfMs },
        9,
      );
    };
    expect(silent(25)).toBeCloseTo(0.4, 9);
    expect(silent(65)).toBeCloseTo(0.04, 9);
    for (let days = 20; days < 70; days++)
      expect(silent(days) - silent(days + 1)).toBeLessThan(0.4 / 25);
  });
});
