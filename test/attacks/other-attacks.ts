/** Attacks on plans, and by portal use. */
import type { PlanFacts } from '../../src/model/facts.ts';
import { DAY_MS } from '../../src/predict/math/time.ts';
import type { Attack } from './attack.ts';
import { replanned, scaledTargets, withPlans, type Kit } from './edits.ts';
import { agreedPlan, remembered } from './world.ts';

const easier = (kit: Kit, id: string, status: string, goal: number): PlanFacts => {
  const plan = { ...agreedPlan(id, goal, 1), name: 'Second plan', startOn: '2026-07-02', status };
  return {
    ...plan,
    revisions: [remembered(plan, 1, kit.context.asOfMs - 10 * DAY_MS)],
  };
};

/** A target that was low from the day it was agreed on. */
const lowFromTheStart = (plan: PlanFacts): PlanFacts => {
  const low = { ...plan, targets: scaledTargets(plan, 0.3) };
  return { ...low, revisions: [remembered(low, 1, plan.revisions![0]!.atMs)] };
};

export const OTHER_ATTACKS: readonly Attack[] = [
  {
    name: 'plan: target lowered to 30% within the period',
    needsPlan: true,
    apply: (p, kit) =>
      withPlans(p, (plan) => replanned(plan, kit, { targets: scaledTargets(plan, 0.3) })),
  },
  {
    name: 'plan: target low from the start',
    needsPlan: true,
    rule: 'visible',
    apply: (p) => withPlans(p, lowFromTheStart),
  },
  {
    name: 'plan: a second one in draft with a small target',
    needsPlan: true,
    apply: (p, kit) => ({
      ...p,
      plans: [...p.plans, easier(kit, `${p.id}-draft`, 'Draft', 5000)],
    }),
  },
  {
    name: 'plan: a second one in force with a small target',
    needsPlan: true,
    apply: (p, kit) => ({
      ...p,
      plans: [...p.plans, easier(kit, `${p.id}-active`, 'Active', 5000)],
    }),
  },
  {
    name: 'plan: put back to draft, with a small one instead',
    needsPlan: true,
    apply: (p, kit) => ({
      ...p,
      plans: [
        ...p.plans.map((plan) => replanned(plan, kit, { status: 'Draft' })),
        easier(kit, `${p.id}-instead`, 'Active', 5000),
      ],
    }),
  },
  {
    name: 'plan: the figure reached written by hand',
    needsPlan: true,
    apply: (p, kit) =>
      withPlans(p, (plan) =>
        replanned(plan, kit, { targets: plan.targets.map((t) => ({ ...t, actual: t.goal * 3 })) }),
      ),
  },
  {
    name: 'plan: another period and a lower target',
    needsPlan: true,
    apply: (p, kit) =>
      withPlans(p, (plan) =>
        replanned(plan, kit, {
          startOn: '2025-01-01',
          endOn: '2027-06-30',
          targets: scaledTargets(plan, 0.5),
        }),
      ),
  },
  {
    name: 'portal: two thousand logins',
    apply: (p, kit) => ({
      ...p,
      signals: Array.from({ length: 2000 }, (_, i) => ({
        kind: 'login',
        atMs: kit.context.asOfMs - (1 + (i % 60)) * DAY_MS,
        knownMs: kit.context.asOfMs - (1 + (i % 60)) * DAY_MS,
        value: 1,
        n: 1,
      })),
    }),
  },
  {
    name: 'portal: sixty certificates',
    apply: (p) => ({
      ...p,
      certifications: Array.from({ length: 60 }, (_, i) => ({
        name: `certificate ${i}`,
        issuedOn: '2026-10-01',
        expiresOn: null,
      })),
    }),
  },
];
