/** What partners do and learn, and how large and even their wins are: hand-computed cases. */
import { describe, expect, it } from 'vitest';
import type { DealFacts, PartnerFacts, SignalFacts } from '../../src/model/facts.ts';
import type { MetricId } from '../../src/model/metrics.ts';
import { scorePartner } from '../../src/predict/index.ts';
import { DAY_MS } from '../../src/predict/math/time.ts';
import { AS_OF, contextAt, dealOf, partnerOf, poolOf, world } from '../properties/world.ts';

const context = contextAt();
const OTHERS = world(3, 6);
const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
function measured(partner: PartnerFacts, kpi: MetricId) {
  const pool = poolOf([...OTHERS, partner], context);
  return scorePartner(partner, pool, context).partner.kpis.find((one) => one.kpi === kpi)!;
}
const value = (partner: PartnerFacts, kpi: MetricId): number | null => measured(partner, kpi).value;
const signal = (
  kind: string,
  daysAgo: number,
  sum: number,
  change: Partial<SignalFacts> = {},
): SignalFacts => {
  const atMs = AS_OF - daysAgo * DAY_MS;
  return { kind, atMs, knownMs: atMs, value: sum, n: 1, ...change };
};
const sending = (...signals: SignalFacts[]): PartnerFacts => ({
  ...partnerOf('p', []),
  signals,
});
const winOn = (id: string, daysAgo: number, amount: number): DealFacts =>
  dealOf(id, AS_OF - (daysAgo + 20) * DAY_MS, [[20, 'Closed Won']], { partnerId: 'p', amount });
/** The first deal lies far back, so that the data reaches over all windows. */
const winning = (...wins: [daysAgo: number, amount: number][]): PartnerFacts =>
  partnerOf('p', [
    dealOf('first', AS_OF - 1500 * DAY_MS, [[30, 'Closed Lost']], { partnerId: 'p' }),
    ...wins.map(([daysAgo, amount], i) => winOn(`w${i}`, daysAgo, amount)),
  ]);

describe('signals', () => {
  it.each([
    ['portal_frequency', [signal('portal_login', 1, 20), signal('portal_login', 80, 6)], 2],
    ['portal_frequency', [signal('portal_login', 92, 20)], 0],
    ['content_consumption', [signal('content_download', 5, 13)], 1],
    [
      'campaigns_executed',
      [signal('campaign_executed', 10, 1), signal('campaign_executed', 60, 4)],
      1,
    ],
    ['plan_participation', [signal('plan_meeting', 3, 2)], 2],
    [
      'training_completion',
      [signal('training_assigned', 50, 8), signal('training_completed', 9, 2)],
      0.25,
    ],
    [
      'training_completion',
      [signal('training_assigned', 50, 1), signal('training_completed', 9, 2)],
      1,
    ],
    ['response_rate', [signal('message_sent', 9, 10), signal('message_answered', 5, 3)], 0.3],
    [
      'learning_path',
      [signal('learning_path', 9, 0.2), signal('learning_path', 2, 1.5, { n: 2 })],
      0.75,
    ],
    [
      'partner_satisfaction',
      [signal('partner_satisfaction', 9, 150, { n: 2 }), signal('partner_satisfaction', 2, 30)],
      60,
    ],
  ] as [MetricId, SignalFacts[], number][])('give %s', (kpi, signals, expected) => {
    expect(value(sending(...signals), kpi)).toBeCloseTo(expected, 12);
  });

  it.each(['portal_frequency', 'training_completion', 'partner_satisfaction'] as const)(
    'that never came leave %s without a number, and say which is missing',
    (kpi) => {
      const found = measured(sending(), kpi);
      expect(found.value).toBeNull();
      expect(found.note).toMatch(/^no \w+ signal sent yet$/);
    },
  );

  it('count once their day is over and they are known', () => {
    const late = signal('portal_login', 5, 13, { knownMs: AS_OF + DAY_MS });
    const today = signal('portal_login', -0.5, 13);
    expect(value(sending(late, today), 'portal_frequency')).toBeNull();
    expect(value(sending(late, today, signal('portal_login', 1, 13)), 'portal_frequency')).toBe(1);
  });

  it('move no score, however many there are', () => {
    const partner = winning([30, 50_000], [200, 40_000]);
    const busy = {
      ...partner,
      signals: [signal('portal_login', 1, 1e6), signal('workshop', 2, 9e3)],
    };
    const pool = poolOf([...OTHERS, partner], context);
    // What was counted is shown, and weighs nothing.
    const scoreOf = (one: typeof partner) => {
      const { kpis: _, traits: __, ...score } = scorePartner(one, pool, context).partner;
      return score;
    };
    expect(scoreOf(busy)).toEqual(scoreOf(partner));
  });
});

