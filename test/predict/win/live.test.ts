/**
 * Scores of open deals as the engine makes them, on a past that holds a win model and on one that
 * does not.
 */
import { describe, expect, it } from 'vitest';
import { dealAt } from '../../../src/predict/deal/deal-at.ts';
import { fiscalQuarter } from '../../../src/predict/math/calendar.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { weighDirect } from '../../../src/predict/forecast/weigh.ts';
import { NO_EFFECT } from '../../../src/predict/score/band.ts';
import { scoredDeal } from '../../../src/predict/score/deal.ts';
import type { DealEventFacts, DealFacts, MeasureContext } from '../../../src/model/facts.ts';
import {
  addDeal,
  finishPool,
  startPool,
  winHorizons,
  type PoolModel,
} from '../../../src/predict/index.ts';
import { contextAt } from '../../properties/world.ts';
import { cutAt, modelOf, NOW, pipeline, VIEW } from './pipeline.ts';

/** Five days before the end of the quarter, when nothing young can be won in time. */
const AS_OF = Date.UTC(2026, 5, 26);
const context: MeasureContext = contextAt(AS_OF, {
  ...VIEW,
  period: fiscalQuarter(AS_OF, 'UTC', 1),
});
const SHIFT = AS_OF - NOW;
/** Put off twice: the close date that the CRM shows goes a month on, and another one. */
const CLOSES = ['2026-06-28', '2026-07-31', '2026-08-31'];
const PUSHED_DAYS = [2, 4];
function putOff(deal: DealFacts): DealFacts {
  const endMs = deal.closedMs ?? AS_OF;
  const pushes = PUSHED_DAYS.map((days) => deal.createdMs + days * DAY_MS).filter(
    (ms) => ms < endMs,
  );
  const at = (ms: number): DealEventFacts => ({
    ...deal.events.findLast(({ atMs }) => atMs <= ms)!,
    atMs: ms,
    closeDate: CLOSES[pushes.filter((pushMs) => pushMs <= ms).length]!,
  });
  const moments = [...pushes, ...deal.events.map(({ atMs }) => atMs)].sort((a, b) => a - b);
  return { ...deal, events: moments.map(at) };
}
const heardOf = pipeline({ seed: 21, deals: 700, signal: true, partners: 6 })
  .map((deal) => cutAt(deal, NOW))
  .map((deal) => ({
    ...deal,
    createdMs: deal.createdMs + SHIFT,
    closedMs: deal.closedMs === null ? null : deal.closedMs + SHIFT,
    events: deal.events.map((row) => ({ ...row, atMs: row.atMs + SHIFT })),
    activities: deal.activities.map((row) => ({ ...row, atMs: row.atMs + SHIFT })),
    quotes: (deal.quotes ?? []).map((row) => ({ ...row, atMs: row.atMs + SHIFT })),
    tasks: [],
  }))
  .map((deal, i) => (i % 2 === 0 && deal.stage !== 'won' ? putOff(deal) : deal));

const SAID = ['never pushed', 'pushed 1 time:', 'pushed 2 times:'];
const pushesOf = ({ events }: DealFacts): string =>
  SAID[new Set(events.map(({ closeDate }) => closeDate)).size - 1]!;

/** Nothing was heard of it for days. */
const silentFor = (deal: DealFacts, days: number): DealFacts => {
  const createdMs = AS_OF - days * DAY_MS;
  const events = [{ ...deal.events[0]!, atMs: createdMs }];
  return { ...deal, id: `silent-${days}`, createdMs, events, activities: [], quotes: [] };
};
const [open] = heardOf.filter(({ closedMs }) => closedMs === null);
const deals = [...heardOf, silentFor(open!, context.staleDays + 9)];

function poolOn(count: number): PoolModel {
  const fit = startPool(context);
  for (const deal of deals.slice(0, count)) addDeal(fit, deal);
  const horizons = winHorizons(context);
  const view = { ...VIEW, staleDays: context.staleDays };
  return finishPool(fit, modelOf(deals.slice(0, count), { asOfMs: AS_OF, horizons, view }));
}

describe.each([
  ['a past that holds a win model', 700, true],
  ['a young company', 80, false],
])('%s', (_name, count, decides) => {
  const pool = poolOn(count);
  const states = deals.flatMap((deal) => dealAt(deal, AS_OF, context) ?? []);
  const scores = weighDirect(states, pool, context, context.period.endMs).map(
    (weighed) => scoredDeal(weighed, pool, context, NO_EFFECT).score,
  );

  it('gives probabilities within their band, with reasons that add up to what is shown', () => {
    expect(scores.length).toBeGreaterThan(20);
    for (const { probability, low, high, base, reasons, everProbability } of scores) {
      const sum = reasons.reduce((total, { points }) => total + points, base);
      expect(sum).toBeCloseTo(100 * probability, 9);
      expect(low <= probability && probability <= high).toBe(true);
      expect(everProbability >= probability && everProbability <= 1).toBe(true);
      for (const { text } of reasons) expect(text).toMatch(/^[A-Z0-9].*\.$/);
    }
  });
  it('names days in the order of time, ages as shares, and no risk to stall of what has stalled', () => {
    const today = '2026-06-26';
    expect(scores.some(({ health }) => health === 'stalled')).toBe(true);
    expect(scores.some(({ movement }) => movement.stallRisk !== null)).toBe(true);
    for (const { movement, health } of scores) {
      const { expectedClose: close, agePercentile, stagePercentile } = movement;
      expect(close !== null && today <= close.low && close.low <= close.middle).toBe(true);
      expect(close!.middle <= close!.high).toBe(true);
      for (const share of [agePercentile, stagePercentile ?? 0, movement.canChange])
        expect(share >= 0 && share <= 1).toBe(true);
      if (health === 'stalled') expect(movement.stallRisk).toBeNull();
    }
    expect(
      new Set(scores.map(({ movement }) => movement.expectedClose!.middle)).size,
    ).toBeGreaterThan(5);
  });
  it('says of a young deal at the end of a quarter what it is worth later', () => {
    const mean = (of: (score: (typeof scores)[number]) => number): number =>
      scores.reduce((sum, score) => sum + of(score), 0) / scores.length;
    expect(mean((score) => score.probability)).toBeLessThan(0.15);
    expect(mean((score) => score.everProbability)).toBeGreaterThan(0.25);
  });
  it.runIf(decides)('names the product and the pushes that move it', () => {
    const of = new Map(deals.map((deal) => [deal.id, deal]));
    const told = scores.flatMap(({ dealId, reasons }) =>
      reasons.map((reason) => ({ ...reason, deal: of.get(dealId)! })),
    );
    const codes = new Set(told.map(({ code }) => code));
    for (const code of ['stage', 'age', 'activity', 'product', 'push'])
      expect(codes, code).toContain(code);
    expect(told.some(({ text }) => text.includes('pushed 2 times'))).toBe(true);
    for (const { code, text, deal } of told) {
      if (code === 'product') expect(text).toContain(`“${deal.product}”`);
      if (code === 'push') expect(text).toContain(`Close date ${pushesOf(deal)}`);
    }
  });
  it('tells what the company has: features where they were chosen, else stage and age', () => {
    const codes = new Set(scores.flatMap(({ reasons }) => reasons.map(({ code }) => code)));
    expect(codes.has('activity')).toBe(decides);
    expect(codes.has('age')).toBe(true);
  });
});

it('asks for the ends of this quarter and of the next', () => {
  const [left, next] = winHorizons(context);
  expect(left).toBe((context.period.endMs - AS_OF) / DAY_MS);
  expect(next).toBe(left! + 92);
});
