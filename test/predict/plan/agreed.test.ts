import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanFacts, PlanRevisionFacts, PlanTerms } from '../../../src/model/facts.ts';
import { agreedPlan } from '../../../src/predict/plan/agreed.ts';
import { activePlan } from '../../../src/predict/plan/period.ts';
import { contextAt } from '../../properties/world.ts';

const START = Date.parse('2026-07-01T00:00:00Z');
const DAY = 86_400_000;
const terms = (goal: number, status: string | null = 'active'): PlanTerms => ({
  name: 'Plan',
  startOn: '2026-07-01',
  endOn: '2026-12-31',
  status,
  ownerId: null,
  partnerOwner: null,
  targets: [{ id: 't', side: 'partner', metric: 'won_amount', goal, weight: 1, label: 'Won' }],
  milestones: [],
});
const revision = (
  n: number,
  day: number,
  goal: number,
  over: Partial<PlanRevisionFacts> & { status?: string } = {},
): PlanRevisionFacts => ({
  revision: n,
  atMs: START + day * DAY,
  by: null,
  why: null,
  approvedMs: null,
  terms: terms(goal, over.status ?? 'active'),
  ...over,
});
const plan = (goal: number, revisions: PlanRevisionFacts[], id = 'p'): PlanFacts => ({
  id,
  ...terms(goal, revisions.at(-1)?.terms.status ?? 'active'),
  targets: [
    {
      id: 't',
      side: 'partner',
      metric: 'won_amount',
      goal,
      weight: 1,
      actual: null,
      label: 'Won',
    },
  ],
  milestones: [],
  revisions,
});
const goalAt = (facts: PlanFacts, day: number): number =>
  agreedPlan(facts, START + day * DAY, 'UTC').plan.targets[0]!.goal;

describe('the agreed plan', () => {
  it('keeps the goal with which its period began when the goal is lowered later', () => {
    const facts = plan(30, [revision(1, -10, 100), revision(2, 40, 30)]);
    expect(goalAt(facts, 50)).toBe(100);
    expect(agreedPlan(facts, START + 50 * DAY, 'UTC').proposed?.revision).toBe(2);
  });

  it('takes a change made before the period as agreed', () => {
    expect(goalAt(plan(80, [revision(1, -30, 100), revision(2, -3, 80)]), 1)).toBe(80);
  });

  it('takes an approved change from its approval on, and not before', () => {
    const facts = plan(60, [
      revision(1, -10, 100),
      revision(2, 20, 60, { approvedMs: START + 30 * DAY }),
    ]);
    expect(goalAt(facts, 25)).toBe(100);
    expect(goalAt(facts, 30)).toBe(60);
  });

  it('is put back to draft by nobody alone: it ends when that was approved', () => {
    const drafted = (approvedMs: number | null): string | null => {
      const later = revision(2, 40, 100, { status: 'draft', approvedMs });
      return agreedPlan(plan(100, [revision(1, -10, 100), later]), START + 50 * DAY, 'UTC').plan
        .status;
    };
    expect([drafted(null), drafted(START + 60 * DAY), drafted(START + 45 * DAY)]).toEqual([
      ...['active', 'active', 'draft'],
    ]);
  });

  it('is the first that both sides stood behind, not the draft before it', () => {
    const facts = plan(100, [
      revision(1, 5, 10, { status: 'Draft', terms: terms(10, 'Draft') }),
      revision(2, 12, 100),
    ]);
    expect(goalAt(facts, 20)).toBe(100);
    expect(agreedPlan(facts, START + 20 * DAY, 'UTC').proposed).toBeNull();
  });

  it('is not changed at any moment by what comes after that moment', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -40, max: 150 }), fc.integer({ min: 1, max: 9 })), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.integer({ min: -40, max: 150 }),
        (changes, day) => {
          const all = [...changes]
            .sort((a, b) => a[0] - b[0])
            .map(([at, goal], i) => revision(i + 1, at, goal * 10));
          const past = all.filter((one) => one.atMs <= START + day * DAY);
          if (past.length === 0) return;
          expect(goalAt(plan(1, all), day)).toBe(goalAt(plan(1, past), day));
        },
      ),
    );
  });
});

describe('the plan in force', () => {
  const context = contextAt(START + 60 * DAY);
  it('is none that is a draft or was rejected', () => {
    for (const status of ['Draft', 'Rejected', 'in_review']) {
      const facts = plan(10, [revision(1, -10, 10, { terms: terms(10, status) })]);
      expect(activePlan([{ ...facts, status }], context)).toBeNull();
    }
  });

  it('is the one that was there first when two overlap', () => {
    const old = plan(100, [revision(1, -10, 100)], 'b');
    const added = plan(5, [revision(1, 30, 5)], 'a');
    expect(activePlan([added, old], context)?.plan.id).toBe('b');
  });
});
