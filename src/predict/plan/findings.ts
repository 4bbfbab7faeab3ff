import type { MeasureContext, PlanFacts } from '../../model/facts.ts';
import type { Speech } from '../../model/language/languages.ts';
import { say } from '../../model/language/say.ts';
import { metricOfWords, TARGET_METRICS } from '../../model/metrics.ts';
import { agreedMetrics, promisedMetric } from '../../model/own-kpi.ts';
import { nearMetric } from '../../model/near-metric.ts';
import { MAX_PLAN_PARTS, tooLarge, type PlanFinding } from '../../model/plan.ts';
import { dayEnd, dayStart } from '../math/calendar.ts';
import { speechOf } from '../math/speech.ts';
import { WEIGHT_SLACK } from '../tuning.ts';
import { agreedPlan } from './agreed.ts';
import { OUTCOME_METRIC, plansAgreed } from './period.ts';
import { planStanding } from './standing.ts';
import type { ActivePlan } from './view.ts';

/** Something about one plan, as a person should know it. */
export type PlanNote = Omit<PlanFinding, 'line' | 'column'> & { planId: string };

/** A list of all metrics is no text of a CRM field. */
const CURE_ROOM = 1000;

type Rule = (
  plan: PlanFacts,
  /** The partner's plans that count or will, the one that was there first before the others. */
  agreed: readonly ActivePlan[],
  context: MeasureContext,
  speech: Speech,
) => Note[];
type Note = Omit<PlanNote, 'planId'>;

const note = (
  severity: PlanFinding['severity'],
  code: string,
  message: string,
  cure: string | null,
): Note => ({ severity, code, message, cure });

const overlaps = (a: PlanFacts, b: PlanFacts): boolean =>
  a.startOn.slice(0, 10) <= b.endOn.slice(0, 10) && b.startOn.slice(0, 10) <= a.endOn.slice(0, 10);

/** The metrics that there are, and how the plan's own word for one is mapped. */
function metricCure(word: string, speech: Speech): string {
  const near = nearMetric(word);
  const known = TARGET_METRICS.join(', ');
  const example = `metric: { field: …, map: { "${word}": won_amount } }`;
  const cure = say(speech, 'plan.metric.cure', { known, example }, CURE_ROOM);
  return near === null ? cure : `${say(speech, 'plan.metric.near', { near })} ${cure}`;
}

/** Every rule about a plan, each with what is said when it is broken. */
const RULES: readonly Rule[] = [
  function days(plan, _agreed, { timeZone }, speech) {
    const [start, end] = [dayStart(plan.startOn, timeZone), dayEnd(plan.endOn, timeZone)];
    if (start !== null && end !== null && end > start) return [];
    return [
      note(
        'error',
        'ENDS_BEFORE',
        say(speech, 'plan.endsBefore', { start: plan.startOn, end: plan.endOn }),
        say(speech, 'plan.endsBefore.cure'),
      ),
    ];
  },
  function size(plan, _agreed, _context, speech) {
    if (!tooLarge(plan)) return [];
    return [
      note(
        'error',
        'TOO_LARGE',
        say(speech, 'plan.tooLarge', { n: plan.targets.length + plan.milestones.length }),
        say(speech, 'plan.tooLarge.cure', { most: MAX_PLAN_PARTS }),
      ),
    ];
  },
  function standing(plan, _agreed, _context, speech) {
    const stands = planStanding(plan.status);
    if (stands === 'agreed') return [];
    return [
      note(
        'warning',
        stands === 'draft' ? 'DRAFT' : 'REJECTED',
        say(speech, 'plan.status', { status: plan.status ?? '' }),
        stands === 'draft' ? say(speech, 'plan.draft.cure') : null,
      ),
    ];
  },
  function overlapping(plan, agreed, _context, speech) {
    if (planStanding(plan.status) !== 'agreed') return [];
    const first = agreed.find((one) => one.plan.id === plan.id || overlaps(plan, one.plan));
    if (first === undefined || first.plan.id === plan.id) return [];
    return [
      note(
        'warning',
        'OVERLAP',
        say(speech, 'plan.overlaps', { plan: first.plan.name }),
        say(speech, 'plan.overlaps.cure'),
      ),
    ];
  },
  function targets(plan, _agreed, context, speech) {
    if (plan.targets.length === 0)
      return [
        note(
          'warning',
          'NO_TARGET',
          say(speech, 'plan.noTarget'),
          say(speech, 'plan.noTarget.cure'),
        ),
      ];
    return plan.targets.flatMap((target) => {
      const metric = promisedMetric(target.metric, agreedMetrics(target, context.ownKpis));
      if (metric === null) {
        if (target.actual !== null) return [];
        return [
          note(
            'error',
            'UNKNOWN_METRIC',
            say(speech, 'plan.metric', { target: target.label, metric: target.metric }),
            metricCure(target.metric, speech),
          ),
        ];
      }
      if (target.goal <= 0 && metric.rule.direction === 'up')
        return [
          note(
            'warning',
            'ZERO_GOAL',
            say(speech, 'plan.zeroGoal', { target: target.label, goal: target.goal }),
            say(speech, 'plan.zeroGoal.cure'),
          ),
        ];
      return [];
    });
  },
  function outcome(plan, _agreed, _context, speech) {
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
        say(speech, 'plan.noOutcome'),
        say(speech, 'plan.noOutcome.cure', { metric: OUTCOME_METRIC }),
      ),
    ];
  },
  function weights(plan, _agreed, _context, speech) {
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
          say(speech, `plan.weights.${side}`, { sum }),
          say(speech, 'plan.weights.cure'),
        ),
      ];
    });
  },
  function review(plan, _agreed, { asOfMs, timeZone }, speech) {
    const due = dayStart(plan.reviewOn ?? null, timeZone);
    const over = dayEnd(plan.endOn, timeZone);
    if (due === null || due > asOfMs || (over !== null && over <= asOfMs)) return [];
    return [
      note(
        'warning',
        'REVIEW_DUE',
        say(speech, 'plan.review', { day: plan.reviewOn! }),
        'headwater plan review',
      ),
    ];
  },
  function proposal(plan, _agreed, { asOfMs, timeZone }, speech) {
    const { proposed, revision } = agreedPlan(plan, asOfMs, timeZone);
    if (proposed === null) return [];
    return [
      note(
        'warning',
        'NOT_APPROVED',
        say(speech, 'plan.proposed', {
          proposed: String(proposed.revision),
          revision: String(revision),
        }),
        `headwater plan approve ${plan.id} --revision ${proposed.revision} --by "…"`,
      ),
    ];
  },
];

/** What is to be said of one partner's plans, in the order of plans and rules. */
export function planNotes(plans: readonly PlanFacts[], context: MeasureContext): PlanNote[] {
  const speech = speechOf(context);
  const agreed = plansAgreed(plans, context);
  return plans.flatMap((plan) =>
    RULES.flatMap((rule) =>
      rule(plan, agreed, context, speech).map((one) => ({ planId: plan.id, ...one })),
    ),
  );
}
