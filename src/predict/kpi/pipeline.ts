import { isPhantom, liveDeals } from '../win/phantom.ts';
import { winChance } from '../win/win-chance.ts';
import { MIN_EVIDENCE, STAY_DAYS_CAP } from '../tuning.ts';
import { dayStart } from '../math/calendar.ts';
import { counted } from './counted.ts';
import { exactSum } from '../math/exact-sum.ts';
import { plain, unknown, type Kpi, type PartnerView } from './kpi.ts';
import { durationQuantile } from '../math/survival.ts';
import { DAY_MS } from '../math/time.ts';

const amountWon = (view: PartnerView, context: Parameters<Kpi['measure']>[2]): number | null =>
  view.plan ? counted('won_amount', view, view.plan.startMs, view.plan.endMs, context) : null;

/** Whole days spent in every stage so far, ended or still running. */
function stageStays(
  view: PartnerView,
  asOfMs: number,
): { ended: number[]; running: number[]; count: number } {
  const days = (): number[] => new Array<number>(STAY_DAYS_CAP + 1).fill(0);
  const stays = { ended: days(), running: days(), count: 0 };
  for (const { deal, closedMs } of view.states) {
    let sinceMs = deal.createdMs;
    const known = deal.events.filter((e) => e.atMs <= (closedMs ?? asOfMs));
    known.forEach((event, i) => {
      const next = known[i + 1];
      if (i > 0 && event.stage !== known[i - 1]!.stage) sinceMs = event.atMs;
      if (next && next.stage === event.stage) return;
      if (!next && closedMs !== null) return; // The closing itself is no stay.
      const length = Math.min(
        STAY_DAYS_CAP,
        Math.max(0, Math.floor(((next?.atMs ?? asOfMs) - sinceMs) / DAY_MS)),
      );
      (next ? stays.ended : stays.running)[length]!++;
      stays.count++;
    });
  }
  return stays;
}

/** What is open and what it is worth. */
export const pipeline: Kpi[] = [
  {
    id: 'registrations',
    family: 'pipeline',
    unit: 'count',
    label: 'Registrations this period',
    doc: 'Registrations submitted in the current period (of deals registered, where the CRM holds no registration records). A count, not a merit.',
    measure: (view, _pool, context) => {
      const count = counted(
        'registrations',
        view,
        context.period.startMs,
        context.period.endMs,
        context,
      )!;
      return plain(count, count);
    },
  },
  {
    id: 'coverage',
    family: 'pipeline',
    unit: 'ratio',
    label: 'Pipeline coverage',
    doc: 'Open amount that claims to close by the end of the plan / (outcome target - won to date). Compare with required coverage.',
    measure: (view, pool, context) => {
      const goal = view.plan?.outcome?.goal;
      if (goal === undefined) return unknown('no plan with an outcome target');
      const left = goal - amountWon(view, context)!;
      if (left <= 0) return unknown('target already reached');
      const open = liveDeals(view.states, pool, context).filter(
        (s) => (dayStart(s.closeDate, context.timeZone) ?? Infinity) < view.plan!.endMs,
      );
      return plain(exactSum(open.map((s) => Math.max(0, s.amount ?? 0))) / left, open.length);
    },
  },
  {
    id: 'required_coverage',
    family: 'pipeline',
    unit: 'ratio',
    label: 'Required coverage',
    doc: '1 / the amount-weighted win chance of the open deals by the end of the period: what coverage this pipeline needs, in place of a rule of thumb.',
    measure: (view, pool, context) => {
      const open = liveDeals(view.states, pool, context).map((s) => ({
        amount: Math.max(0, s.amount ?? 0),
        p: winChance(s, pool, view.plan?.endMs ?? context.period.endMs, view.effect.effect).chance,
      }));
      const won = exactSum(open.map((o) => o.amount * o.p));
      return won > 0
        ? plain(exactSum(open.map((o) => o.amount)) / won, open.length)
        : unknown('no open amount', open.length);
    },
  },
  {
    id: 'active',
    family: 'pipeline',
    unit: 'count',
    label: 'Active',
    doc: '1 when a deal was created and verified, moved stage or was won within the trailing horizon, else 0. A log-in does not count.',
    measure: ({ states }, _pool, { asOfMs, horizonDays }) => {
      const fromMs = asOfMs - horizonDays * DAY_MS;
      const moved = states.filter(
        (s) =>
          (s.verifiedMs !== null && Math.max(s.verifiedMs, s.stageSinceMs) > fromMs) ||
          (s.outcome === 'won' && (s.closedMs ?? 0) > fromMs),
      ).length;
      return states.length === 0 ? unknown('no deal yet') : plain(moved > 0 ? 1 : 0, moved);
    },
  },
  {
    id: 'phantom_share',
    family: 'pipeline',
    unit: 'share',
    label: 'Phantom share',
    doc: 'Share of open deals silent beyond the stale limit and older than the horizon, or longer in their stage than nine in ten. They weigh nothing in score and forecast.',
    measure: ({ states }, pool, context) => {
      const open = states.filter((s) => s.outcome === 'open');
      return open.length === 0
        ? unknown('no open deal')
        : plain(open.filter((s) => isPhantom(s, pool, context)).length / open.length, open.length);
    },
  },
  {
    id: 'median_days_in_stage',
    family: 'pipeline',
    unit: 'days',
    label: 'Median days in a stage',
    doc: 'Kaplan-Meier median of stays in a stage, running ones censored: a mean of ended stays alone is too short.',
    measure: (view, _pool, { asOfMs }) => {
      const { ended, running, count } = stageStays(view, asOfMs);
      if (count < MIN_EVIDENCE) return unknown('fewer than 3 stays', count);
      const median = durationQuantile(ended, running, 0.5);
      return median === null
        ? unknown('half of the stays are not over yet', count)
        : plain(median, count);
    },
  },
];
