import uPlot from 'uplot';
import { day, money } from '../parts/format.ts';
import type { FanData } from './fan-data.ts';

const SECOND_MS = 1000;
const DAY_SECONDS = 86_400;
/** Days between two marks of the axis. */
const DAYS = [1, 2, 7, 14, 28, 84];
const AXIS_WIDTH = 90;
const ROOM_ABOVE = 1.05;
const DASH = [6, 4];

/** What the legend names; a band stands for both of its ends. */
export const LINES = [
  { id: 'band', label: 'Forecast, with its 80% band' },
  { id: 'won', label: 'Won so far' },
  { id: 'crm', label: 'By stage probabilities' },
  { id: 'ahead', label: 'Days ahead: from what is won to the end of the quarter' },
  { id: 'plan', label: 'Joint plans, the part of this quarter' },
] as const;

/** How the lines of a `FanData` are drawn. */
export function fanOptions(
  colour: (name: string) => string,
  currency: string,
  width: number,
  height: number,
  fan: FanData,
): uPlot.Options {
  const axis = { stroke: colour('--text'), grid: { stroke: colour('--line'), width: 1 } };
  const line = (stroke: string, more: Partial<uPlot.Series> = {}): uPlot.Series => ({
    ...{ stroke: colour(stroke), width: 2, spanGaps: true },
    points: { show: fan.data[0].length < 12, size: 5 },
    ...more,
  });
  const thin = { width: 1, points: { show: false } };
  return {
    ...{ width, height },
    scales: {
      x: { time: true, range: () => [fan.startSeconds, fan.endSeconds] },
      y: { range: (_, low, high) => [Math.min(0, low), high * ROOM_ABOVE || 1] },
    },
    legend: { show: false },
    cursor: { show: false },
    hooks: { drawAxes: [(chart) => today(chart, fan.nowSeconds, colour('--quiet'))] },
    axes: [
      {
        ...axis,
        incrs: DAYS.map((days) => days * DAY_SECONDS),
        values: (_, all) => all.map((one) => day(one * SECOND_MS)),
        space: AXIS_WIDTH,
      },
      { ...axis, size: AXIS_WIDTH, values: (_, all) => all.map((one) => money(one, currency)) },
    ],
    series: [
      {},
      line('--band', thin),
      line('--band', thin),
      line('--main'),
      line('--good'),
      line('--quiet', { dash: DASH, points: { show: false } }),
      line('--good', thin),
      line('--good', thin),
      line('--good', { dash: DASH, points: { show: false } }),
      line('--plan', { dash: [2, 3], points: { show: false } }),
    ],
    bands: [
      { series: [1, 2], fill: colour('--band-fill') },
      { series: [6, 7], fill: colour('--ahead-fill') },
    ],
  };
}

/** Where what is known ends and the days ahead begin. */
function today({ ctx, bbox, valToPos }: uPlot, atSeconds: number, stroke: string): void {
  const x = Math.round(valToPos(atSeconds, 'x', true));
  ctx.save();
  ctx.strokeStyle = stroke;
  ctx.setLineDash([2, 4]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}
