import type { Reason } from '../../model/score.ts';

/**
 * One step of an explanation before rounding: points of 100. Its words depend on whether it raises
 * or lowers the number, as it is shown in the end.
 */
export interface Step {
  code: string;
  points: number;
  text: (raises: boolean) => string;
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
  // What raises is never rounded to what lowers, nor the other way round, and nothing stays
  // nothing.
  const upwards = byRest.filter((c) => c.step.points > 0 || c.whole < 0);
  const downwards = byRest.filter((c) => c.step.points < 0 || c.whole > 0).reverse();
  // A difference beyond one tenth a step would be a mistake in the steps; it is still given out,
  // so that the sum stays true.
  for (let i = 0; missing > 0 && byRest.length > 0; i++, missing--)
    next(upwards, byRest, i).whole++;
  for (let i = 0; missing < 0 && byRest.length > 0; i++, missing++)
    next(downwards, byRest, i).whole--;
  return cut
    .filter((c) => c.whole !== 0)
    .map(({ step, whole }) => ({
      code: step.code,
      points: whole / 10,
      text: step.text(whole > 0),
    }));
}

const next = <T>(fitting: readonly T[], all: readonly T[], i: number): T =>
  fitting.length > 0 ? fitting[i % fitting.length]! : all[i % all.length]!;
