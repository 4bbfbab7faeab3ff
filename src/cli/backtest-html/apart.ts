import type { BacktestOrigin } from '../../model/record.ts';
import { whole } from '../format.ts';
import { across, GROUND, HEIGHT, marks, PAD, place, under, WIDTH } from '../page/axes.ts';
import { box, drawing, scale } from '../page/svg.ts';
import { isoDate, short } from '../page/words.ts';

const BAR = 9;
const ROOM_ABOVE = 1.05;

type Part = 'open' | 'fresh';

/**
 * Said beside brought, of deals that were open or of those not created yet: sums hide errors that
 * cancel.
 */
export function apart(origins: readonly BacktestOrigin[], part: Part): string {
  const top = Math.max(0, ...origins.flatMap((one) => [one[part].said, one[part].brought]));
  if (!(top > 0)) return '';
  const y = scale(0, top * ROOM_ABOVE, GROUND, PAD.top);
  const x = place(origins.length);
  const bars = origins.flatMap((one, i) =>
    (['said', 'brought'] as const).map((which, k) => {
      const value = one[part][which];
      return box(
        which,
        [x(i) + (k - 1) * BAR, y(value)],
        [BAR - 1, Math.max(0, GROUND - y(value))],
        `${isoDate(one.atMs)}: ${which} ${whole(value)}`,
      );
    }),
  );
  const what = part === 'open' ? 'deals that were open' : 'deals not created yet';
  return drawing(WIDTH, HEIGHT, `Said and brought by origin, of ${what}`, [
    ...across(marks(0, top * ROOM_ABOVE), y, short),
    ...under(
      origins.map(({ atMs }) => isoDate(atMs)),
      x,
    ),
    ...bars,
  ]);
}
