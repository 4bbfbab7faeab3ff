import { describe, expect, it } from 'vitest';
import type { Waterfall } from '../../../src/model/change.ts';
import type { PartnerFacts, PlanFacts, PlanRevisionFacts } from '../../../src/model/facts.ts';
import { scorePartner } from '../../../src/predict/index.ts';
import { DAY_MS, WEEK_MS } from '../../../src/predict/math/time.ts';
import { partnerChange, type Moment } from '../../../src/predict/record/change.ts';
import { addWaterfalls } from '../../../src/predict/record/waterfall.ts';
import { factsKnownBy, plansKnownBy } from '../../../src/predict/record/known-by.ts';
import {
  AS_OF,
  contextAt,
  dealOf,
  partnerOf,
  planOf,
  poolOf,
  random,
  world,
} from '../../properties/world.ts';

const cents = (value: number): number => Math.round(100 * value);
const sum = (values: number[]): number => values.reduce((a, b) => a + cents(b), 0);

function addsUp({ before, after, steps }: Waterfall): void {
  if (before === null || after === null) return expect(steps).toEqual([]);
  expect(sum(steps.map((step) => step.amount))).toBe(cents(after) - cents(before));
  for (const { amount, by } of steps)
    if (by.length > 0) expect(sum(by.map((one) => one.amount))).toBe(cents(amount));
}

/** The ends are what the runs say by themselves. */
function tellsTheSame(
  partner: PartnerFacts,
  then: Moment,
  now: Moment,
  { score, health, forecast }: { score: Waterfall; health: Waterfall; forecast: Waterfall },
): void {
  const [was, is] = [then, now].map(({ pool, context }) => scorePartner(partner, pool, context));
  expect(cents(score.after!)).toBe(cents(is!.partner.score));
  expect(cents(health.after ?? 0)).toBe(cents(is!.partner.planHealth.health ?? 0));
  const said = was!.partner.forecast.mean;
  if (forecast.before !== null)
    expect(Math.abs(forecast.before - said)).toBeLessThan(0.005 + 1e-6 * said);
}

const revision = (
  n: number,
  atMs: number,
  goal: number,
  approvedMs: number | null,
): PlanRevisionFacts => {
  const { name, startOn, endOn, targets } = planOf(goal);
  const terms = { name, startOn, endOn, status: 'Active', ownerId: null, partnerOwner: null };
  return {
    ...{ revision: n, atMs, by: null, why: null, approvedMs },
    terms: { ...terms, targets: targets.map(({ actual: _, ...one }) => one), milestones: [] },
  };
};

/** A plan that is revised at random, and sometimes approved. */
const revised = (seed: number, goal: number): PlanFacts => {
  const r = random(seed);
  const revisions = [revision(1, AS_OF - 400 * DAY_MS, goal, null)];
  for (let n = 2; n <= 6; n++) {
    const atMs = AS_OF - r() * 120 * DAY_MS;
    const approved = r() < 0.6 ? atMs + r() * 10 * DAY_MS : null;
    revisions.push(revision(n, atMs, Math.round(goal * (0.4 + r())), approved));
  }
  revisions.sort((a, b) => a.atMs - b.atMs);
  return planOf(goal, { revisions: revisions.map((one, i) => ({ ...one, revision: i + 1 })) });
};

const withPlans = (seed: number): PartnerFacts[] =>
  world(seed, 3).map((partner, i) => ({
    ...partner,
    deals: partner.deals.filter((_, k) => k % 8 === 0),
    plans: i === 1 ? [] : [revised(100 * seed + i, 300_000 / (1 + i))],
  }));

const momentAt = (partners: readonly PartnerFacts[], asOfMs: number): Moment => {
  const context = contextAt(asOfMs);
  return { context, pool: poolOf(partners, context) };
};

