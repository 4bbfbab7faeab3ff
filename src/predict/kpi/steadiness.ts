import { exp } from '../../model/real-math.ts';
import { say } from '../../model/language/say.ts';
import type { MeasureContext } from '../../model/facts.ts';
import { casesOf, sameSale } from '../deal/cases.ts';
import { isWin } from '../deal/deal-at.ts';
import { wonBetween } from '../deal/won.ts';
import { quartersBefore } from '../math/calendar.ts';
import { exactSum, exactValue } from '../math/exact-sum.ts';
import { medianOf } from '../math/numeric.ts';
import { speechOf } from '../math/speech.ts';
import { DAY_MS } from '../math/time.ts';
import { BAND_Z, MIN_EVIDENCE, QUARTER_END_DAYS, STEADINESS_QUARTERS } from '../tuning.ts';
import { plain, unknown, type FactView, type Measures } from './kpi.ts';
import { wonAmounts } from './outcome.ts';
import { QUARTER_MS, YEAR_MS } from '../../model/time.ts';

/** When each sale was won, parts of one being one, after `fromMs` and up to `toMs`. */
const winTimes = (view: FactView, fromMs: number, toMs: number): number[] =>
  casesOf(view.states.filter(isWin), sameSale)
    .map((parts) => Math.min(...parts.map((s) => s.closedMs ?? Infinity)))
    .filter((ms) => ms > fromMs && ms <= toMs);

/** Since when both the data and the partner are there. */
const since = (view: FactView): number => Math.max(view.dataSinceMs, view.sinceMs);

/** Whether a moment lies in the last days of a fiscal quarter, in the organisation's zone. */
function atQuarterEnd({ period, timeZone }: MeasureContext): (ms: number) => boolean {
  const ends = [period, ...quartersBefore(period, STEADINESS_QUARTERS, timeZone)].map(
    ({ endMs }) => endMs,
  );
  return (ms) => ends.some((end) => ms < end && end - ms <= QUARTER_END_DAYS * DAY_MS);
}

const fewAmounts = (context: MeasureContext, n: number) =>
  unknown(say(speechOf(context), 'why.fewAmounts'), n);

/** Sizes, growth and evenness of wins. */
export const steadiness = {
  average_deal: (view, context) => {
    const amounts = wonAmounts(view);
    return amounts.length === 0
      ? unknown(say(speechOf(context), 'why.noAmount'))
      : plain(exactSum(amounts) / amounts.length, amounts.length);
  },
  median_deal: (view, context) => {
    const amounts = wonAmounts(view);
    const median = medianOf(amounts);
    return median === null
      ? unknown(say(speechOf(context), 'why.noAmount'))
      : plain(median, amounts.length);
  },
  growth: (view, context) => {
    const { asOfMs } = context;
    if (since(view) > asOfMs - 2 * YEAR_MS) return unknown(say(speechOf(context), 'why.tooEarly'));
    const now = winTimes(view, asOfMs - YEAR_MS, asOfMs).length;
    const before = winTimes(view, asOfMs - 2 * YEAR_MS, asOfMs - YEAR_MS).length;
    if (now + before < MIN_EVIDENCE) return fewAmounts(context, now + before);
    const value = (now + 0.5) / (before + 0.5);
    const spread = exp(BAND_Z * Math.sqrt(1 / (now + 0.5) + 1 / (before + 0.5)));
    const evidence = now + before;
    return { value, low: value / spread, high: value * spread, evidence, note: null };
  },
  quarter_end_share: (view, context) => {
    const times = winTimes(view, context.asOfMs - 2 * YEAR_MS, context.asOfMs);
    return times.length < MIN_EVIDENCE
      ? fewAmounts(context, times.length)
      : plain(times.filter(atQuarterEnd(context)).length / times.length, times.length);
  },
  volatility: (view, context) => {
    const quarters = Array.from({ length: STEADINESS_QUARTERS }, (_, i) => {
      const toMs = context.asOfMs + 1 - i * QUARTER_MS;
      return { fromMs: toMs - QUARTER_MS, toMs };
    }).filter(({ fromMs }) => fromMs >= since(view));
    const won = quarters.map(({ fromMs, toMs }) =>
      exactValue(wonBetween(view.states, fromMs, toMs)),
    );
    const mean = won.length === 0 ? 0 : exactSum(won) / won.length;
    if (won.length < MIN_EVIDENCE || mean <= 0)
      return unknown(say(speechOf(context), 'why.tooEarly'), won.length);
    const variance = exactSum(won.map((one) => (one - mean) ** 2)) / (won.length - 1);
    return plain(Math.sqrt(variance) / mean, won.length);
  },
} satisfies Measures<FactView>;
