import { canonicalJson, contentHash } from '../../model/canonical.ts';
import type { MilestoneFacts, PlanFacts, TargetFacts } from '../../model/facts.ts';
import { TARGET_METRICS } from '../../model/metrics.ts';
import { nearMetric } from '../../model/near-metric.ts';
import { firstGuesses, nearest } from '../../model/nearest.ts';
import { ownId, promisedMetric, type OwnKpis } from '../../model/own-kpi.ts';
import type { TargetRule } from '../../model/metric-shape.ts';
import { timesIn } from '../../model/goal-rate.ts';
import { tooLarge, type PlanFinding } from '../../model/plan.ts';
import { partnerFault, partnerIndex, type NamedPartner } from '../partner-index.ts';
import { lineOfTarget, type LocatedPlan } from './located.ts';
import { isDay, planPeriod, type PlanPeriod } from './periods.ts';

export interface PlanSettings {
  fiscalYearStartMonth: number;
  /** Periods that the company lists by name, such as those of a 4-4-5 calendar. */
  periods: readonly PlanPeriod[];
  /** Metrics of the company's own, by name. */
  ownKpis?: OwnKpis;
}

/** A plan that may be kept: its partner found, its days known, its metrics ours. */
export interface BuiltPlan {
  /** Account that deals name as partner. */
  partnerId: string;
  partnerName: string;
  plan: PlanFacts;
  /** Where it stands in what was read, from 1. */
  line: number;
}

export interface BuiltPlans {
  plans: BuiltPlan[];
  findings: PlanFinding[];
}

/**
 * Turns what people wrote into plans that may be kept. A plan with an error is left out whole, and
 * named.
 */
export function buildPlans(
  input: readonly LocatedPlan[],
  partners: readonly NamedPartner[],
  settings: PlanSettings,
): BuiltPlans {
  const find = partnerIndex(partners);
  const names = partners.map((partner) => partner.name);
  const findings: PlanFinding[] = [];
  const plans: BuiltPlan[] = [];
  const seen = new Map<string, number>();
  const own = Object.keys(settings.ownKpis ?? {}).map(ownId);
  const nearPartner = firstGuesses((words) => nearest(words, names));
  const near = firstGuesses((words) => nearMetric(words, own));
  for (const one of input) {
    // Whoever read it has said so.
    if (tooLarge(one)) continue;
    const faults = [
      ...partnerFaults(one, find, nearPartner),
      ...periodFaults(one, settings),
      ...targetFaults(one, settings, near),
    ];
    findings.push(...faults);
    if (faults.some((fault) => fault.severity === 'error')) continue;
    const built = build(one, find(one.partner)[0]!, daysOf(one, settings)!, settings.ownKpis);
    const before = seen.get(built.plan.id);
    if (before !== undefined) {
      findings.push(
        fault(
          one,
          'TWICE',
          `the same plan of ${built.partnerName} is in the file twice, first at line ${before}`,
          'Merge the two, or give each a name.',
        ),
      );
      continue;
    }
    seen.set(built.plan.id, one.line);
    plans.push(built);
  }
  return { plans, findings };
}

type Near = (words: string) => string | null;

const fault = (
  plan: LocatedPlan,
  code: string,
  message: string,
  cure: string | null,
  severity: PlanFinding['severity'] = 'error',
): PlanFinding => ({ severity, code, message, cure, line: plan.line, column: null });

function partnerFaults(
  plan: LocatedPlan,
  find: (words: string) => NamedPartner[],
  near: Near,
): PlanFinding[] {
  const found = partnerFault(plan.partner, find(plan.partner), near);
  return found === null ? [] : [fault(plan, found.code, found.message, found.cure)];
}

function daysOf(plan: LocatedPlan, settings: PlanSettings): PlanPeriod | null {
  if (plan.start !== undefined && plan.end !== undefined)
    return isDay(plan.start) && isDay(plan.end)
      ? { label: `${plan.start} to ${plan.end}`, startOn: plan.start, endOn: plan.end }
      : null;
  return plan.period === undefined
    ? null
    : planPeriod(plan.period, settings.fiscalYearStartMonth, settings.periods);
}

/** Why a plan has no first and last day. */
function withoutDays({ partner, start, end, period }: LocatedPlan): string {
  if (start !== undefined && end !== undefined)
    return `"${isDay(start) ? end : start}" is no day of the calendar`;
  if (period !== undefined) return `"${period}" is no period`;
  if (start !== undefined) return `the plan of ${partner} begins on ${start} and has no last day`;
  if (end !== undefined) return `the plan of ${partner} ends on ${end} and has no first day`;
  return `the plan of ${partner} has no period`;
}