it('certificates count by their names while in force, and by the sellers there are', () => {
  const held = (name: string, expiresOn: string | null) => ({
    name,
    issuedOn: '2026-01-10',
    expiresOn,
  });
  const certifications = [
    ...[held('Sales', null), held('Sales', null), held('Labs', day(AS_OF + 9 * DAY_MS))],
    ...[
      held('Old', '2026-05-01'),
      { name: 'Backwards', issuedOn: '2026-05-01', expiresOn: '2026-01-01' },
    ],
  ];
  const partner = { ...sending(signal('active_sellers', 20, 6)), certifications };
  expect(value(partner, 'certification_depth')).toBe(2);
  expect(value(partner, 'certified_share')).toBe(0.5);
  expect(value({ ...partner, signals: [] }, 'certified_share')).toBeNull();
  expect(
    value({ ...partner, signals: [signal('active_sellers', 20, 0)] }, 'certified_share'),
  ).toBeNull();
});

describe('wins', () => {
  it('have an average and a median size', () => {
    const partner = winning([40, 10_000], [80, 20_000], [120, 90_000]);
    expect(value(partner, 'average_deal')).toBe(40_000);
    expect(value(partner, 'median_deal')).toBe(20_000);
    expect(value(winning([40, 10_000], [80, 20_000]), 'median_deal')).toBe(15_000);
    expect(value(winning(), 'average_deal')).toBeNull();
  });

  it('grow by number of the year against that before, in a band', () => {
    const found = measured(winning([40, 1], [80, 1], [120, 1], [400, 1]), 'growth');
    expect(found.value).toBeCloseTo(3.5 / 1.5, 12);
    const spread = Math.exp(1.2815515655446004 * Math.sqrt(1 / 3.5 + 1 / 1.5));
    expect(found.low).toBeCloseTo(3.5 / 1.5 / spread, 12);
    expect(found.high).toBeCloseTo((3.5 / 1.5) * spread, 12);
    expect(value(winning([40, 1]), 'growth')).toBeNull();
  });

  it('at the end of a quarter are a share of all', () => {
    const on = (iso: string): [number, number] => [(AS_OF - Date.parse(iso)) / DAY_MS, 9];
    const wins = [
      on('2026-09-25T12:00Z'),
      on('2026-06-20T12:00Z'),
      on('2026-06-30T23:00Z'),
      on('2026-10-01T01:00Z'),
      // Two hours before the quarter ends in Berlin; the one of 30 June lies an hour after it.
      on('2026-03-31T20:00Z'),
    ];
    expect(value(winning(...wins), 'quarter_end_share')).toBe(0.4);
  });

  it('that are the same in each stretch have no volatility', () => {
    const even = Array.from({ length: 8 }, (_, i): [number, number] => [45 + 91 * i, 30_000]);
    expect(value(winning(...even), 'volatility')).toBe(0);
    const [first, ...rest] = even;
    expect(value(winning([first![0], 270_000], ...rest), 'volatility')).toBeCloseTo(Math.SQRT2, 6);
  });
});
