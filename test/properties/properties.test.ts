/**
 * Properties of the partner model on generated channels; numbers in brackets are those
 * of the reference (part 4).
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/predict/math/time.ts';
import type { DealFacts, PartnerFacts } from '../../src/model/facts.ts';
import type { PartnerScore } from '../../src/model/score.ts';
import { BAND_Z, EVIDENCE_CAP } from '../../src/predict/tuning.ts';
import {
  addDeal,
  channelForecast,
  finishPool,
  scoreDirectDeals,
  scorePartner,
  startPool,
  type PoolModel,
} from '../../src/predict/index.ts';
import { viewOf } from '../../src/predict/score/partner.ts';
import { arrivalsUntil } from '../../src/predict/forecast/arrival-rate.ts';
import {
  AS_OF,
  bare,
  contextAt,
  dealOf,
  partnerOf,
  planOf,
  poolOf,
  random,
  world,
} from './world.ts';

const context = contextAt();
const seeds = fc.integer({ min: 1, max: 1_000_000 });
/** False where one of them is no number. */
const inOrder = (...numbers: number[]): boolean =>
  numbers.every((n, i) => n >= (i === 0 ? -Infinity : numbers[i - 1]!));
/** One generated channel: its pool, and one of its partners under a plan. */
interface Case {
  partners: PartnerFacts[];
  pool: PoolModel;
  partner: PartnerFacts;
}
const caseOf = (seed: number, pick: number): Case => {
  const partners = world(seed, 10);
  const pool = poolOf(partners, context);
  const found = partners[pick % partners.length]!;
  return { partners, pool, partner: { ...found, plans: [planOf(30_000 + (seed % 300_000))] } };
};
const check = (property: (c: Case, seed: number) => void, numRuns = 12): void =>
  fc.assert(
    fc.property(seeds, fc.nat(9), (seed, pick) => property(caseOf(seed, pick), seed)),
    { numRuns },
  );
const scoreOf = (partner: PartnerFacts, pool: PoolModel): PartnerScore =>
  scorePartner(partner, pool, context).partner;
const kpi = (score: PartnerScore, id: string): number | null =>
  score.kpis.find((k) => k.kpi === id)!.value;
const withDeals = (partner: PartnerFacts, deals: DealFacts[]): PartnerFacts =>
  partnerOf(partner.id, deals, partner.plans);
const replace = (partner: PartnerFacts, id: string, by: DealFacts[]): PartnerFacts =>
  withDeals(
    partner,
    partner.deals.flatMap((d) => (d.id === id ? by : [d])),
  );
const closed = (deal: DealFacts, stage: string, atMs: number): DealFacts => {
  const events = deal.events.filter((e) => e.stage === null || !e.stage.startsWith('Closed'));
  return {
    ...deal,
    stage,
    closedMs: atMs,
    events: [...events, { atMs, stage, amount: deal.amount, closeDate: deal.closeDate }],
  };
};
const junk = (partner: PartnerFacts, count: number, ageDays: number): PartnerFacts =>
  withDeals(partner, [
    ...partner.deals,
    ...Array.from({ length: count }, (_, i) =>
      dealOf(`junk${i}`, AS_OF - ageDays * DAY_MS, [], { partnerId: partner.id, amount: 80_000 }),
    ),
  ]);
const HALF = 0.05 + 1e-9; // Half of the tenth that is shown.

