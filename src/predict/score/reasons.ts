import type { Reason } from '../../model/score.ts';

/** One step of an explanation before rounding: points of 100. */
export interface Step {
  code: string;
  points: number;
  text: string;
}

/** A number in points of 100 at the one decimal that is shown. */
export const tenths = (points: number): number => Math.round(points * 10) / 10;

/**
 * Steps rounded to tenths so that `base` and the reasons add up to `total` exactly as shown
 * (largest remainder: each is cut to a tenth, what is missing goes to those cut the most). Steps
 * that come to nothing are not shown. `base` and `total` are given in tenths; the steps must sum
 * to about their difference.
 */
export function roundReasons(base: number, total: number, steps: readonly Step[]): Reason[] {
  const cut = steps.map((step, index) => ({
    step,
    index,
    whole: Math.floor(step.points * 10),
    rest: step.points * 10 - Math.floor(step.points * 10),
  }));
  let missing =
    Math.round(total * 10) - Math.round(base * 10) - cut.reduce((sum, c) => sum + c.whole, 0);
  const byRest = [...cut].sort((a, b) => b.rest - a.rest || a.index - b.index);
  // A difference beyond one tenth a step would be a mistake in the steps; it is still given out,
  // so that the sum stays true.
  for (let i = 0; missing > 0 && byRest.length > 0; i++, missing--)
    byRest[i % byRest.length]!.whole++;
  for (let i = 0; missing < 0 && byRest.length > 0; i++, missing++)
    byRest[byRest.length - 1 - (i % byRest.length)]!.whole--;
  return cut
    .filter((c) => c.whole !== 0)
    .map(({ step, whole }) => ({ code: step.code, points: whole / 10, text: step.text }));
}
