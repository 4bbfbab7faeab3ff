/** What is recorded after a moment changes no byte of what is said as of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DealFacts } from '../../../src/model/facts.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { featureNames, featuresAt } from '../../../src/predict/win/features/features.ts';
import { historyOf } from '../../../src/predict/win/features/history.ts';
import { vocabularyOf } from '../../../src/predict/win/features/vocabulary.ts';
import { winProbability } from '../../../src/predict/win/model/probability.ts';
import { random } from '../../properties/world.ts';
import { cutAt, modelOf, NOW, pipeline, VIEW } from './pipeline.ts';

const deals = pipeline({ seed: 3, deals: 400, signal: true });
const histories = deals.flatMap((deal) => historyOf(deal, NOW, VIEW) ?? []);
const vocabulary = vocabularyOf(histories, VIEW.stages, NOW);

/** Everything after the moment in another order, with other contents, and more of it. */
function scrambled(deal: DealFacts, atMs: number, seed: number): DealFacts {
  const r = random(seed);
  const later = (ms: number): number =>
    ms <= atMs ? ms : atMs + 1 + Math.floor(r() * 90 * DAY_MS);
  const shuffle = <T>(rows: T[]): T[] =>
    rows
      .map((row): [number, T] => [r(), row])
      .sort((a, b) => a[0] - b[0])
      .map(([, row]) => row);
  return {
    ...deal,
    stage: r() < 0.5 ? 'won' : 'lost',
    closedMs: atMs + Math.floor(r() * 40 * DAY_MS),
    closeDate: '2031-01-01',
    crmProbability: r(),
    amount: Math.floor(r() * 1e9),
    events: shuffle(
      deal.events.map((row) =>
        row.atMs <= atMs ? row : { ...row, atMs: later(row.atMs), stage: 'lost', amount: 1 },
      ),
    ),
    activities: shuffle([
      ...deal.activities.map((row) =>
        row.atMs <= atMs ? row : { ...row, atMs: later(row.atMs), kind: 'noise' },
      ),
      { atMs: atMs + 5, kind: 'call', qualifying: true },
    ]),
    quotes: [
      ...(deal.quotes ?? []).filter((row) => row.atMs <= atMs),
      { id: 'x', atMs: atMs + 1, state: 'accepted', amount: 1, by: null },
    ],
    tasks: (deal.tasks ?? []).map((row) =>
      row.doneMs !== null && row.doneMs > atMs ? { ...row, doneMs: null } : row,
    ),
  };
}

describe('features as of a moment', () => {
  it('are the same bytes whatever comes later, in whatever order', () => {
    fc.assert(
      fc.property(
        fc.nat(deals.length - 1),
        fc.integer({ min: 0, max: 120 }),
        fc.nat(1e6),
        (which, days, seed) => {
          const deal = deals[which]!;
          const atMs = deal.createdMs + days * DAY_MS;
          const now = featuresAt(historyOf(cutAt(deal, atMs), atMs, VIEW)!, atMs, vocabulary);
          const replayed = featuresAt(historyOf(deal, NOW + 365 * DAY_MS, VIEW)!, atMs, vocabulary);
          const other = featuresAt(
            historyOf(scrambled(deal, atMs, seed), atMs, VIEW)!,
            atMs,
            vocabulary,
          );
          expect(replayed).toEqual(now);
          expect(other).toEqual(now);
        },
      ),
      { numRuns: 200 },
    );
  });
  it('have a value for every name, and never read owner, partner or asserted dates', () => {
    const names = featureNames(vocabulary);
    const history = histories[0]!;
    const found = featuresAt(history, history.createdMs + DAY_MS, vocabulary);
    expect(found.numbers).toHaveLength(names.numbers.length);
    expect(found.words).toHaveLength(names.words.length);
    expect(
      [...names.numbers, ...names.words].filter((name) =>
        /owner|partnerId|closeDate|probability/i.test(name),
      ),
    ).toEqual([]);
    const others = { ...history, ownerId: 'somebody', partnerId: 'else' };
    expect(featuresAt(others, history.createdMs + DAY_MS, vocabulary)).toEqual(found);
  });
});

describe('a model as of a moment', () => {
  it('is the same bytes when the future is cut off or scrambled, and in any order of deals', () => {
    const asOfMs = NOW - 60 * DAY_MS;
    const many = pipeline({ seed: 11, deals: 420, signal: true });
    const whole = JSON.stringify(modelOf(many, { asOfMs, horizons: [14] }));
    const cut = many.filter((deal) => deal.createdMs <= asOfMs).map((deal) => cutAt(deal, asOfMs));
    expect(JSON.stringify(modelOf(cut.reverse(), { asOfMs, horizons: [14] }))).toBe(whole);
    const other = many.map((deal, i) =>
      deal.createdMs <= asOfMs ? scrambled(deal, asOfMs, i) : deal,
    );
    expect(JSON.stringify(modelOf(other, { asOfMs, horizons: [14] }))).toBe(whole);
  });
  it('survives JSON: what is said does not change', () => {
    const model = modelOf(deals);
    const history = histories.find((one) => one.endings.length > 0)!;
    const atMs = history.createdMs + 5 * DAY_MS;
    const revived = JSON.parse(JSON.stringify(model)) as typeof model;
    expect(winProbability(revived, history, atMs, atMs + 30 * DAY_MS)).toEqual(
      winProbability(model, history, atMs, atMs + 30 * DAY_MS),
    );
  });
});
