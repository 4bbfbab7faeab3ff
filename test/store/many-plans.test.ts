import { expect, it } from 'vitest';
import { D1_VALUE_BYTES } from '../../src/store/d1.ts';
import { keepPlans, type KeptPlan } from '../../src/store/keep-plans.ts';
import { latestTerms } from '../../src/store/plan-revisions.ts';
import type { Store } from '../../src/store/store.ts';
import { openMemory } from './open.ts';

const PLANS = 10_000;
const METRICS = ['won_amount', 'won_count', 'win_rate', 'qualified_leads', 'joint_meetings'];
/** Fewer than a call of a Worker may make, with room for the rest of it. */
const MOST_CALLS = 200;

const plan = (n: number, goal: number): KeptPlan => ({
  partnerId: `a${n}`,
  plan: {
    id: `plan-${n}`,
    name: `Joint plan ${n}`,
    startOn: '2026-01-01',
    endOn: '2026-12-31',
    status: 'active',
    targets: METRICS.map((metric) => ({
      id: `plan-${n}/${metric}`,
      side: 'partner',
      metric,
      goal,
      weight: 1,
      label: metric,
      actual: null,
    })),
    milestones: [],
  },
});

/** Calls of a database over the network, and the longest value that any of them carried. */
function metered(store: Store): { calls: number; longest: number } {
  const meter = { calls: 0, longest: 0 };
  const { read, batch } = store;
  const weigh = (params: unknown[]): void => {
    for (const one of params)
      if (typeof one === 'string') meter.longest = Math.max(meter.longest, one.length);
  };
  store.read = async (query) => {
    meter.calls++;
    weigh(query.params);
    return await read(query);
  };
  store.batch = async (statements, durable) => {
    meter.calls++;
    for (const statement of statements) weigh(statement.toSQL().params);
    await batch(statements, durable);
  };
  return meter;
}

it('fifty thousand targets are kept, compared and kept again in few calls, each of a size that D1 takes', async () => {
  const store = openMemory();
  const meter = metered(store);
  const by = { by: 'Dana', why: null, approved: true };
  const kept = Array.from({ length: PLANS }, (_, n) => plan(n, 5));
  expect(await keepPlans(store, 'c', kept, by, 1)).toEqual({ revised: PLANS });
  const ids = kept.map((one) => one.plan.id);
  const terms = await latestTerms(store, 'c', ids);
  expect(terms.size).toBe(PLANS);
  expect([...terms.values()].flatMap(({ targets }) => targets)).toHaveLength(50_000);
  // One plan of them all changes.
  const changed = kept.map((one, n) => (n === 7 ? plan(7, 6) : one));
  expect(await keepPlans(store, 'c', changed, by, 2)).toEqual({ revised: 1 });
  const after = await latestTerms(store, 'c', ['plan-7', 'plan-8']);
  expect([...after].map(([id, { targets }]) => [id, targets[0]!.goal])).toEqual([
    ['plan-7', 6],
    ['plan-8', 5],
  ]);
  expect(meter.calls).toBeLessThan(MOST_CALLS);
  expect(3 * meter.longest).toBeLessThan(D1_VALUE_BYTES);
  store.close();
});
