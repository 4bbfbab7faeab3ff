import type { Speech } from './languages.ts';
import { say } from './say.ts';
import { fitSentence } from './fit.ts';
import { written } from './values.ts';
import type { Reason } from '../score.ts';

/** A number in points of 100 with what it is compared with and what leads from there to it. */
export interface Explained {
  headline: string;
  against: string;
  total: number;
  base: number;
  reasons: readonly Reason[];
}

const line = (points: number, text: string, speech: Speech): string =>
  `${written('points', points, speech)} ${text}`;

function group(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

/**
 * The lines of an explanation: what it is the chance of, what it is compared with, what raises and
 * what lowers it, strongest first, and the sum. Of the reasons `kept` stand by themselves; the
 * others are summed, never cut off.
 */
export function explanation(
  { headline, against, total, reasons }: Explained,
  speech: Speech,
  kept: number = reasons.length,
): string[] {
  const ordered = [...reasons].sort(
    (a, b) => Math.abs(b.points) - Math.abs(a.points) || (a.code < b.code ? -1 : 1),
  );
  const rest = ordered.slice(kept);
  const sum = rest.reduce((points, reason) => points + reason.points, 0);
  const side = (raises: boolean): string[] =>
    ordered
      .slice(0, kept)
      .filter((reason) => reason.points > 0 === raises)
      .map((reason) => line(reason.points, reason.text, speech));
  return [
    headline,
    against,
    ...group(say(speech, 'group.up'), side(true)),
    ...group(say(speech, 'group.down'), side(false)),
    ...(rest.length === 0
      ? []
      : [line(sum, say(speech, 'group.rest', { n: rest.length }), speech)]),
    say(speech, 'total', { p: total / 100, day: speech.today }),
  ];
}

/** An explanation as a field of `maxLength` holds it; the points still add up. */
export function reasonsText(explained: Explained, speech: Speech, maxLength: number): string {
  for (let kept = explained.reasons.length; kept >= 0; kept--) {
    const text = explanation(explained, speech, kept).join('\n');
    if (text.length <= maxLength) return text;
  }
  return fitSentence(explained.headline, maxLength);
}