function periodFaults(plan: LocatedPlan, settings: PlanSettings): PlanFinding[] {
  const days = daysOf(plan, settings);
  if (days === null)
    return [
      fault(
        plan,
        'PERIOD',
        withoutDays(plan),
        'Write 2026, FY2027, 2026 Q4, H1 2026, Jul 2026, or two days: 2026-07-01..2026-12-31.',
      ),
    ];
  if (days.endOn < days.startOn)
    return [
      fault(
        plan,
        'ENDS_BEFORE',
        `the plan of ${plan.partner} ends on ${days.endOn}, before it begins on ${days.startOn}`,
        'Exchange the two days.',
      ),
    ];
  return [];
}

function targetFaults(plan: LocatedPlan, settings: PlanSettings, near: Near): PlanFinding[] {
  const own = settings.ownKpis;
  const found: PlanFinding[] = [];
  const at = (index: number, one: PlanFinding): PlanFinding => ({
    ...one,
    line: lineOfTarget(plan, index),
    target: index,
  });
  for (const [index, target] of plan.targets.entries()) {
    const metric = promisedMetric(target.metric, own);
    if (metric !== null) {
      if (timesOf(target, metric.rule.accrual, daysOf(plan, settings)) !== null) continue;
      const words = `"${target.metric}" does not add up over time, so that a goal for each ${target.per} says nothing`;
      found.push(at(index, fault(plan, 'GOAL_PER', words, 'Give the goal for the whole period.')));
      continue;
    }
    const ids = [...TARGET_METRICS, ...Object.keys(own ?? {}).map(ownId)];
    const meant = near(target.metric);
    found.push(
      at(
        index,
        fault(
          plan,
          'UNKNOWN_METRIC',
          `"${target.metric}" is no metric that a plan can promise`,
          `${meant === null ? '' : `Did you mean ${meant}? `}Known: ${ids.join(', ')}.`,
        ),
      ),
    );
  }
  const keys = plan.targets.map(
    (target) => `${target.side} ${promisedMetric(target.metric, own)?.id} ${target.above ?? 0}`,
  );
  const seen = new Set<string>();
  const again = keys.findIndex((key) => seen.size === seen.add(key).size);
  if (again >= 0 && found.length === 0)
    found.push(
      at(
        again,
        fault(
          plan,
          'TARGET_TWICE',
          `the plan of ${plan.partner} names ${keys[again]!.split(' ')[1]} twice for one side`,
          'Keep one of the two.',
        ),
      ),
    );
  if (plan.targets.length === 0)
    found.push(
      fault(
        plan,
        'NO_TARGET',
        `the plan of ${plan.partner} has no target`,
        'Add one: without a target nothing can be measured.',
        'warning',
      ),
    );
  return found;
}

/**
 * How many times a target's goal counts in the period. What holds at any moment of it, as hours to
 * decide, is the same every month. Null = of something that neither adds up nor is such a rate.
 */
function timesOf(
  { per }: LocatedPlan['targets'][number],
  accrual: TargetRule['accrual'],
  days: PlanPeriod | null,
): number | null {
  if (per === undefined || accrual === 'rate' || days === null) return 1;
  const times = timesIn(per, days.startOn, days.endOn);
  return accrual === 'flow' || times === 1 ? times : null;
}

/** Of the whole period, to the cent, also where it was agreed for each month of it. */
const goalOf = (
  target: LocatedPlan['targets'][number],
  { accrual }: TargetRule,
  days: PlanPeriod,
): number => {
  const times = timesOf(target, accrual, days) ?? 1;
  return times === 1 ? target.goal : Math.round(100 * target.goal * times) / 100;
};

const idOf = (...parts: readonly unknown[]): string =>
  contentHash(canonicalJson(parts)).slice(0, 16);

function build(
  input: LocatedPlan,
  partner: NamedPartner,
  days: PlanPeriod,
  own?: OwnKpis,
): BuiltPlan {
  const partnerId = partner.accountId ?? partner.id;
  const id = `plan-${idOf(partnerId, days.startOn, days.endOn, input.name ?? '')}`;
  const targets = input.targets.map((target): TargetFacts => {
    const metric = promisedMetric(target.metric, own)!;
    return {
      id: `${id}-${idOf(target.side, metric.id, target.above ?? 0)}`,
      side: target.side,
      metric: metric.id,
      goal: goalOf(target, metric.rule, days),
      weight: target.weight ?? 1,
      actual: null,
      label: target.label ?? metric.label.replace(/ this period$/, ''),
      above: target.above ?? null,
    };
  });
  const milestones = input.milestones.map(
    (one): MilestoneFacts => ({
      id: `${id}-${idOf('milestone', one.side, one.label)}`,
      label: one.label,
      side: one.side,
      dueOn: one.due ?? null,
      doneOn: one.done ?? null,
    }),
  );
  return {
    partnerId,
    partnerName: partner.name,
    line: input.line,
    plan: {
      id,
      name: input.name ?? `Joint plan ${days.label}`,
      startOn: days.startOn,
      endOn: days.endOn,
      status: input.status ?? null,
      ownerId: input.owner ?? null,
      partnerOwner: input.partnerOwner ?? null,
      reviewOn: input.review ?? null,
      targets,
      milestones,
    },
  };
}
