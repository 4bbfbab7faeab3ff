/** Probabilities of a fitted model: additive, monotone, in range, whatever the past looks like. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DealFacts } from '../../../src/model/facts.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { historyOf } from '../../../src/predict/win/features/history.ts';
import { winProbability } from '../../../src/predict/win/model/probability.ts';
import type { WinModel } from '../../../src/predict/win/model/win-model.ts';
import { bare } from '../../properties/world.ts';
import { BAD, KNOWN as known } from './bad-deals.ts';
import { modelOf, NOW, VIEW } from './pipeline.ts';

const models: [string, WinModel][] = [
  ['one horizon', modelOf(known)],
  ['many horizons', modelOf(known, { horizons: [14, 45, 120] })],
  ['young company', modelOf(known.slice(0, 60), { horizons: [14, 45] })],
];
const open = known.filter((deal) => deal.closedMs === null);

const check = (model: WinModel, deal: DealFacts, days: number): number => {
  const history = historyOf(deal, NOW, VIEW);
  // Nothing tells whether such a deal is open.
  if (history === null) return 0;
  const said = winProbability(model, history, NOW, NOW + days * DAY_MS);
  for (const value of [said.probability, said.low, said.high, said.base]) {
    expect(value >= 0 && value <= 1).toBe(true);
  }
  expect(said.low <= said.probability && said.probability <= said.high).toBe(true);
  const sum = said.steps.reduce((total, { points }) => total + points, 100 * said.base);
  expect(Math.abs(sum - 100 * said.probability)).toBeLessThan(1e-9);
  return said.probability;
};

describe.each(models)('%s', (_name, model) => {
  it('says more for a longer time, never less, and its reasons add up', () => {
    fc.assert(
      fc.property(
        fc.nat(open.length - 1),
        fc.array(fc.double({ min: 0, max: 800, noNaN: true }), { minLength: 2, maxLength: 6 }),
        (which, horizons) => {
          let before = 0;
          for (const days of [...horizons.sort((a, b) => a - b), Infinity]) {
            const now = check(model, open[which]!, days);
            expect(now).toBeGreaterThanOrEqual(before - 1e-12);
            before = now;
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('chooses features where they say more than stage and age, and keeps the whole contest', () => {
  const { steps } = models[0]![1];
  const { contest, chosen, lines } = steps[0]!;
  expect(['lean', 'rich', 'mean']).toContain(chosen);
  expect(lines.length).toBeGreaterThan(0);
  expect(contest.standings.map(({ name }) => name)).toEqual([
    'base',
    'stageAge',
    'lean',
    'rich',
    'mean',
  ]);
  expect(contest.origins.length).toBeGreaterThan(1);
  expect(contest.skill).toBe(true);
});

it('stops at stage and age below 300 resolved deals, and says so', () => {
  const { steps } = models[2]![1];
  expect(steps.every(({ chosen, lines }) => chosen === 'stageAge' && lines.length === 0)).toBe(
    true,
  );
  expect(steps[0]!.contest.why).toMatch(/resolved deals/);
});

const odd = (over: Partial<DealFacts>): DealFacts => ({ ...open[0]!, ...over });

it.each(BAD)('%s: numbers in range and no NaN', (_name, deals) => {
  const model = modelOf(deals, { horizons: [14] });
  expect(JSON.stringify(model)).not.toMatch(/NaN|Infinity/);
  const subjects = [
    ...open.slice(0, 5),
    odd({ events: [], stage: 'new' }),
    odd({
      events: [{ atMs: open[0]!.createdMs, stage: 'unheard of', amount: null, closeDate: null }],
    }),
    bare({ id: 'fresh', createdMs: NOW, stage: 'new', amount: null }),
  ];
  for (const subject of subjects) {
    for (const days of [1, 14, 40, 100, Infinity]) check(model, subject, days);
  }
});

it('says nothing more of a time that is over', () => {
  const history = historyOf(open[0]!, NOW, VIEW)!;
  expect(winProbability(models[0]![1], history, NOW, NOW - DAY_MS).probability).toBe(0);
});
