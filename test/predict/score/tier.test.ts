/** Tiers: proposed by what lasts, lapsed only through grace, warned of in time, never flapping. */
import { describe, expect, it } from 'vitest';
import { tierStanding } from '../../../src/predict/score/tier/standing.ts';
import {
  tierSettingsSchema,
  type TierMeasure,
  type TierSeries,
  type TierSettings,
} from '../../../src/model/tier.ts';
import { random } from '../../properties/world.ts';

const AT = { asOfMs: Date.UTC(2026, 10, 10), timeZone: 'UTC' };
const AHEAD = 60;

const settings = (over: object = {}): TierSettings =>
  tierSettingsSchema.parse({
    ladders: [
      {
        name: 'Resellers',
        rungs: [
          { name: 'Registered' },
          { name: 'Silver', requires: [{ measure: 'wonYear', atLeast: 40 }] },
          {
            name: 'Gold',
            benefits: ['a named engineer'],
            ours: 80,
            requires: [
              { measure: 'wonYear', atLeast: 60 },
              { measure: 'certified', atLeast: 2 },
            ],
          },
        ],
      },
    ],
    ...over,
  });

/**
 * `past`: what was won in the year up to each week, the last one today; then it falls to `after`.
 */
function series(
  past: Partial<Record<TierMeasure, number[]>>,
  over: Partial<TierSeries> = {},
  after: Partial<Record<TierMeasure, number>> = {},
): TierSeries {
  const pastWeeks = (past.wonYear ?? past.certified)!.length - 1;
  const full = (measure: TierMeasure): number[] => {
    const own = past[measure] ?? new Array<number>(pastWeeks + 1).fill(0);
    return [...own, ...new Array<number>(AHEAD).fill(after[measure] ?? own.at(-1)!)];
  };
  const measures = {
    wonYear: full('wonYear'),
    dealsYear: full('dealsYear'),
    certified: full('certified'),
  };
  return {
    type: 'reseller',
    crmTier: 'Silver',
    pastWeeks,
    measures,
    projected: { wonYear: 70, dealsYear: 3, certified: 2 },
    vendorHealth: 50,
    ...over,
  };
}
const weeks = (n: number, value: number): number[] => new Array<number>(n).fill(value);

describe('a tier', () => {
  it('is proposed once everything it asks has been reached for the dwell time, not before', () => {
    const since = (n: number) =>
      tierStanding(
        series({ wonYear: weeks(80, 80), certified: [...weeks(80 - n, 1), ...weeks(n, 2)] }),
        settings(),
        null,
        AT,
      );
    expect(since(3)).toMatchObject({ state: 'stays', tier: 'Silver', proposed: null });
    expect(since(5)).toMatchObject({ state: 'up', proposed: 'Gold' });
    expect(since(5).next!.benefits).toEqual(['a named engineer']);
  });
  it('is not put off by one bad week among good ones', () => {
    const dip = [...weeks(78, 80), 55, 80];
    expect(
      tierStanding(series({ wonYear: dip, certified: weeks(80, 2) }), settings(), null, AT),
    ).toMatchObject({ state: 'up', proposed: 'Gold' });
  });
  it('says item by item, on both sides, what is met now and at the end of the quarter', () => {
    const standing = tierStanding(
      series({ wonYear: weeks(60, 55), certified: weeks(60, 2) }),
      settings(),
      null,
      AT,
    );
    expect(standing.next!.items).toMatchObject([
      { side: 'partner', measure: 'wonYear', atLeast: 60, now: 55, projected: 70, met: false },
      { side: 'partner', measure: 'certified', now: 2, met: true },
      { side: 'vendor', measure: 'vendorHealth', atLeast: 80, now: 50, met: false },
    ]);
  });
  it('is what a person approved last, whatever the CRM still says', () => {
    const rich = series({ wonYear: weeks(60, 80), certified: weeks(60, 2) });
    expect(tierStanding(rich, settings(), 'Gold', AT)).toMatchObject({
      state: 'stays',
      tier: 'Gold',
      proposed: null,
    });
  });
  it('does not lapse by a single late certificate inside grace', () => {
    const late = (n: number) =>
      tierStanding(
        series(
          { wonYear: weeks(80, 80), certified: [...weeks(80 - n, 2), ...weeks(n, 1)] },
          { crmTier: 'Gold' },
        ),
        settings(),
        null,
        AT,
      );
    expect(late(1)).toMatchObject({ state: 'grace', proposed: null, tier: 'Gold' });
    expect(late(16)).toMatchObject({ state: 'grace', proposed: null });
    expect(late(18)).toMatchObject({ state: 'down', proposed: 'Silver' });
  });
  it('is warned of 60 days before it lapses, and not a quarter before', () => {
    const falling = (n: number) =>
      tierStanding(
        series({ wonYear: [...weeks(80 - n, 80), ...weeks(n, 0)] }, { crmTier: 'Silver' }),
        settings(),
        null,
        AT,
      );
    const first = Array.from({ length: 30 }, (_, n) => falling(n)).find(({ warned }) => warned)!;
    const days = (Date.parse(first.lapsesOn!) - AT.asOfMs) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(60);
    expect(days).toBeLessThanOrEqual(67);
    expect(first.state).not.toBe('down');
    const soon = tierStanding(
      series({ wonYear: weeks(80, 80) }, { crmTier: 'Silver' }, { wonYear: 0 }),
      settings(),
      null,
      AT,
    );
    expect(soon).toMatchObject({ state: 'stays', warned: false });
    expect(soon.lapsesOn).not.toBeNull();
  });
  it('of the CRM that no rung has, and a type without a ladder, are said and propose nothing', () => {
    const rich = series({ wonYear: weeks(60, 80) }, { crmTier: 'Platinum' });
    expect(tierStanding(rich, settings(), null, AT)).toMatchObject({
      state: 'unknown tier',
      tier: 'Platinum',
      proposed: null,
    });
    const only = settings();
    only.ladders[0]!.types = ['distributor'];
    expect(tierStanding(rich, only, null, AT)).toMatchObject({ state: 'no ladder', ladder: null });
  });
});