describe('truthfulness', () => {
  it('stays in range and finite for any channel, however empty or broken [P1]', () => {
    const odd: DealFacts[] = [
      bare({ id: 'zero', createdMs: AS_OF - 9 * DAY_MS, amount: 0 }),
      bare({
        id: 'unknown',
        createdMs: AS_OF - 9 * DAY_MS,
        amount: null,
        stage: 'nonsense',
        closeDate: 'soon',
      }),
      bare({ id: 'minus', createdMs: AS_OF - 9 * DAY_MS, amount: -5000 }),
      bare({ id: 'future', createdMs: AS_OF + DAY_MS }),
      dealOf('instant', AS_OF - 40 * DAY_MS, [[0, 'Closed Won']], { amount: 1e12 }),
      bare({ id: 'nodate', createdMs: AS_OF - 80 * DAY_MS, stage: 'Closed Lost', closedMs: null }),
    ];
    fc.assert(
      fc.property(
        fc.subarray(odd),
        fc.constantFrom(0, 1, 1e9),
        fc.boolean(),
        (deals, goal, full) => {
          const partner = partnerOf('x', deals, goal === 1 ? [] : [planOf(goal)]);
          const pool = poolOf(full ? [...world(3, 5), partner] : [partner], context);
          const { partner: s, deals: scored, forecastParts } = scorePartner(partner, pool, context);
          const f = channelForecast(forecastParts, pool, context);
          expect(inOrder(0, s.base, 100) && inOrder(0, s.low, s.score, s.high, 100)).toBe(true);
          expect(scored.every((d) => inOrder(0, d.low, d.probability, d.high, 1))).toBe(true);
          for (const d of [s.forecast, f.total])
            expect(Number.isFinite(d.mean) && inOrder(d.p10, d.p50, d.p90)).toBe(true);
          const kpis = s.kpis.flatMap((k) => [k.value, k.low, k.high]);
          expect(kpis.every((v) => v === null || Number.isFinite(v))).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });
  it('adds up: the mean of the channel is the sum of its partners and direct deals [P2]', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const partners = world(seed, 10);
        const direct = world(seed + 1, 3)[0]!.deals.map((d) => ({
          ...d,
          id: `direct-${d.id}`,
          partnerId: null,
        }));
        const pool = poolOf(partners, context, direct);
        const scored = partners.map((p) => scorePartner(p, pool, context));
        const own = scoreDirectDeals(direct, pool, context);
        const total = channelForecast(
          [...scored.flatMap((s) => s.forecastParts), ...own.forecastParts],
          pool,
          context,
        );
        const directOnly = channelForecast(own.forecastParts, pool, context);
        const sum = scored.reduce((a, s) => a + s.partner.forecast.mean, directOnly.total.mean);
        expect(Math.abs(total.total.mean / sum - 1)).toBeLessThan(1e-6);
        expect(total.wonToDate + total.openMean + total.newMean).toBeCloseTo(total.total.mean, 3);
      }),
      { numRuns: 6 },
    );
  });
});

