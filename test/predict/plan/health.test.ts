import { describe, expect, it } from 'vitest';
import type { PartnerFacts, TargetFacts } from '../../../src/model/facts.ts';
import { metricOfWords, TARGET_METRICS } from '../../../src/model/metrics.ts';
import { scorePartner } from '../../../src/predict/index.ts';
import { DAY_MS, HOUR_MS } from '../../../src/predict/math/time.ts';
import type { PlanHealth } from '../../../src/model/score.ts';
import { AS_OF, contextAt, dealOf, partnerOf, planOf, poolOf } from '../../properties/world.ts';

const context = contextAt();
const target = (over: Partial<TargetFacts>): TargetFacts => ({
  id: 't',
  side: 'partner',
  metric: 'won_amount',
  goal: 100,
  weight: 1,
  actual: null,
  label: 'Target',
  ...over,
});

function healthOf(targets: TargetFacts[], over: Partial<PartnerFacts> = {}): PlanHealth {
  const partner = { ...partnerOf('p', [], [planOf(100, { targets })]), ...over };
  return scorePartner(partner, poolOf([partner], context), context).partner.planHealth;
}

const decided = (hours: (number | null)[]): PartnerFacts['registrations'] =>
  hours.map((h, i) => ({
    id: `r${i}`,
    dealId: null,
    submittedMs: AS_OF - 10 * DAY_MS,
    decidedMs: h === null ? null : AS_OF - 10 * DAY_MS + h * HOUR_MS,
    status: 'approved',
    amount: null,
  }));

describe('words of metrics', () => {
  it('are read whatever their case, signs and unit', () => {
    for (const words of ['Booked ARR', 'booked_arr', 'BOOKINGS (EUR)', 'Won amount', 'won_amount'])
      expect(metricOfWords(words)).toBe('won_amount');
    expect(metricOfWords('Deal registration SLA')).toBe('decision_hours');
    expect(metricOfWords('NPS')).toBeNull();
  });

  it('name each metric that can be promised, and none twice', () => {
    for (const id of TARGET_METRICS) expect(metricOfWords(id)).toBe(id);
  });
});

describe('plan health', () => {
  it('takes fewer hours to a decision for better: 24 and 72 against a goal of 48 are a median of 48', () => {
    const goal = target({ side: 'vendor', metric: 'decision_hours', goal: 48 });
    expect(healthOf([goal], { registrations: decided([24, 72]) }).vendorHealth).toBe(100);
    const late = healthOf([goal], { registrations: decided([96, 96]) });
    expect(late.vendorHealth).toBe(50);
    expect(late.vendorParts[0]).toMatchObject({ actual: 96, gap: 48, direction: 'down' });
  });

  it('counts what is still undecided with the hours so far', () => {
    const goal = target({ side: 'vendor', metric: 'decision_hours', goal: 48 });
    const part = healthOf([goal], { registrations: decided([null]) }).vendorParts[0]!;
    expect(part.actual).toBe(240);
  });

  it.each([
    ['decision_hours', 48, null, 'no registration since 1 July'],
    ['sales_engineer_share', 0.7, 20_000, 'no deal of EUR 20,000 or more since 1 July'],
    ['sales_engineer_share', 0.7, null, 'no deal since 1 July'],
  ])(
    'of %s says that no case has fallen due: measured, and nothing is owed',
    (metric, goal, above, note) => {
      const health = healthOf([target({ side: 'vendor', metric, goal, above })]);
      expect(health.vendorParts[0]).toMatchObject({ actual: null, noneDue: true, note });
      expect(health.vendorHealth).toBeNull();
      expect(health.missing).toEqual([]);
    },
  );

  it('names the feed that is missing', () => {
    const partner = partnerOf(
      'p',
      [],
      [planOf(100, { targets: [target({ metric: 'certified_people', goal: 3 })] })],
    );
    const without = { ...context, feeds: new Set(['deal']) };
    const { planHealth } = scorePartner(partner, poolOf([partner], context), without).partner;
    expect(planHealth.parts[0]!.note).toContain('entities.certification');
  });

  it('counts deals of at least the amount for the share with a sales engineer', () => {
    const team = [{ userId: 'u', side: 'vendor' as const, role: 'Sales Engineer', sinceMs: 0 }];
    const deal = (id: string, amount: number, on: boolean): ReturnType<typeof dealOf> => ({
      ...dealOf(id, AS_OF - 20 * DAY_MS, [[0, 'Registered']], { partnerId: 'p', amount }),
      team: on ? team : [],
    });
    const partner = partnerOf(
      'p',
      [deal('a', 500, true), deal('b', 500, false), deal('c', 5, false)],
      [
        planOf(100, {
          targets: [target({ side: 'vendor', metric: 'se coverage', goal: 1, above: 100 })],
        }),
      ],
    );
    const { planHealth } = scorePartner(partner, poolOf([partner], context), context).partner;
    expect(planHealth.vendorParts[0]!.actual).toBe(0.5);
  });

  it('lists promises by date, ours among them, with the days they are overdue', () => {
    const plan = planOf(100, { targets: [target({})] });
    const milestones = [
      { id: 'm1', label: 'Training', side: 'partner' as const, dueOn: '2099-01-01', doneOn: null },
      { id: 'm2', label: 'Demo kit', side: 'vendor' as const, dueOn: '2026-01-05', doneOn: null },
      {
        id: 'm3',
        label: 'Kick-off',
        side: 'vendor' as const,
        dueOn: '2025-01-05',
        doneOn: '2025-01-05',
      },
    ];
    const partner = partnerOf('p', [], [{ ...plan, milestones }]);
    const { due } = scorePartner(partner, poolOf([partner], context), context).partner.planHealth;
    expect(due.map((one) => one.label)).toEqual(['Demo kit', 'Training']);
    expect(due[0]!.overdueDays).toBeGreaterThan(200);
    expect(due[1]!.overdueDays).toBe(0);
  });
});

