import { describe, expect, it } from 'vitest';
import { quarterPlan } from '../../src/predict/index.ts';
import { planGoals } from '../../src/store/plan-goals.ts';
import { partners, partnerScores } from '../../src/store/schema.ts';
import { openMemory } from './open.ts';

const row = { connectionId: 'lab', object: 'Account', stampMs: 1, seenMs: 1, deleted: 0 };
const QUARTER = { startMs: 100, endMs: 200 };

describe('the plan of a quarter', () => {
  it('counts the share of each goal that falls into it, and the plan of an account once', async () => {
    const store = openMemory();
    const plan = { kind: 'plan-target', fromMs: 0, dueMs: 400, goal: 1000 };
    for (const [id, accountId, event] of [
      ['a', null, plan],
      ['b', 'acc', { ...plan, fromMs: 150, dueMs: 250, goal: 60 }],
      ['c', 'acc', { ...plan, fromMs: 150, dueMs: 250, goal: 60 }],
      ['d', null, { ...plan, fromMs: 300, goal: 7 }],
      ['e', null, { ...plan, kind: 'repeat', goal: 9 }],
    ] as const) {
      await store.db.insert(partners).values({ ...row, id, name: id, accountId });
      await store.db.insert(partnerScores).values({
        ...{ connectionId: 'lab', runId: 'r', object: 'Account', partnerId: id, asOfMs: 1 },
        ...{ score: 1, low: 1, high: 1, evidence: 1, model: 'm' },
        detail: JSON.stringify({ event, expectedAttainment: 0.5 }),
      });
    }
    const place = { rowsId: 'lab', resultsId: 'lab' };
    // A quarter of 1,000, half of 60, and nothing of what begins later.
    expect(quarterPlan(await planGoals(store, place, 'r'), QUARTER)).toEqual({
      ...{ partners: 3, goal: 1067, expected: 533.5, inQuarter: 280 },
    });
    expect(quarterPlan(await planGoals(store, place, 'other'), QUARTER)).toBeNull();
    store.close();
  });
});
