import { say } from '../../model/language/say.ts';
import { speechOf } from '../math/speech.ts';
import type { MeasureContext, TargetFacts } from '../../model/facts.ts';
import type { TargetRule } from '../../model/metric-shape.ts';
import { METRICS, TARGET_METRICS, targetRule, type TargetMetricId } from '../../model/metrics.ts';
import { agreedMetrics, promisedMetric, type PromisedMetric } from '../../model/own-kpi.ts';
import { casesOf, sameSale } from '../deal/cases.ts';
import { isWin, type DealState } from '../deal/deal-at.ts';
import { wonBetween } from '../deal/won.ts';
import { exactValue } from '../math/exact-sum.ts';
import { medianOf } from '../math/numeric.ts';
import { HOUR_MS } from '../math/time.ts';
import { certificatesInForce } from './certificates.ts';
import { plain, unknown, type FactView, type Measures } from './kpi.ts';
import { noneDue } from './none-due.ts';
import { ownKpiOf, ownMeasure } from './own.ts';

/**
 * [fromMs, toMs), up to the context's moment; `above` = least amount of a deal that counts, where
 * the target says so.
 */
interface Span {
  fromMs: number;
  toMs: number;
  above: number;
}
/** Null = a rate of which no case has fallen due. */
type Count = (view: FactView, span: Span, context: MeasureContext) => number | null;

const within = (ms: number | null, { fromMs, toMs }: Span, asOfMs: number): boolean =>
  ms !== null && ms >= fromMs && ms < toMs && ms <= asOfMs;

/** A sales engineer by the role's words; the side says whose. */
const SALES_ENGINEER =
  /\b(?:sales|solutions?|systems?|presales|pre-sales)\W*(?:engineer|consultant|architect)|\bse\b|\bpre-?sales\b/i;
const hasSalesEngineer = (state: DealState, asOfMs: number): boolean =>
  (state.deal.team ?? []).some(
    (member) =>
      member.side !== 'partner' &&
      member.sinceMs <= asOfMs &&
      SALES_ENGINEER.test(member.role ?? ''),
  );

const COUNTED: Readonly<Record<TargetMetricId, Count>> = {
  won_amount: (view, { fromMs, toMs }) => exactValue(wonBetween(view.states, fromMs, toMs)),
  won_deals: (view, span, { asOfMs }) =>
    casesOf(
      view.states.filter((s) => isWin(s) && within(s.closedMs, span, asOfMs)),
      sameSale,
    ).length,
  registrations: (view, span, { asOfMs }) => {
    const filed = view.partner.registrations.filter(
      (r) => r.kind !== 'lead' && within(r.submittedMs, span, asOfMs),
    ).length;
    return filed > 0
      ? filed
      : view.states.filter((s) => within(s.registeredMs, span, asOfMs)).length;
  },
  verified_deals: (view, span, { asOfMs }) =>
    view.states.filter((s) => within(s.verifiedMs, span, asOfMs)).length,
  joint_meetings: (view, span, { asOfMs }) =>
    view.states
      .flatMap((s) => s.deal.activities)
      .filter((a) => a.kind === 'meeting' && a.by !== 'partner' && within(a.atMs, span, asOfMs))
      .length,
  certified_people: ({ partner }, _span, context) =>
    certificatesInForce(partner.certifications, context).length,
  decision_hours: (view, span, { asOfMs }) =>
    medianOf(
      view.partner.registrations
        .filter((r) => r.kind !== 'lead' && within(r.submittedMs, span, asOfMs))
        .map((r) => (Math.min(r.decidedMs ?? asOfMs, asOfMs) - r.submittedMs) / HOUR_MS)
        .map((hours) => Math.max(0, hours)),
    ),
  sales_engineer_share: (view, span, { asOfMs }) => {
    const due = view.states.filter(
      (s) => within(s.createdMs, span, asOfMs) && (s.amount ?? 0) >= span.above,
    );
    return due.length === 0
      ? null
      : due.filter((s) => hasSalesEngineer(s, asOfMs)).length / due.length;
  },
};

const REFUSED = /reject|declin|refus|expir|denied/i;

/**
 * Registrations that our side has decided for, or whose deal it has proven: what a plan may be met
 * by. One that is dated later than its deal was there with the deal.
 */
function confirmed(view: FactView, span: Span, { asOfMs }: MeasureContext): number {
  const byId = new Map(view.states.map((s) => [s.id, s]));
  const filed = view.partner.registrations.filter((r) => r.submittedMs <= asOfMs);
  if (filed.length === 0) {
    const registered = view.states.filter(
      ({ provenMs, registeredMs, createdMs }) =>
        provenMs !== null &&
        registeredMs !== null &&
        within(Math.min(registeredMs, createdMs), span, asOfMs),
    );
    return casesOf(registered, sameSale).length;
  }
  return filed.filter((r) => {
    const deal = r.dealId === null ? undefined : byId.get(r.dealId);
    const decided = r.decidedMs !== null && r.decidedMs <= asOfMs;
    const atMs = Math.min(r.submittedMs, deal?.createdMs ?? Infinity);
    return (
      within(atMs, span, asOfMs) &&
      !REFUSED.test(r.status ?? '') &&
      (decided || (deal !== undefined && deal.provenMs !== null))
    );
  }).length;
}