/** Half of a plan of two quarters: the first quarter is over. */
describe('a plan at half of its time, calculated by hand', () => {
  const half = contextAt(Date.parse('2026-10-01T00:00:00+02:00'));
  const atHalf = (amounts: number[]): PlanHealth => {
    const at = Date.parse('2026-07-06T09:00:00Z');
    const deals = amounts.map((amount, i) =>
      dealOf(`d${i}`, at, [[30 + i, 'Closed Won']], { partnerId: 'p', amount }),
    );
    const targets = [
      target({ id: 'money', goal: 100_000, weight: 1 }),
      target({ id: 'wins', metric: 'won_deals', goal: 4, weight: 0 }),
      target({ id: 'people', metric: 'certified_people', goal: 4, weight: 9 }),
    ];
    const certifications = Array.from({ length: 4 }, (_, i) => ({
      ...{ name: `Sales ${i}`, issuedOn: '2026-01-01', expiresOn: null },
    }));
    const partner = { ...partnerOf('p', deals, [planOf(0, { targets })]), certifications };
    return scorePartner(partner, poolOf([partner], half), half).partner.planHealth;
  };

  it('has a quarter of the money where half should stand: pace, projection, gap in money and in units', () => {
    const [money, wins, people] = atHalf([25_000]).parts;
    expect(money).toMatchObject({ unit: 'amount', actual: 25_000, gap: 75_000 });
    expect(money!.pace).toBeCloseTo(0.5, 12);
    expect(money!.projected).toBeCloseTo(50_000, 6);
    expect(wins).toMatchObject({ unit: 'count', actual: 1, gap: 3 });
    expect(wins!.projected).toBeCloseTo(2, 12);
    expect(people).toMatchObject({ actual: 4, gap: 0, projected: 4 });
  });

  it('is as healthy as its outcome lets it be: 60 and 40 times its pace at most', () => {
    // (1 x 0.5 + 9 x 1) / 10 = 95, but 60 + 40 x 0.5 = 80.
    expect(atHalf([25_000]).health).toBeCloseTo(80, 9);
    expect(atHalf([]).health).toBeCloseTo(60, 9);
    expect(atHalf([50_000]).health).toBeCloseTo(100, 9);
  });
});