describe('monotony and gaming', () => {
  it('a deal turned into a win never lowers score, plan health, realised velocity or forecast [P7]', () =>
    check(({ partner, pool }) => {
      const before = scoreOf(partner, pool);
      const open = partner.deals
        .filter((d) => d.closedMs === null && d.createdMs < AS_OF - 10 * DAY_MS)
        .slice(0, 2);
      const lost = partner.deals.filter((d) => d.stage === 'Closed Lost').slice(0, 2);
      for (const deal of [...open, ...lost]) {
        const after = scoreOf(
          replace(partner, deal.id, [closed(deal, 'Closed Won', deal.closedMs ?? AS_OF - DAY_MS)]),
          pool,
        );
        expect(after.score).toBeGreaterThanOrEqual(before.score - HALF);
        expect(after.planHealth.health!).toBeGreaterThanOrEqual(before.planHealth.health! - 1e-9);
        expect(kpi(after, 'realised_velocity')!).toBeGreaterThanOrEqual(
          kpi(before, 'realised_velocity')! - 1e-9,
        );
        // Stored probabilities are tenths of a percent: so much rounding is in each open deal.
        const rounding =
          partner.deals.reduce((sum, d) => sum + Math.max(0, d.amount ?? 0), 0) / 1000;
        expect(after.forecast.mean).toBeGreaterThanOrEqual(before.forecast.mean - rounding);
      }
    }));
  it('a deal turned into a loss never raises the score; closing a stale one costs nothing [P8]', () =>
    check(({ partner, pool }) => {
      const before = scoreOf(partner, pool);
      for (const deal of partner.deals.filter((d) => d.closedMs === null).slice(0, 4)) {
        const after = scoreOf(
          replace(partner, deal.id, [
            closed(deal, 'Closed Lost', Math.max(deal.events.at(-1)!.atMs, AS_OF - DAY_MS)),
          ]),
          pool,
        );
        expect(after.score).toBeLessThanOrEqual(before.score + HALF);
      }
      const stale = dealOf('stale', AS_OF - 400 * DAY_MS, [[5, 'Qualified']], {
        partnerId: partner.id,
      });
      const kept = scoreOf(withDeals(partner, [...partner.deals, stale]), pool);
      expect(
        scoreOf(
          withDeals(partner, [...partner.deals, closed(stale, 'Closed Lost', AS_OF - DAY_MS)]),
          pool,
        ).score,
      ).toBe(kept.score);
    }));
  it('fresh junk is worth nothing, however much [P9]', () =>
    check(({ partner, pool }, seed) => {
      const before = scoreOf(partner, pool);
      const after = scoreOf(junk(partner, 1 + (seed % 200), 2), pool);
      expect(after.score).toBeLessThanOrEqual(before.score + 0.5);
      const record = arrivalsUntil(
        viewOf(partner, pool, context).rate,
        pool,
        context.period.endMs,
        null,
      );
      const mean = record.mean * (record.sizes.reduce((a, b) => a + b, 0) / record.sizes.length);
      expect(after.forecast.mean).toBeLessThanOrEqual(
        before.forecast.mean + (EVIDENCE_CAP - 1) * mean + 1e-6,
      );
    }));
  it('matured junk lowers the cohort rate and never raises the score [P10]', () =>
    check(({ partner, pool }) => {
      const before = scoreOf(partner, pool);
      const after = scoreOf(junk(partner, 12, 185), pool);
      expect(kpi(after, 'cohort_win_rate')!).toBeLessThan(kpi(before, 'cohort_win_rate')!);
      expect(after.score).toBeLessThanOrEqual(before.score + HALF);
    }));
  it('activity cannot stand in for outcome [P11]', () =>
    check(({ partner, pool }) => {
      const target = {
        id: 't2',
        side: 'partner' as const,
        metric: 'certifications',
        goal: 1,
        weight: 9,
        actual: null,
        label: 'Certifications',
      };
      const planned = {
        ...partner,
        plans: [planOf(1e9, { targets: [...planOf(1e9).targets, target] })],
      };
      const before = scoreOf(planned, pool);
      const busy: PartnerFacts = {
        ...planned,
        certifications: Array.from({ length: 500 }, (_, i) => ({
          name: `c${i}`,
          issuedOn: '2026-01-01',
          expiresOn: null,
        })),
        signals: Array.from({ length: 500 }, (_, i) => ({
          kind: 'login',
          atMs: AS_OF - i * DAY_MS,
          knownMs: AS_OF - i * DAY_MS,
          value: 1,
          n: 1,
        })),
        deals: planned.deals.map((d) => ({
          ...d,
          activities: [
            ...d.activities,
            ...Array.from({ length: 50 }, () => ({
              atMs: AS_OF - 1,
              kind: 'email',
              qualifying: false,
            })),
          ],
        })),
      };
      const after = scoreOf(busy, pool);
      expect(after.score).toBe(before.score);
      const outcome = after.planHealth.parts.find((p) => p.metric === 'won_amount')!.pace!;
      expect(after.planHealth.health!).toBeLessThanOrEqual(60 + 40 * Math.min(1, outcome) + 1e-9);
      expect(after.planHealth.health!).toBeGreaterThan(before.planHealth.health!);
    }, 5));
  it('splitting a deal never pays [P13]', () =>
    check(({ partner, pool }) => {
      const before = scoreOf(partner, pool);
      for (const deal of [
        partner.deals.find((d) => d.stage === 'Closed Won'),
        partner.deals.find((d) => d.closedMs === null),
      ]) {
        if (!deal) continue;
        const parts = Array.from({ length: 5 }, (_, i) => ({
          ...deal,
          id: `${deal.id}/${i}`,
          amount: deal.amount! / 5,
          events: deal.events.map((e) => ({ ...e, amount: e.amount! / 5 })),
        }));
        const after = scoreOf(replace(partner, deal.id, parts), pool);
        expect(after.score).toBeLessThanOrEqual(before.score + HALF);
        for (const id of [
          'cohort_win_rate',
          'pipeline_velocity',
          'realised_velocity',
          'deal_value_consistency',
        ]) {
          const [a, b] = [kpi(after, id), kpi(before, id)];
          if (a !== null && b !== null && id !== 'pipeline_velocity')
            expect(a).toBeLessThanOrEqual(b * (1 + 1e-9));
        }
      }
    }));
  it('a late registration is not speed, an early one costs nothing [P14]', () =>
    check(({ partner, pool }) => {
      const before = scoreOf(partner, pool);
      const at = (days: number): PartnerScore =>
        scoreOf(
          withDeals(
            partner,
            partner.deals.map((d) =>
              d.stage === 'Closed Won' ? { ...d, registeredMs: d.closedMs! - days * DAY_MS } : d,
            ),
          ),
          pool,
        );
      for (const id of ['pipeline_velocity', 'cohort_win_rate', 'registration_conversion']) {
        const [late, early, now] = [kpi(at(1), id), kpi(at(900), id), kpi(before, id)];
        if (late !== null && now !== null) expect(late).toBeLessThanOrEqual(now + 1e-9);
        if (early !== null && now !== null) expect(early).toBeGreaterThanOrEqual(now - 1e-9);
      }
      expect(at(1).score).toBeLessThanOrEqual(before.score + HALF);
      expect(at(900).score).toBeGreaterThanOrEqual(before.score - HALF);
    }));
  it('inflating amounts of unverified deals does not move the score, and the forecast only up to its cap [P15]', () =>
    check(({ partner, pool }) => {
      const inflate = (factor: number): PartnerScore =>
        scoreOf(
          withDeals(
            partner,
            partner.deals.map((d) => {
              const unverified =
                d.closedMs === null &&
                d.events.length === 1 &&
                !d.activities.some((a) => a.qualifying);
              return unverified
                ? {
                    ...d,
                    amount: d.amount! * factor,
                    events: d.events.map((e) => ({ ...e, amount: e.amount! * factor })),
                  }
                : d;
            }),
          ),
          pool,
        );
      const [one, ten, more] = [inflate(1), inflate(10), inflate(1e6)];
      expect(ten.score).toBe(one.score);
      const record = arrivalsUntil(
        viewOf(partner, pool, context).rate,
        pool,
        context.period.endMs,
        null,
      );
      const cap =
        (EVIDENCE_CAP - 1) *
        record.mean *
        (record.sizes.reduce((a, b) => a + b, 0) / record.sizes.length);
      expect(more.forecast.mean).toBeLessThanOrEqual(one.forecast.mean + cap + 1e-6);
    }));
  it('the asserted close date moves no chance [P16]', () =>
    check(({ partner, pool }) => {
      const dated = (closeDate: string): PartnerFacts =>
        withDeals(
          partner,
          partner.deals.map((d) => ({
            ...d,
            closeDate,
            events: d.events.map((e) => ({ ...e, closeDate })),
          })),
        );
      const [parked, pulled] = [
        scorePartner(dated('2031-01-01'), pool, context),
        scorePartner(dated('2026-11-20'), pool, context),
      ];
      expect(parked.deals.map((d) => d.probability)).toEqual(
        pulled.deals.map((d) => d.probability),
      );
      expect(parked.partner.forecast).toEqual(pulled.partner.forecast);
      expect(parked.partner.score).toBe(pulled.partner.score);
    }, 6));
  it('a higher target is never easier, for the partner or its peer [P17, P18]', () =>
    check(({ partner, pool }, seed) => {
      const at = (goal: number): PartnerScore =>
        scoreOf({ ...partner, plans: [planOf(goal)] }, pool);
      const [low, high] = [at(10_000 + (seed % 100_000)), at((10_000 + (seed % 100_000)) * 1.7)];
      expect(high.score).toBeLessThanOrEqual(low.score);
      expect(high.difficulty).toBeLessThanOrEqual(low.difficulty);
    }));
});