/** Told by the wins on record: nobody's own figure stands against them. */
const ON_RECORD: ReadonlySet<TargetMetricId> = new Set(['won_amount', 'won_deals']);

/** Counted from what is proven, where authors are known. */
const PROVABLE: Partial<Record<TargetMetricId, Count>> = {
  verified_deals: (view, span, { asOfMs }) =>
    casesOf(
      view.states.filter((s) => within(s.provenMs, span, asOfMs)),
      sameSale,
    ).length,
  registrations: confirmed,
  joint_meetings: (view, span, { asOfMs }) =>
    view.states
      .flatMap((s) => s.deal.activities)
      .filter((a) => a.kind === 'meeting' && a.by === 'vendor' && within(a.atMs, span, asOfMs))
      .length,
};

/** Our own side decides on what the partner registers, whoever is known to have moved deals. */
const decides = (view: FactView, asOfMs: number): boolean =>
  view.partner.registrations.some((r) => r.decidedMs !== null && r.decidedMs <= asOfMs);

/**
 * How much a figure of ours is worth: `sure` stands against anybody's own; `claimed` is what nobody
 * is known to have done where no author is, so that entering rows would raise it.
 */
function standingOf(
  metric: TargetMetricId,
  view: FactView,
  { asOfMs }: MeasureContext,
): { sure: Count | null; claimed: boolean } {
  if (ON_RECORD.has(metric)) return { sure: COUNTED[metric], claimed: false };
  const provable = PROVABLE[metric] ?? null;
  const told = view.attests || (metric === 'registrations' && decides(view, asOfMs));
  return { sure: told ? provable : null, claimed: provable !== null && !told };
}

/** What has become of a target so far. */
export interface Counted {
  /** Null = its words mean nothing that we know. */
  metric: PromisedMetric | null;
  /** Null, and then `why` says what is missing or that no case has fallen due. */
  actual: number | null;
  why: string | null;
  /** Counted, and of no case: nothing is missing for a figure, and nothing is owed yet. */
  noneDue?: true;
  /** Of what nobody is known to have done: shown, and no health is made of it. */
  claimed?: boolean;
}

const feeds = (feed: TargetRule['feed'], context: MeasureContext): boolean =>
  context.feeds === undefined || context.feeds.has(feed);
const isBuiltIn = (id: string): id is TargetMetricId => Object.hasOwn(COUNTED, id);

/**
 * A target measured in [fromMs, toMs) up to the context's moment: from what is proven where it can
 * be, else by the CRM's own figure where it gives one, else counted by us.
 */
export function countTarget(
  target: TargetFacts,
  view: FactView,
  fromMs: number,
  toMs: number,
  context: MeasureContext,
): Counted {
  const metric = promisedMetric(target.metric, agreedMetrics(target, context.ownKpis));
  const span = { fromMs, toMs, above: target.above ?? 0 };
  const fed = metric !== null && feeds(metric.rule.feed, context);
  if (fed && isBuiltIn(metric.id)) {
    const { sure, claimed } = standingOf(metric.id, view, context);
    if (sure) return { metric, actual: sure(view, span, context), why: null };
    if (claimed && target.side === 'partner') {
      const actual = target.actual ?? COUNTED[metric.id](view, span, context);
      return { metric, actual, why: say(speechOf(context), 'why.noAuthors'), claimed };
    }
  }
  if (target.actual !== null) return { metric, actual: target.actual, why: null };
  if (metric === null)
    return {
      metric,
      actual: null,
      why: say(speechOf(context), 'why.noMetric', { metric: target.metric }),
    };
  if (!fed) {
    const feed = `entities.${metric.rule.feed}`;
    return { metric, actual: null, why: say(speechOf(context), 'why.noFigure', { feed }) };
  }
  const actual = isBuiltIn(metric.id)
    ? COUNTED[metric.id](view, span, context)
    : ownMeasure(target.definition ?? ownKpiOf(metric.id, context)!, view, fromMs, toMs, context)
        .value;
  return actual === null
    ? { metric, actual, why: noneDue(metric.id, span, context), noneDue: true }
    : { metric, actual, why: null };
}

/** A metric counted in [fromMs, toMs) up to the context's moment. */
export const counted = (
  metric: TargetMetricId,
  view: FactView,
  fromMs: number,
  toMs: number,
  context: MeasureContext,
): number | null => COUNTED[metric](view, { fromMs, toMs, above: 0 }, context);

/** What can be promised, as a metric of the current period. */
export const countedMeasures: Measures<FactView> = Object.fromEntries(
  TARGET_METRICS.map((metric) => [
    metric,
    (view: FactView, context: MeasureContext) => {
      const { startMs, endMs } = context.period;
      if (!feeds(targetRule(metric).feed, context))
        return unknown(
          say(speechOf(context), 'why.noFeed', { feed: `entities.${targetRule(metric).feed}` }),
        );
      const value = counted(metric, view, startMs, endMs, context);
      return value === null
        ? unknown(noneDue(metric, { fromMs: startMs }, context))
        : plain(value, METRICS[metric].unit === 'count' ? value : view.states.length);
    },
  ]),
);
