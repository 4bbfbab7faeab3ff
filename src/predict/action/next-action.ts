import { silentDays, type DealState } from '../deal/deal-at.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { liveDeals } from '../win/phantom.ts';
import type { PartnerView } from '../plan/view.ts';
import { dayEnd } from '../math/calendar.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { NextAction, PlanHealth } from '../../model/score.ts';
import type { HealthSigns } from '../win/deal-health.ts';
import { count, lasting, money, roughly } from '../score/words.ts';

interface Rule<T> {
  rule: string;
  when(given: T): boolean;
  text(given: T): string;
}

/** The first rule that holds, worded; null when none does. */
const firstOf = <T>(rules: readonly Rule<T>[], given: T): NextAction | null => {
  const found = rules.find((r) => r.when(given));
  return found ? { rule: found.rule, text: found.text(given) } : null;
};

interface DealGiven {
  state: DealState;
  signs: HealthSigns;
  context: MeasureContext;
}

/** In order of urgency. Texts state what was seen, not an effect that was never measured. */
const DEAL_RULES: readonly Rule<DealGiven>[] = [
  {
    rule: 'close-or-revive',
    when: ({ state, signs, context }) => signs.stalled && state.ageDays > context.horizonDays,
    text: ({ state, signs }) =>
      `Close as lost or revive: open for ${lasting(state.ageDays)}, silent for ${lasting(signs.silent)}.`,
  },
  {
    rule: 'contact',
    when: ({ signs }) => signs.stalled,
    text: ({ signs }) => `Get in touch: nothing has moved for ${lasting(signs.silent)}.`,
  },
  {
    rule: 'redate',
    when: ({ signs }) => signs.overdue,
    text: ({ state }) =>
      `Set a real close date with the buyer: ${state.closeDate!.slice(0, 10)} has passed.`,
  },
  {
    rule: 'unblock',
    when: ({ signs }) => signs.slow,
    text: ({ state }) =>
      `Ask what blocks it: ${lasting(state.stageDays)} in this stage, which four in five deals leave sooner.`,
  },
  {
    rule: 'requalify',
    when: ({ signs }) => signs.pushed,
    text: ({ state }) =>
      `Confirm the buyer's timing: close date pushed ${count(state.pushesInStage, 'time')} in this stage.`,
  },
  {
    rule: 'verify',
    when: ({ state }) => state.verifiedMs === null && state.ageDays >= 3,
    text: () => 'Hold the first meeting with the buyer: nothing but the registration is on record.',
  },
];

export const dealAction = (
  state: DealState,
  signs: HealthSigns,
  context: MeasureContext,
): NextAction | null => firstOf(DEAL_RULES, { state, signs, context });

interface PartnerGiven {
  view: PartnerView;
  health: PlanHealth;
  context: MeasureContext;
  pool: PoolModel;
  stalled: DealState[];
  lateMilestone: string | null;
  vendorMilestone: string | null;
  phantoms: number;
}

const largest = (states: readonly DealState[]): DealState =>
  states.reduce((a, b) =>
    (b.amount ?? 0) > (a.amount ?? 0) || ((b.amount ?? 0) === (a.amount ?? 0) && b.id < a.id)
      ? b
      : a,
  );
const outcomePace = (health: PlanHealth): number | null =>
  health.parts.find((p) => p.metric === 'won_amount')?.pace ?? null;

const PARTNER_RULES: readonly Rule<PartnerGiven>[] = [
  {
    rule: 'vendor-milestone',
    when: ({ vendorMilestone }) => vendorMilestone !== null,
    text: ({ vendorMilestone }) =>
      `Keep our own promise first: "${vendorMilestone}" is overdue on our side.`,
  },
  {
    rule: 'revive-largest',
    when: ({ stalled }) => stalled.length > 0,
    text: ({ stalled, context }) =>
      `Revive "${largest(stalled).deal.name.slice(0, 80)}" (${money(largest(stalled).amount ?? 0, context.reportingCurrency)}): silent for ${lasting(silentDays(largest(stalled), context.asOfMs))}${stalled.length > 1 ? `, and ${stalled.length - 1} more likewise` : ''}.`,
  },
  {
    rule: 'milestone',
    when: ({ lateMilestone }) => lateMilestone !== null,
    text: ({ lateMilestone }) => `Agree a new date for "${lateMilestone}", which is overdue.`,
  },
  {
    rule: 'build-pipeline',
    when: ({ health }) => (outcomePace(health) ?? 1) < 0.8,
    text: ({ health }) =>
      `Build pipeline together: won amount is at ${roughly(outcomePace(health)!)} of the pace that its plan needs.`,
  },
  {
    rule: 'clean-up',
    when: ({ phantoms }) => phantoms >= 3,
    text: ({ phantoms }) =>
      `Close ${phantoms} silent deals that should have moved long ago; they count for nothing.`,
  },
  {
    rule: 'first-deal',
    when: ({ view }) => view.states.length === 0,
    text: () => 'Find the first deal together: none is on record yet.',
  },
  {
    rule: 'agree-plan',
    when: ({ view }) => view.plan === null,
    text: () => 'Agree a joint plan with an outcome target: there is none in force.',
  },
];

/** The most useful next step with a partner. */
export function partnerAction(
  view: PartnerView,
  health: PlanHealth,
  pool: PoolModel,
  context: MeasureContext,
): NextAction | null {
  const late = (side: 'partner' | 'vendor'): string | null =>
    view.plan?.plan.milestones
      .filter(
        (m) =>
          m.side === side &&
          m.doneOn === null &&
          (dayEnd(m.dueOn, context.timeZone) ?? Infinity) <= context.asOfMs,
      )
      .sort((a, b) =>
        a.dueOn! < b.dueOn! ? -1 : a.dueOn! > b.dueOn! ? 1 : a.id < b.id ? -1 : 1,
      )[0]
      ?.label.slice(0, 80) ?? null;
  const live = liveDeals(view.states, pool, context);
  const open = view.states.filter((s) => s.outcome === 'open').length;
  const stalled = live.filter((s) => silentDays(s, context.asOfMs) > context.staleDays);
  return firstOf(PARTNER_RULES, {
    view,
    health,
    context,
    pool,
    stalled,
    lateMilestone: late('partner'),
    vendorMilestone: late('vendor'),
    phantoms: open - live.length,
  });
}
