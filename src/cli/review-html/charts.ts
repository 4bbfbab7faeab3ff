import type { Waterfall } from '../../model/change.ts';
import type { Speech } from '../../model/language/languages.ts';
import { say } from '../../model/language/printed.ts';
import { inWords } from '../../model/language/say.ts';
import type { InternalReview, ReviewStage, SharedReview } from '../../model/review.ts';
import { bars } from './bars.ts';
import { falls, fallsOf } from './falls.ts';

/** A pace beyond this draws no longer bar: one target far ahead would flatten all others. */
const MOST_PACE = 1.5;

/** How far each target is of what should stand by now; the line is what should. */
export function paceChart(targets: SharedReview['targets'], speech: Speech): string {
  const told = targets.flatMap(({ label, pace, side }) =>
    pace === null ? [] : [{ label, pace, side }],
  );
  return bars(
    say(speech, 'review.plan'),
    told.map(({ label, pace, side }) => ({
      label,
      parts: [
        {
          kind: side === 'partner' ? 'said' : 'theirs',
          value: Math.min(MOST_PACE, Math.max(0, pace)),
          words: inWords('percent', pace, speech),
        },
      ],
    })),
    told.length === 0 ? null : 1,
  );
}

/** Open amount by stage, and what is expected of it. */
export const stageChart = (stages: readonly ReviewStage[], speech: Speech): string =>
  bars(
    say(speech, 'review.deals'),
    stages.map(({ stage, amount, expected, deals, stalled, stalledAmount }) => ({
      label: `${stage} (${deals.length})`,
      parts: [
        { kind: 'band', value: amount, words: inWords('money', amount, speech) },
        {
          kind: 'outside',
          value: stalledAmount,
          words: say(speech, 'review.why.stalled', { n: stalled, sum: stalledAmount }),
        },
        { kind: 'said', value: expected, words: inWords('money', expected, speech) },
      ],
    })),
  );

/** A difference by its causes; nothing where there was no number, or none moved. */
export function changeChart(
  { before, after, steps }: Waterfall,
  title: string,
  kind: 'money' | 'decimal',
  speech: Speech,
): string {
  if (before === null || after === null || steps.length === 0) return '';
  const words = (value: number): string => inWords(kind, value, speech);
  return falls(
    title,
    fallsOf(
      [say(speech, 'review.before'), before],
      steps.map(({ cause, amount }) => ({ label: say(speech, `review.cause.${cause}`), amount })),
      say(speech, 'review.now'),
      words,
    ),
  );
}

/** From a comparable peer's chance to this partner's. */
export function driverChart({ score, drivers }: InternalReview, speech: Speech): string {
  return falls(
    say(speech, 'review.drivers'),
    fallsOf(
      [say(speech, 'review.base'), score.base],
      drivers.map(({ text, points }) => ({ label: text, amount: points })),
      say(speech, 'review.score'),
      (value) => inWords('decimal', value, speech),
    ),
  );
}