describe('ladders', () => {
  const faults = (ladders: object[]): string[] =>
    tierSettingsSchema.safeParse({ ladders }).error?.issues.map(({ message }) => message) ?? [];
  const asks = (measure: string, atLeast: number) => ({ requires: [{ measure, atLeast }] });
  it('that contradict themselves, or could hold one partner twice, are refused in words', () => {
    const rungs = [{ name: 'A' }];
    expect(
      faults([
        { name: 'x', types: ['r'], rungs },
        { name: 'y', types: ['R'], rungs },
      ]),
    ).toEqual(['"x" and "y" are both for the type "R"']);
    expect(
      faults([
        { name: 'x', rungs },
        { name: 'y', rungs },
      ])[0],
    ).toMatch(/every type that no/);
    expect(
      faults([
        {
          name: 'x',
          rungs: [
            { name: 'R' },
            { name: 'A', ...asks('wonYear', 9) },
            { name: 'B', ...asks('wonYear', 5) },
          ],
        },
      ]),
    ).toEqual(['"B" asks less wonYear than "A" below it']);
    expect(faults([{ name: 'x', rungs: [{ name: 'A', ...asks('wonYear', 9) }] }])).toEqual([
      '"A" is the lowest tier, so it can ask nothing',
    ]);
    expect(faults([{ name: 'x', rungs: [{ name: 'A' }, { name: 'a' }] }])[0]).toMatch(/twice/);
    expect(faults([{ name: 'x', rungs }])).toEqual([]);
  });
});

describe('on a quiet world', () => {
  const PARTNERS = 60;
  const PAST = 78;
  const YEARS = 2;
  const SD = 5;
  const normal = (r: () => number): number =>
    Math.sqrt(-2 * Math.log(1 - r())) * Math.cos(2 * Math.PI * r());
  it('tiers change at most .2 times a partner-year, where the plain rule flaps', () => {
    const r = random(11);
    const quiet = settings({
      ladders: [
        {
          name: 'all',
          rungs: [
            { name: '0' },
            ...[40, 60, 80].map((atLeast) => ({
              name: String(atLeast),
              requires: [{ measure: 'wonYear', atLeast }],
            })),
          ],
        },
      ],
      graceDays: 0,
    });
    let [changes, plain] = [0, 0];
    for (let p = 0; p < PARTNERS; p++) {
      const level = 20 + 80 * r();
      const won = Array.from({ length: PAST + 52 * YEARS }, () => level + SD * normal(r));
      const naive = (value: number): string => String([80, 60, 40].find((t) => value >= t) ?? 0);
      let tier = naive(level);
      for (let w = PAST; w < won.length; w++) {
        if (naive(won[w]!) !== naive(won[w - 1]!)) plain++;
        const seen = series({ wonYear: won.slice(w - PAST, w + 1) });
        const { proposed } = tierStanding(seen, quiet, tier, AT);
        // Every proposal is approved at once: nobody holds back what flaps.
        if (proposed !== null) changes++;
        tier = proposed ?? tier;
      }
    }
    expect(changes / (PARTNERS * YEARS)).toBeLessThanOrEqual(0.2);
    expect(plain / (PARTNERS * YEARS)).toBeGreaterThan(8);
  });
});
