import { say } from '../../model/language/say.ts';
import { speechOf } from '../math/speech.ts';
import { log } from '../../model/real-math.ts';
import { counted } from '../kpi/counted.ts';
import { plain, unknown, type Measures } from '../kpi/kpi.ts';
import { wonAmounts } from '../kpi/outcome.ts';
import { exactSum } from '../math/exact-sum.ts';
import { BAND_Z, MIN_EVIDENCE, MIN_EXPECTED_SHARE, SD_LOG_PSEUDO_DEALS } from '../tuning.ts';
import { expectedShare } from './pace.ts';
import type { PartnerView } from './view.ts';

/** What was won beside what was promised and what is usual. */
export const attainment = {
  attainment: (view, context) => {
    const plan = view.plan;
    if (!plan?.outcome || plan.outcome.goal <= 0)
      return unknown(say(speechOf(context), 'why.noOutcome'));
    return plain(
      counted('won_amount', view, plan.startMs, plan.endMs, context)! / plan.outcome.goal,
      counted('won_deals', view, plan.startMs, plan.endMs, context)!,
    );
  },
  attainment_pace: (view, context) => {
    const plan = view.plan;
    if (!plan?.outcome || plan.outcome.goal <= 0)
      return unknown(say(speechOf(context), 'why.noOutcome'));
    const expected = expectedShare(plan.startMs, plan.endMs, context, view.pool.quarter.curve);
    if (expected < MIN_EXPECTED_SHARE) return unknown(say(speechOf(context), 'why.early'));
    return plain(
      counted('won_amount', view, plan.startMs, plan.endMs, context)! /
        plan.outcome.goal /
        expected,
      counted('won_deals', view, plan.startMs, plan.endMs, context)!,
    );
  },
  deal_value_consistency: (view, context) => {
    const amounts = wonAmounts(view);
    const n = amounts.length;
    if (n < MIN_EVIDENCE) return unknown(say(speechOf(context), 'why.fewAmounts'), n);
    const logs = amounts.map(log);
    const mean = exactSum(logs) / n;
    const nu = SD_LOG_PSEUDO_DEALS;
    const sd = Math.sqrt(
      (nu * view.pool.amounts.sdLog ** 2 + exactSum(logs.map((x) => (x - mean) ** 2))) /
        (nu + n - 1),
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
} satisfies Measures<PartnerView>;