describe('time and order', () => {
  it('nothing after the moment changes a byte: deleted, shuffled or made up [P20]', () =>
    fc.assert(
      fc.property(seeds, fc.integer({ min: 30, max: 500 }), (seed, back) => {
        const then = contextAt(AS_OF - back * DAY_MS);
        const r = random(seed);
        const partners = world(seed, 8);
        const cut = (d: DealFacts): DealFacts => ({
          ...d,
          events: d.events.filter((e) => e.atMs <= then.asOfMs),
          activities: d.activities.filter((a) => a.atMs <= then.asOfMs),
          stage: 'Registered',
          amount: null,
          closeDate: null,
          closedMs: null,
        });
        const future = (d: DealFacts): DealFacts => ({
          ...cut(d),
          stage: 'Closed Won',
          amount: 9e9,
          closedMs: then.asOfMs + 1,
          registeredMs: d.registeredMs,
          events: [
            ...cut(d).events,
            {
              atMs: then.asOfMs + 1 + Math.floor(r() * 1e9),
              stage: 'Closed Won',
              amount: 9e9,
              closeDate: '2020-01-01',
            },
          ],
          activities: [
            ...cut(d).activities,
            { atMs: then.asOfMs + 1, kind: 'meeting', qualifying: true },
          ],
        });
        const run = (change: (d: DealFacts) => DealFacts | null): string => {
          const changed = partners.map((p) =>
            withDeals(
              p,
              p.deals.flatMap((d) => change(d) ?? []),
            ),
          );
          const pool = poolOf(changed, then);
          const scored = changed.map((p) => scorePartner(p, pool, then));
          return JSON.stringify([
            pool,
            scored,
            channelForecast(
              scored.flatMap((s) => s.forecastParts),
              pool,
              then,
            ),
          ]);
        };
        const truth = run((d) => d);
        expect(run((d) => (d.createdMs > then.asOfMs ? null : cut(d)))).toBe(truth);
        expect(run((d) => (d.createdMs > then.asOfMs ? { ...d, amount: 1 } : future(d)))).toBe(
          truth,
        );
      }),
      { numRuns: 6 },
    ));
  it('pages, orders and names change nothing but names [P21, P23, P29]', () =>
    fc.assert(
      fc.property(seeds, (seed) => {
        const r = random(seed);
        const partners = world(seed, 10);
        const deals = partners.flatMap((p) => p.deals);
        const fit = startPool(context);
        for (const deal of deals.map((d) => ({ d, k: r() })).sort((a, b) => a.k - b.k))
          addDeal(fit, deal.d);
        const pool = poolOf(partners, context);
        expect(JSON.stringify(finishPool(fit))).toBe(JSON.stringify(pool));
        const parts = partners.flatMap((p) => scorePartner(p, pool, context).forecastParts);
        expect(JSON.stringify(channelForecast([...parts].reverse(), pool, context))).toBe(
          JSON.stringify(channelForecast(parts, pool, context)),
        );
        const renamed = partners.map((p) => ({
          ...p,
          id: `z${999 - Number(p.id.slice(1))}`,
          deals: p.deals.map((d) => ({ ...d, partnerId: `z${999 - Number(p.id.slice(1))}` })),
        }));
        expect(JSON.stringify(poolOf(renamed, context))).toBe(JSON.stringify(pool));
        expect(scoreOf(renamed[0]!, pool).score).toBe(scoreOf(partners[0]!, pool).score);
        const cut = Math.floor(deals.length / 3);
        const pages = [deals.slice(cut), deals.slice(0, cut)].flatMap(
          (page) =>
            scoreDirectDeals(
              page.map((d) => ({ ...d, partnerId: null })),
              pool,
              context,
            ).forecastParts,
        );
        const whole = scoreDirectDeals(
          deals.map((d) => ({ ...d, partnerId: null })),
          pool,
          context,
        ).forecastParts;
        expect(JSON.stringify(channelForecast(pages, pool, context))).toBe(
          JSON.stringify(channelForecast(whole, pool, context)),
        );
      }),
      { numRuns: 5 },
    ));
});

