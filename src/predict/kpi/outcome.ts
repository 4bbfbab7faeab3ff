import {
  BAND_Z,
  MIN_EVIDENCE,
  MIN_EXPECTED_SHARE,
  SD_LOG_PSEUDO_DEALS,
} from '../tuning.ts';
import { casesOf } from '../deal/cases.ts';
import { counted } from './counted.ts';
import { exactSum } from '../math/exact-sum.ts';
import { plain, unknown, type Kpi, type PartnerView } from './kpi.ts';
import { expectedShare } from '../plan/period.ts';
import { log } from '../../model/real-math.ts';

/** Amounts of won cases; parts of one case are one amount. */
const wonAmounts = (view: PartnerView): number[] =>
  casesOf(view.states.filter((s) => s.outcome === 'won'))
    .map((members) => exactSum(members.map((s) => s.amount ?? 0)))
    .filter((amount) => amount > 0);

/** What was won. */
export const outcome: Kpi[] = [
  {
    id: 'won_amount',
    family: 'outcome',
    unit: 'amount',
    label: 'Won this period',
    doc: 'Amount of deals that moved to a won stage in the current period.',
    measure: (view, _pool, context) =>
      plain(
        counted('won_amount', view, context.period.startMs, context.period.endMs, context),
        counted('won_deals', view, context.period.startMs, context.period.endMs, context)!,
      ),
  },
  {
    id: 'attainment',
    family: 'outcome',
    unit: 'share',
    label: 'Attainment',
    doc: 'Won since the start of the plan / its outcome target.',
    measure: (view, _pool, context) => {
      const plan = view.plan;
      if (!plan?.outcome || plan.outcome.goal <= 0)
        return unknown('no plan with an outcome target');
      return plain(
        counted('won_amount', view, plan.startMs, plan.endMs, context)! / plan.outcome.goal,
        counted('won_deals', view, plan.startMs, plan.endMs, context)!,
      );
    },
  },
  {
    id: 'attainment_pace',
    family: 'outcome',
    unit: 'ratio',
    label: 'Attainment pace',
    doc: 'Attainment / the share that the pool has usually won by this day of the period (deals are back-loaded, a straight line is wrong). 1 = on plan.',
    measure: (view, pool, context) => {
      const plan = view.plan;
      if (!plan?.outcome || plan.outcome.goal <= 0)
        return unknown('no plan with an outcome target');
      const expected = expectedShare(plan.startMs, plan.endMs, context, pool.periodCurve);
      if (expected < MIN_EXPECTED_SHARE) return unknown('too early in the plan to tell');
      return plain(
        counted('won_amount', view, plan.startMs, plan.endMs, context)! /
          plan.outcome.goal /
          expected,
        counted('won_deals', view, plan.startMs, plan.endMs, context)!,
      );
    },
  },
  {
    id: 'deal_value_consistency',
    family: 'outcome',
    unit: 'share',
    label: 'Deal value consistency',
    doc: '1 / (1 + s), s = sd of log won amount shrunk to the pool: s^2 = (nu s0^2 + (n - 1) s^2) / (nu + n - 1). The usual CV calls every tiny partner consistent.',
    measure: (view, pool) => {
      const amounts = wonAmounts(view);
      const n = amounts.length;
      if (n < MIN_EVIDENCE) return unknown('fewer than 3 won deals with an amount', n);
      const logs = amounts.map(log);
      const mean = exactSum(logs) / n;
      const nu = SD_LOG_PSEUDO_DEALS;
      const sd = Math.sqrt(
        (nu * pool.amounts.sdLog ** 2 + exactSum(logs.map((x) => (x - mean) ** 2))) / (nu + n - 1),
      );
      const error = sd / Math.sqrt(2 * (nu + n - 1));
      return {
        value: 1 / (1 + sd),
        low: 1 / (1 + sd + BAND_Z * error),
        high: 1 / (1 + Math.max(0, sd - BAND_Z * error)),
        evidence: n,
        note: null,
      };
    },
  },
  {
    id: 'concentration',
    family: 'outcome',
    unit: 'count',
    label: 'Effective number of wins',
    doc: 'n_eff = (sum a)^2 / sum a^2 of won amounts: how many equal deals the won amount is worth as evidence.',
    measure: (view) => {
      const amounts = wonAmounts(view);
      return amounts.length === 0
        ? unknown('no won amount')
        : plain(exactSum(amounts) ** 2 / exactSum(amounts.map((a) => a * a)), amounts.length);
    },
  },
];
