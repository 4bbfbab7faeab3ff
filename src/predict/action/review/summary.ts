import type { Speech } from '../../../model/language/languages.ts';
import { say } from '../../../model/language/say.ts';
import type { InternalReview, SharedReview } from '../../../model/review.ts';
import { exactSum } from '../../math/exact-sum.ts';

/** Room for a sentence that quotes others. */
const ROOM = 1000;

type Shared = Omit<SharedReview, 'summary'>;
type Internal = Omit<InternalReview, 'summary'>;

/** How the partner's own targets stand: the first sentence. */
function planSentence({ partner, period, plan, targets }: Shared, speech: Speech): string {
  const given = { partner: partner.name, period: period.label };
  const own = targets.filter(({ side }) => side === 'partner');
  if (plan === null || own.length === 0) return say(speech, 'summary.plan.none', given);
  const measured = own
    .flatMap(({ label, pace }) => (pace === null ? [] : [{ label, pace: Math.max(0, pace) }]))
    .toSorted((a, b) => a.pace - b.pace || (a.label < b.label ? -1 : 1));
  if (measured.length === 0) return say(speech, 'summary.plan.early', { ...given, n: own.length });
  const k = measured.filter(({ pace }) => pace < 1).length;
  const [furthest] = measured;
  if (k === 0) return say(speech, 'summary.plan.kept', { ...given, n: measured.length });
  const { label: target, pace } = furthest!;
  return say(speech, 'summary.plan.behind', { ...given, n: measured.length, k, target, pace });
}

function openDeals({ deals }: Shared): { n: number; open: number } {
  return { n: deals.length, open: exactSum(deals.map(({ amount }) => amount ?? 0)) };
}

function forecastSentence(shared: Shared, { forecast, stages }: Internal, speech: Speech): string {
  const { p10: floor, p50: sum, p90: ceiling } = forecast;
  const given = { sum, floor, ceiling };
  const { n, open } = openDeals(shared);
  const k = stages.reduce((all, { stalled }) => all + stalled, 0);
  if (n === 0) return say(speech, 'summary.forecast.none', given);
  if (k === 0) return say(speech, 'summary.forecast', { ...given, n, open });
  return say(speech, 'summary.forecast.stalled', { ...given, n, open, k });
}

/** What weighs most, and what to do first. */
function scoreSentence({ score: said, drivers, coaching }: Internal, speech: Speech): string {
  const { score, low: lower, high: upper } = said;
  const given = { score, lower, upper };
  const [driver] = drivers.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const [next] = coaching;
  if (driver === undefined) return say(speech, 'summary.score', given);
  const reason = driver.text;
  return next === undefined
    ? say(speech, 'summary.driver', { ...given, reason }, ROOM)
    : say(speech, 'summary.next', { ...given, reason, action: next.text }, ROOM);
}

function dealSentence(shared: Shared, speech: Speech): string {
  const { n, open } = openDeals(shared);
  return n === 0 ? say(speech, 'summary.deals.none') : say(speech, 'summary.deals', { n, open });
}

function promiseSentence({ promises }: Shared, speech: Speech): string {
  const k = promises.filter(({ overdueDays }) => overdueDays > 0).length;
  return promises.length === 0
    ? say(speech, 'summary.promises.none')
    : say(speech, 'summary.promises', { n: promises.length, k });
}

/**
 * A partner's period in three sentences. Without its internal part a pack is summed up from what
 * both sides may see, and nothing else.
 */
export function summaryOf(shared: Shared, internal: Internal | null, speech: Speech): string[] {
  const plan = planSentence(shared, speech);
  return internal === null
    ? [plan, dealSentence(shared, speech), promiseSentence(shared, speech)]
    : [plan, forecastSentence(shared, internal, speech), scoreSentence(internal, speech)];
}
