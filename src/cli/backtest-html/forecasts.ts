import type { BacktestOrigin } from '../../model/record.ts';
import { whole } from '../format.ts';
import { across, GROUND, HEIGHT, marks, PAD, place, under, WIDTH } from '../page/axes.ts';
import { box, dot, drawing, line, scale } from '../page/svg.ts';
import { isoDate, short } from '../page/words.ts';

const BAR = 14;
const ROOM_ABOVE = 1.05;

/** One origin: the 80% interval as a bar with its median, what came, and what the CRM said. */
function bar(one: BacktestOrigin, at: number, y: (value: number) => number): string[] {
  const { low, middle, high, amount, crm } = one;
  const inside = amount >= low && amount <= high;
  const interval = `${isoDate(one.atMs)}: ${whole(low)} to ${whole(high)}, median ${whole(middle)}`;
  return [
    box('band', [at - BAR / 2, y(high)], [BAR, Math.max(1, y(low) - y(high))], interval),
    line('ours', at - BAR / 2, y(middle), at + BAR / 2, y(middle)),
    line('crm', at - BAR, y(crm), at + BAR, y(crm)),
    dot(
      inside ? 'came inside' : 'came outside',
      at,
      y(amount),
      4,
      `came ${whole(amount)}: ${inside ? 'inside' : 'outside'}; the CRM's weighted pipeline ${whole(crm)}`,
    ),
  ];
}

/** The forecast of each origin with its interval, beside what came. */
export function forecasts(origins: readonly BacktestOrigin[]): string {
  const top = Math.max(0, ...origins.flatMap(({ high, amount, crm }) => [high, amount, crm]));
  if (!(top > 0)) return '';
  const bottom = Math.min(0, ...origins.map(({ low, amount }) => Math.min(low, amount)));
  const y = scale(bottom, top * ROOM_ABOVE, GROUND, PAD.top);
  const x = place(origins.length);
  return drawing(WIDTH, HEIGHT, 'Forecast of each origin beside what came', [
    ...across(marks(bottom, top * ROOM_ABOVE), y, short),
    ...under(
      origins.map(({ atMs }) => isoDate(atMs)),
      x,
    ),
    ...origins.flatMap((one, i) => bar(one, x(i), y)),
  ]);
}