describe('small data and scale', () => {
  const history = (won: number, lost: number): PartnerFacts =>
    partnerOf(
      'h',
      Array.from({ length: won + lost }, (_, i) =>
        dealOf(
          `h${i}`,
          AS_OF - (200 + 3 * i) * DAY_MS,
          [
            [10, 'Qualified'],
            [60, i < won ? 'Closed Won' : 'Closed Lost'],
          ],
          { partnerId: 'h' },
        ),
      ),
    );
  const rate = (
    won: number,
    lost: number,
    pool: PoolModel,
  ): { value: number; low: number; high: number } => {
    const { rate: value, low, high } = viewOf(history(won, lost), pool, context).effect;
    return { value, low, high };
  };
  const pool = poolOf(world(7), context);
  it('starts at the pool with the widest band and ends at the own rate [P26]', () => {
    const none = rate(0, 0, pool);
    expect(none.value).toBeCloseTo(pool.cohort.rate, 9);
    let width = none.high - none.low;
    for (const n of [1, 2, 4, 8, 16, 32]) {
      const here = rate(3 * n, 7 * n, pool);
      expect(here.high - here.low).toBeLessThan(width);
      width = here.high - here.low;
    }
    expect(rate(90, 210, pool).value).toBeCloseTo(0.3, 1.5);
  });
  it('shrinks towards the pool, and one of one does not outrank forty of sixty [P27]', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), (won, lost) => {
        fc.pre(won + lost > 0);
        const { value } = rate(won, lost, pool);
        expect(Math.abs(value - pool.cohort.rate)).toBeLessThanOrEqual(
          Math.abs(won / (won + lost) - pool.cohort.rate) + 1e-9,
        );
      }),
      { numRuns: 40 },
    );
    expect(rate(1, 0, pool).low).toBeLessThan(rate(40, 20, pool).low);
    expect(BAND_Z).toBeCloseTo(1.28155, 5);
  });
  it('is the same in any currency [P28]', () =>
    fc.assert(
      fc.property(seeds, fc.double({ min: 0.003, max: 400, noNaN: true }), (seed, factor) => {
        const partners = world(seed, 8);
        const scaled = partners.map((p) => ({
          ...p,
          plans: p.plans.map((plan) => ({
            ...plan,
            targets: plan.targets.map((t) => ({ ...t, goal: t.goal * factor })),
          })),
          deals: p.deals.map((d) => ({
            ...d,
            amount: d.amount! * factor,
            events: d.events.map((e) => ({ ...e, amount: e.amount! * factor })),
          })),
        }));
        const [a, b] = [poolOf(partners, context), poolOf(scaled, context)];
        partners.forEach((p, i) => {
          const [one, other] = [scorePartner(p, a, context), scorePartner(scaled[i]!, b, context)];
          expect(Math.abs(other.partner.score - one.partner.score)).toBeLessThanOrEqual(0.1 + 1e-9);
          expect(other.deals.map((d) => d.probability)).toEqual(
            one.deals.map((d) => d.probability),
          );
          expect(
            Math.abs(other.partner.forecast.mean - factor * one.partner.forecast.mean),
          ).toBeLessThanOrEqual(1e-6 * Math.abs(factor * one.partner.forecast.mean));
          expect(
            Math.abs(other.partner.forecast.p50 - factor * one.partner.forecast.p50),
          ).toBeLessThanOrEqual(1e-3 * factor * (1 + one.partner.forecast.p90));
        });
      }),
      { numRuns: 5 },
    ));
  it('a partner without deals changes nobody; one more partner only through the pool [P30]', () =>
    fc.assert(
      fc.property(seeds, (seed) => {
        const partners = world(seed, 16);
        const [others, extra] = [partners.slice(0, 15), partners[15]!];
        const before = poolOf(others, context);
        expect(JSON.stringify(poolOf([...others, partnerOf('empty', [])], context))).toBe(
          JSON.stringify(before),
        );
        const after = poolOf([...others, extra], context);
        const shift = others.map((p) =>
          Math.abs(scoreOf(p, after).score - scoreOf(p, before).score),
        );
        expect(shift.reduce((a, b) => a + b, 0) / shift.length).toBeLessThanOrEqual(100 / 15);
      }),
      { numRuns: 4 },
    ));
});