describe('plan health where no history names an author', () => {
  const targets = [
    target({ id: 'w', goal: 100_000 }),
    target({ id: 'r', metric: 'registrations', goal: 20, label: 'Registrations' }),
    target({ id: 'v', metric: 'verified_deals', goal: 20, label: 'Verified' }),
    target({ id: 'm', metric: 'joint_meetings', goal: 20, label: 'Meetings' }),
  ];
  const won = dealOf('won', AS_OF - 60 * DAY_MS, [[20, 'Closed Won']]);
  const called = Array.from({ length: 40 }, (_, i) => ({
    ...dealOf(`junk${i}`, AS_OF - (2 + (i % 20)) * DAY_MS, i % 2 === 0 ? [] : [[1, 'Proposal']]),
    activities: [{ atMs: AS_OF - DAY_MS, kind: 'meeting', qualifying: true, buyer: true }],
  }));

  it('is moved by no registration, click or call, which are shown and named', () => {
    const before = healthOf(targets, { deals: [won] });
    const after = healthOf(targets, { deals: [won, ...called] });
    expect(before.health).toBeGreaterThan(0);
    expect(after.health).toBe(before.health);
    expect(after.parts.find((part) => part.targetId === 'r')!.actual).toBe(41);
    expect(after.missing).toContain(
      'Registrations (no history names its author: shown, not counted in plan health)',
    );
  });

  it('nor by a figure that was written by hand, of wins or of what leads to them', () => {
    const byHand = targets.map((one) => ({ ...one, actual: 10 * one.goal }));
    const health = (list: TargetFacts[]): number | null => healthOf(list, { deals: [won] }).health;
    expect(health(byHand)).toBe(health(targets));
  });

  it('counts registrations that our own side decided on', () => {
    const part = healthOf(targets, { deals: [won], registrations: decided([24, null]) }).parts[1]!;
    expect(part).toMatchObject({ actual: 1, note: null });
    expect(part.pace).toBeGreaterThan(0);
  });

  it('counts none that our own side turned down or let run out', () => {
    const filed = ['approved', 'rejected', 'declined', 'expired'].map((status, i) => ({
      ...decided([24])[0]!,
      ...{ id: `r${i}`, status },
    }));
    const { parts } = healthOf(targets, { deals: [won], registrations: filed });
    expect(parts[1]!.actual).toBe(1);
  });

  it('counts a win once in however many parts it was entered and won at once', () => {
    const two = [target({ id: 'n', metric: 'won_deals', goal: 4 })];
    const parts = ['a', 'b', 'c'].map((id) => ({
      ...dealOf(id, AS_OF - 60 * DAY_MS, [[20, 'Closed Won']]),
      accountId: `unit ${id}`,
    }));
    const later = dealOf('later', AS_OF - 30 * DAY_MS, [[20, 'Closed Won']]);
    expect(healthOf(two, { deals: [...parts, later] }).parts[0]!.actual).toBe(2);
  });
});

describe('a goal of zero', () => {
  const won = dealOf('d', AS_OF - 60 * DAY_MS, [[20, 'Closed Won']], { amount: 50 });

  it('has no attainment and no pace: nothing is divided by it', () => {
    const kpisOf = (goal: number) => {
      const partner = partnerOf('p', [won], [planOf(goal)]);
      return new Map(
        scorePartner(partner, poolOf([partner], context), context).partner.kpis.map((one) => [
          one.kpi,
          one,
        ]),
      );
    };
    for (const kpi of ['attainment', 'attainment_pace'] as const) {
      expect(kpisOf(0).get(kpi)).toMatchObject({ value: null });
      expect(kpisOf(0).get(kpi)!.note).not.toBeNull();
    }
    expect(kpisOf(100).get('attainment')!.value).toBeGreaterThanOrEqual(0);
  });

  it('is reached by anything where more is better', () => {
    const [part] = healthOf([target({ goal: 0 })]).parts;
    expect(part!.gap).toBe(0);
    expect(part!.pace === null || Number.isFinite(part!.pace)).toBe(true);
    expect(healthOf([target({ goal: 0 })]).health).toBe(100);
  });
});

describe('registrations that nobody has touched', () => {
  const filed = (n: number): Partial<PartnerFacts> => ({
    deals: Array.from({ length: n }, (_, i) =>
      dealOf(`junk${i}`, AS_OF - 5 * DAY_MS, [], {
        partnerId: 'p',
        registeredMs: AS_OF - 5 * DAY_MS,
      }),
    ),
    registrations: Array.from({ length: n }, (_, i) => ({
      ...{ id: `j${i}`, dealId: `junk${i}`, submittedMs: AS_OF - 5 * DAY_MS },
      ...{ decidedMs: null, status: 'pending' as const, amount: null },
    })),
  });
  const promised = [
    target({ id: 'w', goal: 100_000 }),
    target({ id: 'r', metric: 'registrations', goal: 5 }),
    target({ id: 'v', metric: 'verified_deals', goal: 5 }),
  ];
  /** In a company whose records say who acted. */
  const attested = (n: number): PlanHealth => {
    const partner = { ...partnerOf('p', [], [planOf(100, { targets: promised })]), ...filed(n) };
    const pool = { ...poolOf([partner], context), provenShare: 0.5 };
    return scorePartner(partner, pool, context).partner.planHealth;
  };
  it.each([1, 10, 40])('move health by nothing: %i of them', (n) => {
    const [before, after] = [attested(0), attested(n)];
    expect(before.health).not.toBeNull();
    expect(after.health).toBe(before.health);
    expect(after.parts).toEqual(before.parts);
  });
});
