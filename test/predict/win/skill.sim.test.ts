/** Where there is nothing to know, nothing is made up; where there is, it is found. */
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { endingAfter, historyOf, outcomeAt } from '../../../src/predict/win/features/history.ts';
import { inputsOf } from '../../../src/predict/win/model/effects.ts';
import { winProbability } from '../../../src/predict/win/model/probability.ts';
import type { WinModel } from '../../../src/predict/win/model/win-model.ts';
import type { DealFacts } from '../../../src/model/facts.ts';
import { logLossOf } from '../../../src/predict/math/judge.ts';
import { cutAt, modelOf, NOW, pipeline, VIEW } from './pipeline.ts';

const HORIZON = 28;
const CUT = NOW - 150 * DAY_MS;
const TRAITS = new Map([...'0123456789'].map((n) => [`p${n}`, { type: null, region: null }]));

/** Mean loss of the model beyond that of the rate of all, on deals open at later weeks. */
function lossBeyondBase(model: WinModel, deals: readonly DealFacts[]): number {
  const base = 1 / (1 + Math.exp(-model.steps[0]!.baseOdds));
  let beyond = 0;
  let n = 0;
  for (let atMs = CUT; atMs + HORIZON * DAY_MS <= NOW; atMs += 7 * DAY_MS) {
    for (const deal of deals) {
      const history = historyOf(deal, atMs, VIEW);
      if (history === null || outcomeAt(history, atMs) !== 'open') continue;
      const endMs = atMs + HORIZON * DAY_MS;
      const { probability } = winProbability(
        model,
        history,
        atMs,
        endMs,
        inputsOf(history, TRAITS),
      );
      const won = endingAfter(historyOf(deal, endMs, VIEW)!, atMs)?.[1] === 'won';
      beyond += logLossOf(probability, won) - logLossOf(base, won);
      n++;
    }
  }
  return beyond / n;
}

describe('labels without any signal', () => {
  it.each([1, 2])('cost at most .0005 against the base rate (seed %i)', (seed) => {
    const deals = pipeline({ seed, deals: 1200, signal: false, partners: 10 });
    const model = modelOf(
      deals.map((deal) => cutAt(deal, CUT)),
      { asOfMs: CUT, horizons: [HORIZON], partners: TRAITS },
    );
    expect(lossBeyondBase(model, deals)).toBeLessThanOrEqual(0.0005);
    expect(model.effects).toEqual([]);
  });
  it('are called by their name: no skill', () => {
    const deals = pipeline({ seed: 4, deals: 1200, signal: false });
    const [step] = modelOf(deals, { horizons: [HORIZON] }).steps;
    expect(step!.contest.skill).toBe(false);
    expect(step!.contest.why).toMatch(/no skill/i);
    expect(step!.chosen).toBe('base');
  });
});

describe('effects of partners', () => {
  it('are found where they are, with the right sign and size', () => {
    const deals = pipeline({ seed: 9, deals: 1200, signal: true, partners: 10, effect: 0.9 });
    const model = modelOf(
      deals.map((deal) => cutAt(deal, CUT)),
      { asOfMs: CUT, horizons: [HORIZON], partners: TRAITS },
    );
    const found = model.effects.find(({ factor }) => factor === 'partner');
    expect(found).toBeDefined();
    expect(found!.none).toBeLessThan(0.05);
    for (const { key, effect } of found!.groups) {
      expect(Math.sign(effect)).toBe(Number(key.slice(1)) % 2 === 0 ? 1 : -1);
    }
    const blind = { ...model, effects: [] };
    expect(lossBeyondBase(model, deals)).toBeLessThan(lossBeyondBase(blind, deals) - 0.005);
  });
  it('are not made up where partners are alike', () => {
    const deals = pipeline({ seed: 10, deals: 1200, signal: true, partners: 10 });
    const model = modelOf(deals, { horizons: [HORIZON], partners: TRAITS });
    expect(model.effects).toEqual([]);
  });
});
