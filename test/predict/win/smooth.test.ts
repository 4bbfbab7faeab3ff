import { describe, expect, it } from 'vitest';
import type { DealFacts } from '../../../src/model/facts.ts';
import { dayStart } from '../../../src/predict/math/calendar.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { factsKnownBy } from '../../../src/predict/record/known-by.ts';
import { AGE_EDGES_DAYS } from '../../../src/predict/tuning.ts';
import { knownSinceMs } from '../../../src/predict/forecast/arrival-rate.ts';
import { addDeal, startPool } from '../../../src/predict/win/pool-fit.ts';
import { finishPool } from '../../../src/predict/win/pool-finish.ts';
import { activityFeatures } from '../../../src/predict/win/features/activity.ts';
import { historyOf } from '../../../src/predict/win/features/history.ts';
import { signsOf } from '../../../src/predict/win/stall/signs.ts';
import { ageBucket, chanceAtAge, type WinCurve } from '../../../src/predict/win/win-curve.ts';
import { winProbability } from '../../../src/predict/win/model/probability.ts';
import { AS_OF, contextAt, dealOf, partnerOf } from '../../properties/world.ts';
import { KNOWN } from './bad-deals.ts';
import { modelOf, NOW, VIEW } from './pipeline.ts';

const context = contextAt();

describe('a day on which nothing happened', () => {
  /** Each bucket twice as good as the one before: edges could not be harder. */
  const ages = [...AGE_EDGES_DAYS, 0].map(
    (_, i): WinCurve => ({ win: [0, 0.01 * 2 ** i], deals: 9 }),
  );
  it('moves a chance no further than the days in stage do', () => {
    for (let days = 4; days < 200; days += 0.25) {
      const step = chanceAtAge(ages, days + 0.25, 1) - chanceAtAge(ages, days, 1);
      expect(step).toBeGreaterThanOrEqual(0);
      expect(step / chanceAtAge(ages, days, 1)).toBeLessThan(0.11);
    }
  });
  it('leaves the middle of a bucket to its own deals', () => {
    expect(chanceAtAge(ages, 0, 1)).toBe(0.01);
    expect(chanceAtAge(ages, 5000, 1)).toBe(0.01 * 2 ** AGE_EDGES_DAYS.length);
    const middle = Math.sqrt(15 * 29) - 1;
    expect(chanceAtAge(ages, middle, 1)).toBeCloseTo(ages[ageBucket(middle)]!.win[1]!, 10);
  });
  it('leaves what the past teaches of a stage as it is, whatever day of the week it is', () => {
    const chances = Array.from({ length: 8 }, (_, day) => {
      const fit = startPool({ ...context, stages: VIEW.stages, asOfMs: NOW + day * DAY_MS });
      for (const deal of KNOWN) addDeal(fit, deal);
      return finishPool(fit).stages['talking']!.ages[0]!.win[9]!;
    });
    for (const [day, chance] of chances.slice(1).entries())
      expect(Math.abs(chance / chances[day]! - 1)).toBeLessThan(0.03);
  });
  it('makes no partner of today out of one that signs tomorrow', () => {
    const ahead = { ...partnerOf('n', []), onboardedOn: null };
    const since = (signedOn: string | null): number =>
      (AS_OF - knownSinceMs({ ...ahead, signedOn }, [], context)) / DAY_MS;
    expect(since('2030-01-01')).toBe(0);
    expect(Math.floor(since('2026-11-01'))).toBe(9);
    expect(since(null)).toBe(730);
  });
  it('takes an activity out of its window bit by bit', () => {
    const deal: DealFacts = {
      ...dealOf('d', AS_OF - 90 * DAY_MS, [[1, 'Qualified']]),
      activities: [
        { atMs: AS_OF - 60 * DAY_MS, kind: 'call', qualifying: true, buyer: true, by: 'vendor' },
      ],
    };
    const history = historyOf(deal, AS_OF, context)!;
    const counted = (daysAfter: number): number => {
      let found = NaN;
      const put = {
        number: (name: string, value: number) => {
          if (name === 'activities7d') found = value;
        },
        word: () => {},
      };
      const atMs = AS_OF + (daysAfter - 60) * DAY_MS;
      const words = { activities: [] as string[] };
      activityFeatures(
        history,
        atMs,
        put,
        words as unknown as Parameters<typeof activityFeatures>[3],
      );
      return found;
    };
    expect([0, 5, 9, 20].map(counted)).toEqual([1, 1, 0, 0]);
    for (let days = 0; days < 20; days++)
      expect(counted(days) - counted(days + 1)).toBeLessThan(0.3);
  });
});

describe("days are those of the organisation's own zone", () => {
  const timeZone = 'America/Los_Angeles';
  const view = { ...context, timeZone };
  const endMs = dayStart('2026-10-01', timeZone)!;
  const pushed = (to: string): DealFacts => {
    const deal = dealOf('p', AS_OF - 90 * DAY_MS, [[1, 'Qualified']]);
    const first = { ...deal.events[0]!, closeDate: '2026-09-15' };
    const push = { ...first, atMs: endMs - 20 * DAY_MS, closeDate: to };
    return {
      ...deal,
      createdMs: endMs - 60 * DAY_MS,
      events: [{ ...first, atMs: endMs - 60 * DAY_MS }, push],
    };
  };
  const putOffs = (to: string): number =>
    signsOf(historyOf(pushed(to), AS_OF, view)!, view.stages, [endMs], { days: 21, onPutOff: true })
      .putOffs.length;
  it('the first day of the next quarter lies beyond this one, the last day does not', () => {
    expect([putOffs('2026-09-30'), putOffs('2026-10-01')]).toEqual([0, 1]);
  });
  it('a certificate of today is known today, on the evening before in UTC it is not', () => {
    const partner = {
      ...partnerOf('x', []),
      certifications: [{ person: 'a', name: 'c', issuedOn: '2026-10-01', expiresOn: null }],
    } as unknown as Parameters<typeof factsKnownBy>[0];
    const known = (ms: number, zone: string): number =>
      factsKnownBy(partner, ms, zone).certifications.length;
    const evening = Date.parse('2026-10-01T02:00:00Z');
    expect([known(evening, 'UTC'), known(evening, timeZone)]).toEqual([1, 0]);
  });
});

it('a stretch is shared out as the wins of the stage come: late stages win sooner', () => {
  const model = modelOf(KNOWN, { horizons: [90] });
  expect(model.steps[0]!.chosen).not.toBe('stageAge');
  /** Wins that come within the first weeks, or only after eight. */
  const shaped = (soon: boolean): typeof model => {
    const win = Array.from({ length: 105 }, (_, week) =>
      soon ? Math.min(0.4, week / 10) : Math.min(0.4, Math.max(0, week - 8) / 10),
    );
    const curve = { win, deals: 50 };
    const stages = model.table.stages.map(({ stage, ages }) => ({
      stage,
      curve,
      ages: ages.map(() => curve),
      forgotten: curve,
    }));
    return { ...model, table: { ...model.table, stages } };
  };
  const deal = historyOf(KNOWN.find(({ closedMs }) => closedMs === null)!, NOW, VIEW)!;
  const within = (soon: boolean, days: number): number =>
    winProbability(shaped(soon), deal, NOW, NOW + days * DAY_MS).probability;
  expect(within(true, 90)).toBe(within(false, 90));
  expect(within(true, 14)).toBeGreaterThan(0.4 * within(true, 90));
  expect(within(false, 14)).toBeLessThan(0.1 * within(false, 90));
});