describe('explanations', () => {
  it('add up to what is shown, without empty lines [P34]', () =>
    check(({ partner, pool }) => {
      const scored = scorePartner(partner, pool, context);
      const tenth = (x: number): number => Math.round(x * 10);
      const sum = (rs: { points: number }[]): number => rs.reduce((a, r) => a + tenth(r.points), 0);
      expect(tenth(scored.partner.base) + sum(scored.partner.reasons)).toBe(
        tenth(scored.partner.score),
      );
      for (const d of scored.deals)
        expect(tenth(d.base) + sum(d.reasons)).toBe(tenth(100 * d.probability));
      for (const r of [...scored.partner.reasons, ...scored.deals.flatMap((d) => d.reasons)]) {
        expect(r.points).not.toBe(0);
        expect(r.text.length).toBeGreaterThan(20);
      }
    }));
  it('have an honest sign: a partner that converts better gets more points for it [P35]', () =>
    check(({ partner, pool }) => {
      const points = (p: PartnerFacts, code: string): number =>
        scorePartner(p, pool, context).partner.reasons.find((r) => r.code === code)?.points ?? 0;
      const better = withDeals(partner, [
        ...partner.deals,
        ...Array.from({ length: 6 }, (_, i) =>
          dealOf(
            `old${i}`,
            AS_OF - (700 + i) * DAY_MS,
            [
              [20, 'Qualified'],
              [60, 'Closed Won'],
            ],
            { partnerId: partner.id },
          ),
        ),
      ]);
      expect(points(better, 'conversion')).toBeGreaterThanOrEqual(
        points(partner, 'conversion') - 0.1,
      );
      // The record tells twice: by what a partner of its size reaches, and by what it brings now.
      const record = (p: PartnerFacts): number => scoreOf(p, pool).base + points(p, 'arrivals');
      expect(record(better)).toBeGreaterThanOrEqual(record(partner) - 0.5);
      const effect = viewOf(partner, pool, context).effect.effect;
      const shown = points(partner, 'conversion');
      if (shown !== 0) expect(Math.sign(shown)).toBe(Math.sign(effect));
    }));
});
