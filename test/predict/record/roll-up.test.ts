/** Roll-ups, and what is systemic: on companies with and without a difference. */
import { expect, it } from 'vitest';
import { meanInterval, studentQuantile } from '../../../src/predict/math/interval.ts';
import { rankSumP } from '../../../src/predict/math/rank-sum.ts';
import {
  rollUp,
  systemicFindings,
  type RollUpRange,
  type RollUpRow,
} from '../../../src/predict/record/roll-up.ts';
import { random } from '../../properties/world.ts';

const DIMENSIONS = ['region', 'type', 'tier'];
const METRICS = ['median_days_in_stage', 'cohort_win_rate', 'training_completion', 'phantom_share'];
const row = (partnerId: string, region: string | null, value: number | null): RollUpRow => ({
  partnerId,
  groups: { region },
  values: new Map(value === null ? [] : [['m', value]]),
});

/** Eighty partners of five regions; a slow one takes its deals half as long again, about one sd. */
function company(seed: number, slow: string | null): RollUpRow[] {
  const r = random(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - r())) * Math.cos(2 * Math.PI * r());
  return Array.from({ length: 80 }, (_, i) => {
    const region = ['north', 'south', 'east', 'west', 'sea'][i % 5]!;
    const factor = region === slow ? 1.7 : 1;
    const values = METRICS.map((metric, m): [string, number] => [
      metric,
      Math.round(30 * Math.exp(0.4 * normal()) * (m === 0 ? factor : 1)),
    ]);
    return {
      partnerId: `p${i}`,
      groups: { region, type: `t${Math.floor(r() * 3)}`, tier: `g${Math.floor(r() * 3)}` },
      values: new Map(values),
    };
  });
}

it('means come with their interval, of the partners of which there is a figure', () => {
  const rows = [
    row('a', 'n', 1),
    row('b', 'n', 2),
    row('c', 'n', 6),
    row('d', 'n', null),
    row('e', null, 9),
    row('f', 's', 4),
  ];
  const half = 1.8856 * Math.sqrt(7 / 3);
  expect(
    rollUp(
      rows,
      'region',
      new Map([
        ['m', 'any'],
        ['none', 'any'],
      ]),
    ),
  ).toEqual([
    {
      dimension: 'region',
      group: 'n',
      partners: 4,
      cells: [
        {
          metric: 'm',
          n: 3,
          mean: 3,
          low: expect.closeTo(3 - half, 1),
          high: expect.closeTo(3 + half, 1),
        },
      ],
    },
    {
      dimension: 'region',
      group: 's',
      partners: 1,
      cells: [{ metric: 'm', n: 1, mean: 4, low: null, high: null }],
    },
  ]);
});

it('an interval stays where its metric can be', () => {
  const of = (range: RollUpRange, ...values: number[]) =>
    rollUp(
      values.map((value, i) => row(`p${i}`, 'n', value)),
      'region',
      new Map([['m', range]]),
    )[0]!.cells[0]!;
  // Wilson: z = 1.2816, (3/4 + z2/8) / (1 + z2/4) -+ z sqrt(3/64 + z2/64) / (1 + z2/4).
  expect(of('yes or no', 1, 1, 1, 0)).toMatchObject({
    low: expect.closeTo(0.4325, 3),
    high: expect.closeTo(0.9219, 3),
  });
  expect(of('yes or no', 0, 0)).toMatchObject({
    mean: 0,
    low: expect.closeTo(0, 9),
    high: expect.closeTo(0.4509, 3),
  });
  expect(of('yes or no', 1)).toMatchObject({ mean: 1, low: null, high: null });
  expect(of('share', 0.9, 0.1, 0.95)).toMatchObject({ high: 1 });
  expect(of('from zero', 1, 90_000)).toMatchObject({ low: 0 });
  expect(of('from zero', 1, 1, 0).high).toBeGreaterThan(1);
  expect(of('any', 1, -90_000).low).toBeLessThan(-90_000);
});

it('the quantile of Student’s t is that of the tables', () => {
  for (const [freedom, table] of [
    [3, 1.638],
    [5, 1.476],
    [10, 1.372],
    [30, 1.31],
    [1e6, 1.2816],
  ] as const)
    expect(Math.abs(studentQuantile(0.9, freedom) / table - 1)).toBeLessThan(0.01);
  expect(() => meanInterval([], 0.8)).toThrow(RangeError);
});

it('ranks tell two groups apart, and equal values never', () => {
  const low = [1, 2, 3, 4, 5, 6, 7, 8];
  // U = 6 + 4 / 2 = 8 of a mean of 32; sd = sqrt(64 / 12 x (17 - 24 / 240)) = 9.494; z = 23.5 / sd.
  expect(
    rankSumP(
      low,
      low.map((x) => x + 4),
    ),
  ).toBeCloseTo(0.0133, 4);
  expect(
    rankSumP(
      low,
      low.map((x) => x + 100),
    ),
  ).toBeLessThan(0.001);
  expect(rankSumP([3, 3, 3], [3, 3])).toBe(1);
});

it('nothing is found where nothing differs, in at least 95 of 100 companies', () => {
  const found = Array.from({ length: 200 }, (_, seed) =>
    systemicFindings(company(seed, null), DIMENSIONS, METRICS),
  ).filter((one) => one.length > 0).length;
  expect(found).toBeLessThanOrEqual(10);
});

it('a slow region is found in at least 80 of 100, and named first', () => {
  const named = Array.from({ length: 100 }, (_, seed) =>
    systemicFindings(company(1000 + seed, 'east'), DIMENSIONS, METRICS).at(0),
  ).filter((one) => one?.group === 'east' && one.metric === 'median_days_in_stage');
  expect(named.length).toBeGreaterThanOrEqual(80);
  expect(named.every((one) => one!.mean > one!.othersMean && one!.p <= 0.05)).toBe(true);
});

it('seven partners on one side are too few to be found', () => {
  const rows = Array.from({ length: 40 }, (_, i) =>
    row(`p${i}`, i < 7 ? 'n' : 's', i < 7 ? 1000 + i : i),
  );
  expect(systemicFindings(rows, ['region'], ['m'])).toEqual([]);
  const eight = [...rows, row('p40', 'n', 2000)];
  expect(systemicFindings(eight, ['region'], ['m']).length).toBeGreaterThan(0);
});
