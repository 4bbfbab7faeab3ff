import type { MeasureContext, Side } from '../../../model/facts.ts';
import { say } from '../../../model/language/say.ts';
import type { DealScore, PlanPart, Reason } from '../../../model/score.ts';
import { exactSum } from '../../math/exact-sum.ts';
import { speechOf } from '../../math/speech.ts';
import { OUTCOME_METRIC } from '../../plan/period.ts';

/** More than this nobody discusses of one target. */
const MOST = 3;

/** Why a target is behind its pace: what the score says of the outcome, and what stalls. */
export function whyNot(
  part: PlanPart,
  side: Side,
  drivers: readonly Reason[],
  deals: readonly DealScore[],
  context: MeasureContext,
): string[] {
  const { note, pace, gap, unit } = part;
  if (pace === null) return note === null ? [] : [note];
  if (pace >= 1) return [];
  const speech = speechOf(context);
  const behind = say(speech, 'review.why.pace', { p: Math.max(0, pace) });
  if (side === 'vendor' || part.metric !== OUTCOME_METRIC)
    return unit === 'count' && gap !== null && gap > 0
      ? [behind, say(speech, 'review.why.missing', { n: gap })]
      : [behind];
  const stalled = deals.filter(({ health }) => health === 'stalled');
  const sum = exactSum(stalled.map(({ amount }) => amount));
  return [
    behind,
    ...(stalled.length === 0
      ? []
      : [say(speech, 'review.why.stalled', { n: stalled.length, sum })]),
    ...drivers.filter(({ points }) => points < 0).map(({ text }) => text),
  ].slice(0, MOST);
}
