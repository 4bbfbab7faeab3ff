import type { Reason } from '../model/score.ts';

const signed = (points: number): string => `${points > 0 ? '+' : ''}${points.toFixed(1)}`;

/**
 * Reasons as a rep reads them, one a line, strongest first; the points still add up to the score.
 * What does not fit is summed in a last line, never cut off.
 */
export function reasonsText(
  score: number,
  base: number,
  reasons: Reason[],
  maxLength: number,
): string {
  const ordered = [...reasons].sort(
    (a, b) => Math.abs(b.points) - Math.abs(a.points) || (a.code < b.code ? -1 : 1),
  );
  const head = `${score.toFixed(1)} = ${base.toFixed(1)} for a comparable peer`;
  for (let kept = ordered.length; kept >= 0; kept--) {
    const rest = ordered.slice(kept);
    const lines = [
      head,
      ...ordered.slice(0, kept).map((reason) => `${signed(reason.points)} ${reason.text}`),
    ];
    if (rest.length > 0)
      lines.push(
        `${signed(rest.reduce((sum, reason) => sum + reason.points, 0))} ${rest.length} smaller reasons`,
      );
    const text = lines.join('\n');
    if (text.length <= maxLength) return text;
  }
  return head.slice(0, maxLength);
}

/**
 * A sentence for a field of `maxLength`: whole words, with an ellipsis
 * where it had to be shortened.
 */
export function fitSentence(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), maxLength - 40))}…`;
}
