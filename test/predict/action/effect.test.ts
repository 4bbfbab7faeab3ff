/**
 * What is said to go with an action on a deal, on a past that holds a win model and on a young one.
 */
import { describe, expect, it } from 'vitest';
import type { DealFacts, MeasureContext } from '../../../src/model/facts.ts';
import type { DealScore } from '../../../src/model/score.ts';
import {
  addDeal,
  finishPool,
  scoreDirectDeals,
  startPool,
  winHorizons,
  type PoolModel,
} from '../../../src/predict/index.ts';
import { fiscalQuarter } from '../../../src/predict/math/calendar.ts';
import { contextAt } from '../../properties/world.ts';
import { cutAt, modelOf, NOW, pipeline, VIEW } from '../win/pipeline.ts';
import { templateOf } from './listed.ts';

const context: MeasureContext = contextAt(NOW, {
  ...VIEW,
  period: fiscalQuarter(NOW, 'UTC', 1),
});
const deals = pipeline({ seed: 21, deals: 700, signal: true, partners: 6 }).map((deal) => ({
  ...cutAt(deal, NOW),
  partnerId: null,
}));

function poolOn(count: number): PoolModel {
  const fit = startPool(context);
  const past = deals.slice(0, count);
  for (const deal of past) addDeal(fit, deal);
  return finishPool(fit, modelOf(past, { asOfMs: NOW, horizons: winHorizons(context) }));
}
const scored = (pool: PoolModel, some: readonly DealFacts[] = deals): DealScore[] =>
  scoreDirectDeals(some, pool, context).deals;
const idOf = ({ nextAction }: DealScore): string =>
  nextAction === null ? 'none' : (templateOf(nextAction.effect.text) ?? nextAction.effect.text);

const OLD = poolOn(700);
const WITH_MODEL = scored(OLD);

describe('an action on a deal', () => {
  it('states what the win model says of the deal after a talk, with its interval and past deals', () => {
    const ids = new Set(WITH_MODEL.map(idOf));
    expect([...ids].some((id) => id.startsWith('effect.met'))).toBe(true);
    const told = WITH_MODEL.filter(({ nextAction }) => nextAction?.effect.points != null);
    expect(told.length).toBeGreaterThan(3);
    for (const score of told) {
      const { points, text } = score.nextAction!.effect;
      expect(points).toBeGreaterThanOrEqual(1);
      const [, to, low, high] = /(\d+)% \((\d+) to (\d+)%\), now /.exec(text)!.map(Number);
      expect(to).toBeCloseTo(100 * score.probability + points!, -0.4);
      expect(low! <= to! && to! <= high!).toBe(true);
      expect(text).toMatch(/; from \d+ past deals?: an association, not a promise\.$/);
    }
  });
  it('says why where nothing is stated: no text claims that nobody ever measured', () => {
    const silent = WITH_MODEL.filter(({ nextAction }) => nextAction?.effect.points === null);
    expect(silent.length).toBeGreaterThan(0);
    for (const score of silent)
      expect(idOf(score)).toMatch(/^effect\.(met\.same|moved\.same|tidies|unmeasured|unknown)$/);
  });
  it('is measured by the stage of past deals where a company is too young for a win model', () => {
    const young = scored(poolOn(80));
    const ids = new Set(young.map(idOf));
    expect([...ids].some((id) => id.startsWith('effect.moved'))).toBe(true);
    expect([...ids].some((id) => id.startsWith('effect.met'))).toBe(false);
  });
  it('changes nothing of the deal itself, and does not hang on the order of rows', () => {
    const before = JSON.stringify(deals);
    const again = scored(
      OLD,
      deals.map((deal) => ({ ...deal, activities: [...deal.activities] })),
    );
    expect(JSON.stringify(deals)).toBe(before);
    expect(again.map(({ nextAction }) => nextAction)).toEqual(
      WITH_MODEL.map(({ nextAction }) => nextAction),
    );
  });
});
