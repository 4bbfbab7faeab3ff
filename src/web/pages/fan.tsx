import { useEffect, useRef, type ReactNode } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { AnswerOf } from '../api/client.ts';
import { day, money } from '../parts/format.ts';
import { DataTable, type Column } from '../parts/table.tsx';

type Day = AnswerOf<'/v1/connections/{id}/forecasts'>['days'][number];
const HEIGHT = 280;
const SECOND_MS = 1000;
const AXIS_CHARS_WIDTH = 90;
const DAY_SECONDS = 86_400;
/** Days between two marks of the axis. */
const DAYS = [1, 2, 7, 14, 28, 84];

const seconds = (one: Day): number => Date.parse(one.asOf ?? '') / SECOND_MS;
const column = (days: Day[], of: (one: Day) => number): number[] => days.map(of);

/** How the forecast of the quarter has moved, with its band; the same as a table below it. */
export default function Fan({ days, currency }: { days: Day[]; currency: string }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const colour = (name: string): string => getComputedStyle(box).getPropertyValue(name).trim();
    const options = optionsOf(colour, currency, box.clientWidth);
    const chart = new uPlot(
      options,
      [
        column(days, seconds),
        column(days, (one) => one.p90),
        column(days, (one) => one.p10),
        column(days, (one) => one.p50),
        column(days, (one) => one.wonToDate),
        column(days, (one) => one.crmWeighted),
      ],
      box,
    );
    const watch = new ResizeObserver(() =>
      chart.setSize({ width: box.clientWidth, height: HEIGHT }),
    );
    watch.observe(box);
    return () => {
      watch.disconnect();
      chart.destroy();
    };
  }, [days, currency]);
  return (
    <>
      <div
        ref={place}
        className="chart"
        role="img"
        aria-label="The forecast by day; the table below has its numbers"
      />
      <details>
        <summary>The same as a table</summary>
        <DataTable
          caption="Forecast by day"
          columns={columnsOf(currency)}
          rows={days}
          idOf={(row) => row.run}
        />
      </details>
    </>
  );
}

function optionsOf(
  colour: (name: string) => string,
  currency: string,
  width: number,
): uPlot.Options {
  const axis = { stroke: colour('--text'), grid: { stroke: colour('--line'), width: 1 } };
  const value = (_: uPlot, of: number | null): string => (of === null ? '' : money(of, currency));
  const line = (label: string, stroke: string, dash?: number[]): uPlot.Series => ({
    ...{ label, stroke, value, width: 2 },
    points: { show: true, size: 5 },
    ...(dash === undefined ? {} : { dash }),
  });
  return {
    ...{ width, height: HEIGHT },
    scales: { y: { range: (_, low, high) => [Math.min(0, low), high * 1.05 || 1] } },
    legend: { live: false },
    axes: [
      {
        ...axis,
        incrs: DAYS.map((days) => days * DAY_SECONDS),
        values: (_, all) => all.map((one) => day(one * SECOND_MS)),
        space: AXIS_CHARS_WIDTH,
      },
      {
        ...axis,
        size: AXIS_CHARS_WIDTH,
        values: (_, all) => all.map((one) => money(one, currency)),
      },
    ],
    series: [
      { value: (_, of) => (of === null ? '' : day(of * SECOND_MS)) },
      line('High', colour('--band')),
      line('Low', colour('--band')),
      line('Middle', colour('--main')),
      line('Won so far', colour('--good')),
      line('CRM weighted', colour('--quiet'), [6, 4]),
    ],
    bands: [{ series: [1, 2], fill: colour('--band-fill') }],
  };
}

const columnsOf = (currency: string): Column<Day>[] => [
  { id: 'day', header: 'Day', cell: (row) => day(row.asOf) },
  ...(
    [
      ['p10', 'Low'],
      ['p50', 'Middle'],
      ['p90', 'High'],
      ['wonToDate', 'Won so far'],
      ['openMean', 'Open'],
      ['newMean', 'New'],
      ['crmWeighted', 'CRM weighted'],
    ] as const
  ).map(([id, header]) => ({
    ...{ id, header, number: true },
    cell: (row: Day) => money(row[id], currency),
  })),
];
