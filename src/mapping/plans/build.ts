import { canonicalJson, contentHash } from '../../model/canonical.ts';
import type { MilestoneFacts, PlanFacts, TargetFacts } from '../../model/facts.ts';
import { METRICS, TARGET_METRICS } from '../../model/metrics.ts';
import { nearest } from '../../model/nearest.ts';
import { ownId, promisedMetric, type OwnKpis } from '../../model/own-kpi.ts';
import type { PlanFinding, PlanInput } from '../../model/plan.ts';
import { partnerFault, partnerIndex, type NamedPartner } from '../partner-index.ts';
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

type Located = PlanInput & { line: number };

/**
 * Turns what people wrote into plans that may be kept. A plan with an error is left out whole, and
 * named.
 */
export function buildPlans(
  input: readonly Located[],
  partners: readonly NamedPartner[],
  settings: PlanSettings,
): BuiltPlans {
  const find = partnerIndex(partners);
  const names = partners.map((partner) => partner.name);
  const findings: PlanFinding[] = [];
  const plans: BuiltPlan[] = [];
  const seen = new Map<string, number>();
  for (const one of input) {
    const faults = [
      ...partnerFaults(one, find, names),
      ...periodFaults(one, settings),
      ...targetFaults(one, settings.ownKpis),
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

const fault = (
  plan: Located,
  code: string,
  message: string,
  cure: string | null,
  severity: PlanFinding['severity'] = 'error',
): PlanFinding => ({ severity, code, message, cure, line: plan.line, column: null });

function partnerFaults(
  plan: Located,
  find: (words: string) => NamedPartner[],
  names: readonly string[],
): PlanFinding[] {
  const found = partnerFault(plan.partner, find(plan.partner), (words) => nearest(words, names));
  return found === null ? [] : [fault(plan, found.code, found.message, found.cure)];
}

function daysOf(plan: Located, settings: PlanSettings): PlanPeriod | null {
  if (plan.start !== undefined && plan.end !== undefined)
    return isDay(plan.start) && isDay(plan.end)
      ? { label: `${plan.start} to ${plan.end}`, startOn: plan.start, endOn: plan.end }
      : null;
  return plan.period === undefined
    ? null
    : planPeriod(plan.period, settings.fiscalYearStartMonth, settings.periods);
}

function periodFaults(plan: Located, settings: PlanSettings): PlanFinding[] {
  const days = daysOf(plan, settings);
  if (days === null)
    return [
      fault(
        plan,
        'PERIOD',
        plan.period === undefined
          ? `the plan of ${plan.partner} has no period`
          : `"${plan.period}" is no period`,
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

function targetFaults(plan: Located, own?: OwnKpis): PlanFinding[] {
  const found: PlanFinding[] = [];
  for (const target of plan.targets) {
    if (promisedMetric(target.metric, own) !== null) continue;
    const ids = [...TARGET_METRICS, ...Object.keys(own ?? {}).map(ownId)];
    const near = nearest(target.metric, [...ids, ...TARGET_METRICS.map((id) => METRICS[id].label)]);
    found.push(
      fault(
        plan,
        'UNKNOWN_METRIC',
        `"${target.metric}" is no metric that a plan can promise`,
        `${near === null ? '' : `Did you mean ${near}? `}Known: ${ids.join(', ')}.`,
      ),
    );
  }
  const keys = plan.targets.map(
    (target) => `${target.side} ${promisedMetric(target.metric, own)?.id} ${target.above ?? 0}`,
  );
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined && found.length === 0)
    found.push(
      fault(
        plan,
        'TARGET_TWICE',
        `the plan of ${plan.partner} names ${twice.split(' ')[1]} twice for one side`,
        'Keep one of the two.',
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

const idOf = (...parts: readonly unknown[]): string =>
  contentHash(canonicalJson(parts)).slice(0, 16);

function build(input: Located, partner: NamedPartner, days: PlanPeriod, own?: OwnKpis): BuiltPlan {
  const partnerId = partner.accountId ?? partner.id;
  const id = `plan-${idOf(partnerId, days.startOn, days.endOn, input.name ?? '')}`;
  const targets = input.targets.map((target): TargetFacts => {
    const metric = promisedMetric(target.metric, own)!;
    return {
      id: `${id}-${idOf(target.side, metric.id, target.above ?? 0)}`,
      side: target.side,
      metric: metric.id,
      goal: target.goal,
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
