import { expect, it } from 'vitest';
import type { PlanFacts } from '../../src/model/facts.ts';
import { ownKpis } from '../../src/model/own-kpi.ts';
import { agreedPlan, scorePartner } from '../../src/predict/index.ts';
import { DAY_MS } from '../../src/predict/math/time.ts';
import { allPlans, keepPlans } from '../../src/store/keep-plans.ts';
import { notePlanPage } from '../../src/store/plan-revisions.ts';
import { changedTerms } from '../../src/sync/measure/plan-diff.ts';
import { AS_OF, contextAt, dealOf, partnerOf, planOf, poolOf, world } from '../properties/world.ts';
import { openMemory } from './open.ts';

const demos = (where: object[]) =>
  ownKpis.parse({
    demos: { label: 'Demos', doc: 'ours', unit: 'count', of: 'deal', measure: 'count', where },
  });
const EVERY = demos([]);
const CLOUD = demos([{ field: 'product', op: 'eq', value: 'Cloud' }]);
const target = (metric: string, id: string) => ({
  ...planOf(100).targets[0]!,
  ...{ id, metric, goal: 4, label: metric },
});
/** By its id, and by what people call it. */
const PLAN: PlanFacts = planOf(100, {
  targets: [...planOf(100).targets, target('own.demos', 'by-id'), target('Demos', 'by-label')],
});
const PARTNER = partnerOf(
  'x',
  ['Cloud', 'Edge', 'Edge'].map((product, n) =>
    dealOf(`d${n}`, AS_OF - 30 * DAY_MS, [], { partnerId: 'x', product }),
  ),
);

it('a plan is measured by the metric as it was defined when it was agreed, whatever the mapping says later', async () => {
  const store = openMemory();
  const by = { by: 'Dana', why: null, approved: true };
  const early = AS_OF - 90 * DAY_MS;
  await keepPlans(store, 'c', [{ partnerId: 'x', plan: PLAN }], by, early, EVERY);
  // The mapping is changed, and the next run looks at the plans; once more changes nothing.
  for (const [days, revised] of [
    [60, 1],
    [30, 0],
  ] as const)
    expect(await notePlanPage(store, 'c', '', AS_OF - days * DAY_MS, CLOUD)).toMatchObject({
      revised,
    });
  const [kept] = (await allPlans(store, 'c')).get('x')!;
  const { revision, proposed } = agreedPlan(kept!, AS_OF, 'UTC');
  expect([revision, proposed?.revision]).toEqual([1, 2]);
  const [first, second] = kept!.revisions!;
  expect(changedTerms(first!.terms, second!.terms).map(({ what }) => what)).toEqual([
    'own.demos: definition',
    'Demos: definition',
  ]);

  const context = contextAt(AS_OF, { ownKpis: CLOUD });
  const pool = poolOf(world(3, 6), context);
  const counted = (plan: PlanFacts): (number | null)[] =>
    scorePartner({ ...PARTNER, plans: [plan] }, pool, context)
      .partner.planHealth.parts.filter(({ label }) => label !== PLAN.targets[0]!.label)
      .map(({ actual }) => actual);
  expect(counted(kept!)).toEqual([3, 3]);
  // One that is named by its label keeps its id, also once the mapping has it no more.
  for (const own of [CLOUD, {}]) {
    const { planHealth } = scorePartner(
      { ...PARTNER, plans: [kept!] },
      pool,
      contextAt(AS_OF, { ownKpis: own }),
    ).partner;
    const ids = planHealth.parts.map(({ metric }) => metric);
    expect(ids.sort()).toEqual(['own.demos', 'own.demos', 'won_amount']);
  }
  // Without a memory there is only the present definition.
  expect(counted({ ...kept!, revisions: [] })).toEqual([1, 1]);
  store.close();
});
