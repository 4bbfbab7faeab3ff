import { useEffect, useRef, type ReactNode } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { AnswerOf } from '../api/client.ts';
import { day, money } from '../parts/format.ts';
import { DataTable, type Column } from '../parts/table.tsx';
import { useColours } from '../parts/theme.ts';
import { fanOptions, LINES } from './fan-options.ts';
import { fanOf } from './fan-data.ts';

type Answer = AnswerOf<'/v1/connections/{id}/forecasts'>;
type Day = Answer['days'][number];
const HEIGHT = 300;

interface Props extends Answer {
  /** What the joint plans promise for the quarter; null = there is none. */
  plan: number | null;
}

/**
 * How the forecast of the quarter has moved day by day, and where the days ahead lead from what is
 * won; the same numbers stand in a table below it.
 */
export default function Fan({ days, currency, startsAt, endsAt, plan }: Props): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const colours = useColours();
  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const colour = (name: string): string => getComputedStyle(box).getPropertyValue(name).trim();
    const fan = fanOf(days, { startsAt, endsAt, plan });
    const chart = new uPlot(
      fanOptions(colour, currency, box.clientWidth, HEIGHT, fan),
      fan.data,
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
  }, [days, currency, startsAt, endsAt, plan, colours]);
  return (
    <>
      <div
        ref={place}
        className="chart"
        role="img"
        aria-label="The forecast by day, and the days ahead; the table below has the numbers"
      />
      <ul className="legend">
        {LINES.filter(({ id }) => id !== 'plan' || plan !== null).map(({ id, label }) => (
          <li key={id} className={id}>
            {label}
          </li>
        ))}
      </ul>
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

const columnsOf = (currency: string): Column<Day>[] => [
  { id: 'day', header: 'Day', kind: 'short', cell: (row) => day(row.asOf) },
  ...(
    [
      ['p10', 'Low'],
      ['p50', 'Middle'],
      ['p90', 'High'],
      ['wonToDate', 'Won so far'],
      ['openMean', 'Open'],
      ['newMean', 'New'],
      ['crmWeighted', 'By stage probabilities'],
    ] as const
  ).map(([id, header]) => ({
    ...{ id, header, kind: 'number' as const },
    cell: (row: Day) => money(row[id], currency),
  })),
];