describe('why a number changed', () => {
  it('adds up to the cent in 100 generated weeks, whatever happened in them', () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 10; seed++) {
      const partners = withPlans(seed);
      let then = momentAt(partners, AS_OF - 15 * WEEK_MS);
      for (let week = 1; week <= 10; week++) {
        const now = momentAt(partners, AS_OF - (15 - week) * WEEK_MS);
        const partner = partners[week % 3]!;
        const { score, health, forecast, borrowed } = partnerChange(partner, then, now);
        for (const one of [score, health, forecast, addWaterfalls(forecast, borrowed)]) {
          addsUp(one);
          for (const { cause } of one.steps) seen.add(cause);
        }
        if (week % 5 === 0) tellsTheSame(partner, then, now, { score, health, forecast });
        then = now;
      }
    }
    expect([...seen].sort()).toEqual(['facts', 'model', 'plan', 'time']);
  });

  it('cuts the facts at a moment so that nothing at that moment changes', () => {
    for (const seed of [3, 4]) {
      const partners = withPlans(seed);
      const { pool, context } = momentAt(partners, AS_OF - 50 * DAY_MS);
      for (const partner of partners) {
        const cut = factsKnownBy(partner, context.asOfMs, context.timeZone);
        cut.plans = plansKnownBy(cut.plans, context.asOfMs);
        expect(JSON.stringify(scorePartner(cut, pool, context))).toBe(
          JSON.stringify(scorePartner(partner, pool, context)),
        );
      }
    }
  });
});

describe('each cause in its place', () => {
  const partners = world(6, 6);
  const [was, is] = [AS_OF - 7 * DAY_MS, AS_OF];
  const then = momentAt(partners, was);
  const sameModel: Moment = {
    context: contextAt(is),
    pool: { ...then.pool, asOfMs: is },
  };
  const quiet = partnerOf(
    'q',
    [
      dealOf('q1', AS_OF - 60 * DAY_MS, [[10, 'Qualified']]),
      dealOf('q2', AS_OF - 200 * DAY_MS, [[30, 'Closed Won']]),
      dealOf('q3', AS_OF - 90 * DAY_MS, [[40, 'Closed Won']]),
    ],
    [planOf(400_000)],
  );
  const causes = (one: Waterfall): string[] => one.steps.map(({ cause }) => cause);

  it('is time alone where nothing happened, and the model alone at one moment', () => {
    const week = partnerChange(quiet, then, sameModel);
    expect(causes(week.score).filter((cause) => cause !== 'time')).toEqual([]);
    expect(causes(week.forecast)).toEqual(['time']);
    const pool = { ...then.pool, level: { ...then.pool.level, open: 1.2 } };
    const refit = partnerChange(quiet, then, { ...then, pool });
    expect(causes(refit.forecast)).toEqual(['model']);
    expect(refit.health.steps).toEqual([]);
  });

  it('is a fact where a deal was won, with the deal', () => {
    const won = partnerOf('q', [
      dealOf('q1', AS_OF - 60 * DAY_MS, [
        [10, 'Qualified'],
        [57, 'Closed Won'],
      ]),
      quiet.deals.find(({ id }) => id === 'q2')!,
    ]);
    const { forecast } = partnerChange(won, then, sameModel);
    const facts = forecast.steps.find(({ cause }) => cause === 'facts')!;
    const win = facts.by.find(({ cause }) => cause === 'won')!;
    expect(win.deals.map(({ dealId }) => dealId)).toEqual(['q1']);
    expect(win.amount).toBeGreaterThan(0);
  });

  it('is the plan where a lower goal was approved, and nothing where nobody approved it', () => {
    const lower = (approvedMs: number | null): PartnerFacts => ({
      ...quiet,
      plans: [
        planOf(400_000, {
          revisions: [
            revision(1, AS_OF - 300 * DAY_MS, 400_000, null),
            revision(2, AS_OF - 3 * DAY_MS, 20_000, approvedMs),
          ],
        }),
      ],
    });
    const approved = partnerChange(lower(AS_OF - 2 * DAY_MS), then, sameModel);
    expect(causes(approved.score)).toContain('plan');
    expect(causes(approved.health)).toContain('plan');
    expect(causes(partnerChange(lower(null), then, sameModel).health)).not.toContain('plan');
  });

  it('tells what came in late from what time did', () => {
    const said = { then: { score: 30, health: 50 }, now: { score: 31, health: 50 } };
    const { score } = partnerChange(quiet, then, sameModel, said);
    const plain = partnerChange(quiet, then, sameModel).score;
    const time = (one: Waterfall) => one.steps.find(({ cause }) => cause === 'time')?.amount ?? 0;
    expect([score.before, score.after]).toEqual([30, 31]);
    expect(time(score)).toBeCloseTo(time(plain), 6);
    addsUp(score);
  });
});
