import { say } from '../../model/language/say.ts';
import type { MeasureContext, SignalFacts } from '../../model/facts.ts';
import type { SIGNAL_KINDS } from '../../model/signals.ts';
import { dayStart } from '../math/calendar.ts';
import { exactSum } from '../math/exact-sum.ts';
import { speechOf } from '../math/speech.ts';
import { DAY_MS, WEEK_MS } from '../math/time.ts';
import { FREQUENCY_WEEKS } from '../tuning.ts';
import { certificatesInForce } from './certificates.ts';
import { plain, unknown, type FactView, type Measured, type Measures } from './kpi.ts';

type SignalKindId = keyof typeof SIGNAL_KINDS;

/** Days of a kind that are over and known, after `fromMs`. */
const daysOf = (
  view: FactView,
  kind: SignalKindId,
  fromMs: number,
  { asOfMs }: MeasureContext,
): SignalFacts[] =>
  view.partner.signals.filter(
    (one) => one.kind === kind && one.atMs > fromMs && Math.max(one.atMs, one.knownMs) <= asOfMs,
  );

const total = (days: readonly SignalFacts[]): number => exactSum(days.map((one) => one.value));
const horizonStart = ({ asOfMs, horizonDays }: MeasureContext): number =>
  asOfMs - horizonDays * DAY_MS;
const noSignal = (context: MeasureContext, kind: SignalKindId): Measured =>
  unknown(say(speechOf(context), 'why.noSignal', { feed: kind }));

/** Mean of the newest day: what stands now of something that is measured now and then. */
function newest(
  view: FactView,
  kind: SignalKindId,
  context: MeasureContext,
): { value: number; n: number } | null {
  const days = daysOf(view, kind, horizonStart(context), context);
  const lastMs = days.reduce((last, one) => Math.max(last, one.atMs), -Infinity);
  const last = days.filter((one) => one.atMs === lastMs);
  const n = last.reduce((sum, one) => sum + one.n, 0);
  return n === 0 ? null : { value: total(last) / n, n };
}

const perWeek =
  (kind: SignalKindId) =>
  (view: FactView, context: MeasureContext): Measured => {
    const weeks = FREQUENCY_WEEKS * WEEK_MS;
    const days = daysOf(view, kind, context.asOfMs - weeks, context);
    const ever = daysOf(view, kind, -Infinity, context).length > 0;
    return ever ? plain(total(days) / FREQUENCY_WEEKS, total(days)) : noSignal(context, kind);
  };

const inPeriod =
  (kind: SignalKindId) =>
  (view: FactView, context: MeasureContext): Measured => {
    const days = daysOf(view, kind, context.period.startMs, context);
    const ever = daysOf(view, kind, -Infinity, context).length > 0;
    return ever ? plain(total(days), total(days)) : noSignal(context, kind);
  };

/** One kind as a share of another in the trailing horizon. */
const shareOf =
  (part: SignalKindId, whole: SignalKindId) =>
  (view: FactView, context: MeasureContext): Measured => {
    const fromMs = horizonStart(context);
    const of = total(daysOf(view, whole, fromMs, context));
    if (of === 0) return noSignal(context, whole);
    return plain(Math.min(1, total(daysOf(view, part, fromMs, context)) / of), of);
  };

/** What partners do and learn. */
export const engagement = {
  certified_share: (view, context) => {
    const sellers = newest(view, 'active_sellers', context);
    if (sellers === null || sellers.value === 0) return noSignal(context, 'active_sellers');
    const certified = certificatesInForce(view.partner.certifications, context).length;
    return plain(Math.min(1, certified / sellers.value), certified);
  },
  certification_depth: (view, context) => {
    const names = new Set(
      certificatesInForce(view.partner.certifications, context).map((one) => one.name),
    );
    return plain(names.size, names.size);
  },
  training_completion: shareOf('training_completed', 'training_assigned'),
  learning_path: (view, context) => {
    const found = newest(view, 'learning_path', context);
    return found === null ? noSignal(context, 'learning_path') : plain(found.value, found.n);
  },
  portal_frequency: perWeek('portal_login'),
  content_consumption: perWeek('content_download'),
  campaigns_executed: inPeriod('campaign_executed'),
  response_rate: shareOf('message_answered', 'message_sent'),
  plan_participation: inPeriod('plan_meeting'),
  onboarding_steps: (view, context) => {
    const days = daysOf(view, 'onboarding_step', -Infinity, context);
    return days.length === 0
      ? noSignal(context, 'onboarding_step')
      : plain(total(days), total(days));
  },
  incentives_used: ({ partner }, context) => {
    const { asOfMs, timeZone } = context;
    const used = partner.costs.filter(({ at }) => {
      const ms = dayStart(at, timeZone);
      return ms !== null && ms <= asOfMs && ms > horizonStart(context);
    });
    return plain(used.length, used.length);
  },
  partner_satisfaction: (view, context) => {
    const days = daysOf(view, 'partner_satisfaction', horizonStart(context), context);
    const n = days.reduce((sum, one) => sum + one.n, 0);
    return n === 0 ? noSignal(context, 'partner_satisfaction') : plain(total(days) / n, n);
  },
} satisfies Measures<FactView>;
