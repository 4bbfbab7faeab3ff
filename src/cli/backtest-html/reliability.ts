import type { CalibrationBin, ChanceRecord } from '../../model/record.ts';
import { across, GROUND, HEIGHT, PAD } from '../page/axes.ts';
import { dot, drawing, label, line, path, scale } from '../page/svg.ts';

/** Said and happened run over the same shares: a square tells them apart by eye. */
const SIDE = GROUND - PAD.top;
const WIDTH = PAD.left + SIDE + PAD.right + 24;
const SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1];
const x = scale(0, 1, PAD.left, PAD.left + SIDE);
const y = scale(0, 1, GROUND, PAD.top);
const percent = (share: number): string => `${Math.round(100 * share)}%`;

const words = ({ n, said, happened: { value, low, high } }: CalibrationBin): string =>
  `${percent(said)} said on average, ${percent(value)} happened` +
  (low === null || high === null ? '' : ` (95%: ${percent(low)} to ${percent(high)})`) +
  `, of ${n}`;

/** A large tenth is a large mark: its area goes with how many it holds. */
const LARGEST = 9;
const SMALLEST = 3;

/** What was said beside what happened, by tenth; on the diagonal the two are the same. */
export function reliability({ bins }: ChanceRecord, what: string): string {
  const most = Math.max(1, ...bins.map(({ n }) => n));
  return drawing(WIDTH, HEIGHT, `${what}: said against happened, by tenth`, [
    ...across(SHARES, y, percent, PAD.left + SIDE),
    ...SHARES.map((share) => label(percent(share), x(share), HEIGHT - 14, 'middle')),
    path('ideal', [
      [x(0), y(0)],
      [x(1), y(1)],
    ]),
    path(
      'ours',
      bins.map(({ said, happened }) => [x(said), y(happened.value)] as const),
    ),
    ...bins.map(({ said, happened: { low, high } }) =>
      low === null || high === null ? '' : line('error', x(said), y(low), x(said), y(high)),
    ),
    ...bins.map((bin) =>
      dot(
        'mark',
        x(bin.said),
        y(bin.happened.value),
        Math.max(SMALLEST, LARGEST * Math.sqrt(bin.n / most)),
        words(bin),
      ),
    ),
  ]);
}
