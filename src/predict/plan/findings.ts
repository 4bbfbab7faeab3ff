import type { MeasureContext, PlanFacts } from '../../model/facts.ts';
import { METRICS, metricOfWords, TARGET_METRICS, targetRule } from '../../model/metrics.ts';
import { nearest } from '../../model/nearest.ts';
import type { PlanFinding } from '../../model/plan.ts';
import { dayEnd, dayStart } from '../math/calendar.ts';
import { WEIGHT_SLACK } from '../tuning.ts';
import { agreedPlan } from './agreed.ts';
import { activePlan, OUTCOME_METRIC } from './period.ts';
import { planStanding } from './standing.ts';

/** Something about one plan, as a person should know it. */
export type PlanNote = Omit<PlanFinding, 'line' | 'column'> & { planId: string };

type Rule = (plan: PlanFacts, all: readonly PlanFacts[], context: MeasureContext) => Note[];
type Note = Omit<PlanNote, 'planId'>;

const note = (
  severity: PlanFinding['severity'],
  code: string,
  message: string,
  cure: string | null,
): Note => ({ severity, code, message, cure });

const overlaps = (a: PlanFacts, b: PlanFacts): boolean =>
  a.startOn.slice(0, 10) <= b.endOn.slice(0, 10) && b.startOn.slice(0, 10) <= a.endOn.slice(0, 10);

/** Every rule about a plan, each with what is said when it is broken. */
const RULES: readonly Rule[] = [
  function days(plan, _all, { timeZone }) {
    const [start, end] = [dayStart(plan.startOn, timeZone), dayEnd(plan.endOn, timeZone)];
    if (start !== null && end !== null && end > start) return [];
    return [
      note(
        'error',
        'ENDS_BEFORE',
        `ends on ${plan.endOn}, before it begins on ${plan.startOn}: it scores nothing`,
        'Correct the two days.',
      ),
    ];
  },
  function standing(plan) {
    const stands = planStanding(plan.status);
    if (stands === 'agreed') return [];
    return [
      note(
        'warning',
        stands === 'draft' ? 'DRAFT' : 'REJECTED',
        `is in status "${plan.status}" and scores nothing`,
        stands === 'draft' ? 'Agree it with the partner, and set its status.' : null,
      ),
    ];
  },
  function overlapping(plan, all, context) {
    if (planStanding(plan.status) !== 'agreed') return [];
    const others = all.filter(
      (other) =>
        other.id !== plan.id && planStanding(other.status) === 'agreed' && overlaps(plan, other),
    );
    const first = others.length === 0 ? null : activePlan([plan, ...others], context);
    if (first === null || first.plan.id === plan.id) return [];
    return [
      note(
        'warning',
        'OVERLAP',
        `overlaps "${first.plan.name}", which was there first: this one scores nothing meanwhile`,
        'End one of the two before the other begins.',
      ),
    ];
  },
  function targets(plan) {
    if (plan.targets.length === 0)
      return [
        note('warning', 'NO_TARGET', 'has no target: nothing of it can be measured', 'Add one.'),
      ];
    return plan.targets.flatMap((target) => {
      const metric = metricOfWords(target.metric);
      if (metric === null) {
        if (target.actual !== null) return [];
        const near = nearest(target.metric, [
          ...TARGET_METRICS,
          ...TARGET_METRICS.map((id) => METRICS[id].label),
        ]);
        return [
          note(
            'error',
            'UNKNOWN_METRIC',
            `"${target.label}" names "${target.metric}", which is no metric that can be counted`,
            `${near === null ? '' : `Did you mean ${near}? `}Known: ${TARGET_METRICS.join(', ')}. In the mapping: metric: { field: …, map: { "${target.metric}": won_amount } }.`,
          ),
        ];
      }
      if (target.goal <= 0 && targetRule(metric).direction === 'up')
        return [
          note(
            'warning',
            'ZERO_GOAL',
            `"${target.label}" has the goal ${target.goal}, which anything reaches`,
            'Set a goal above zero, or remove the target.',
          ),
        ];
      return [];
    });
  },
  function outcome(plan) {
    if (
      plan.targets.length === 0 ||
      plan.targets.some(
        (one) => one.side === 'partner' && metricOfWords(one.metric) === OUTCOME_METRIC,
      )
    )
      return [];
    return [
      note(
        'warning',
        'NO_OUTCOME',
        'promises no won amount: the score is the chance of the usual period instead',
        'Add a target for won_amount on the side of the partner.',
      ),
    ];
  },
  function weights(plan) {
    return (['partner', 'vendor'] as const).flatMap((side) => {
      const given = plan.targets.filter((one) => one.side === side).map((one) => one.weight);
      const sum = given.reduce((a, b) => a + b, 0);
      if (given.length < 2 || given.every((one) => one === given[0])) return [];
      const whole = plan.targets.reduce((a, b) => a + b.weight, 0);
      const near = (total: number): boolean =>
        Math.abs(total - 1) <= WEIGHT_SLACK || Math.abs(total - 100) <= 100 * WEIGHT_SLACK;
      if (near(sum) || near(whole)) return [];
      return [
        note(
          'warning',
          'WEIGHTS',
          `the weights on the side of the ${side} sum to ${Math.round(sum * 1000) / 1000}, neither 1 nor 100: they are taken as shares of their sum`,
          'Make them sum to 1.',
        ),
      ];
    });
  },
  function review(plan, _all, { asOfMs, timeZone }) {
    const due = dayStart(plan.reviewOn ?? null, timeZone);
    const over = dayEnd(plan.endOn, timeZone);
    if (due === null || due > asOfMs || (over !== null && over <= asOfMs)) return [];
    return [
      note(
        'warning',
        'REVIEW_DUE',
        `was to be reviewed by ${plan.reviewOn!.slice(0, 10)}`,
        'headwater plan review',
      ),
    ];
  },
  function proposal(plan, _all, { asOfMs, timeZone }) {
    const { proposed, revision } = agreedPlan(plan, asOfMs, timeZone);
    if (proposed === null) return [];
    return [
      note(
        'warning',
        'NOT_APPROVED',
        `was changed after its period began (revision ${proposed.revision}), which nobody has approved: revision ${revision} is scored`,
        `headwater plan approve ${plan.id} --revision ${proposed.revision} --by "…"`,
      ),
    ];
  },
];

/** What is to be said of one partner's plans, in the order of plans and rules. */
export const planNotes = (plans: readonly PlanFacts[], context: MeasureContext): PlanNote[] =>
  plans.flatMap((plan) =>
    RULES.flatMap((rule) => rule(plan, plans, context).map((one) => ({ planId: plan.id, ...one }))),
  );
