import type { BacktestOrigin, Baseline } from '../../model/record.ts';
import { isoDate } from '../page/words.ts';
import { across, GROUND, HEIGHT, marks, PAD, place, under, WIDTH } from '../page/axes.ts';
import { dot, drawing, path, scale } from '../page/svg.ts';

const LINES: readonly { kind: string; of: (one: BacktestOrigin) => number | null }[] = [
  { kind: 'base', of: (one) => one.baseline['baseRate' satisfies Baseline] ?? null },
  { kind: 'table', of: (one) => one.baseline['stageAge' satisfies Baseline] ?? null },
  { kind: 'ours', of: ({ logLoss }) => logLoss },
];
/** Above and below the lines, as a share of what they span. */
const ROOM = 0.1;

/** Log loss of open deals at each origin, beside the two simpler ways: the lowest line is best. */
export function losses(origins: readonly BacktestOrigin[]): string {
  const all = origins.flatMap((one) => LINES.map(({ of }) => of(one)).filter((x) => x !== null));
  if (all.length === 0) return '';
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = ROOM * (high - low) || ROOM;
  const [from, to] = [Math.max(0, low - room), high + room];
  const x = place(origins.length);
  const y = scale(from, to, GROUND, PAD.top);
  const drawn = LINES.flatMap(({ kind, of }) => {
    const points = origins.flatMap((one, i) => {
      const value = of(one);
      return value === null ? [] : [{ at: [x(i), y(value)] as const, value, one }];
    });
    return [
      path(
        kind,
        points.map(({ at }) => at),
      ),
      ...points.map(({ at, value, one }) =>
        dot(`${kind} mark`, at[0], at[1], 3, `${isoDate(one.atMs)}: ${value.toFixed(4)}`),
      ),
    ];
  });
  return drawing(WIDTH, HEIGHT, 'Log loss of open deals by origin', [
    ...across(marks(from, to), y, (value) => value.toFixed(3)),
    ...under(
      origins.map(({ atMs }) => isoDate(atMs)),
      x,
    ),
    ...drawn,
  ]);
}
