import { useMemo, type ReactNode } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { Band } from '../parts/band.tsx';
import { day, money } from '../parts/format.ts';
import { DataTable, type Column } from '../parts/table.tsx';

type Record = NonNullable<AnswerOf<'/v1/connections/{id}/record'>['live']>;
type Past = NonNullable<Record['past']>[number];

const fell = ({ low, high, amount }: Past): string =>
  amount < low ? 'below the interval' : amount > high ? 'above the interval' : 'within it';

const columnsOf = (currency: string, most: number): Column<Past>[] => [
  { id: 'period', header: 'Quarter', kind: 'short', cell: (row) => row.period },
  { id: 'said', header: 'Said on', kind: 'short', cell: (row) => day(row.saidMs) },
  {
    id: 'interval',
    header: 'Forecast, with its 80% interval',
    cell: ({ middle, low, high, amount }) => (
      <Band
        {...{ value: middle, low, high, max: most, came: amount }}
        text={(value) => money(value, currency)}
      />
    ),
  },
  {
    id: 'came',
    header: 'Came to',
    kind: 'number',
    cell: (row) => <strong>{money(row.amount, currency)}</strong>,
  },
  { id: 'fell', header: 'Which is', cell: fell },
];

/** Each past forecast of a quarter in its interval, and what the quarter brought. */
export function PastIntervals(props: { past: Past[]; currency: string; from: string }): ReactNode {
  const { past, currency, from } = props;
  const columns = useMemo(() => {
    const most = Math.max(0, ...past.flatMap(({ high, amount }) => [high, amount]));
    return columnsOf(currency, most);
  }, [past, currency]);
  if (past.length === 0) return null;
  return (
    <DataTable
      caption={`Past forecasts beside what came, ${from}: the bar marks what the quarter brought`}
      columns={columns}
      rows={past}
      idOf={(row) => `${row.period}/${row.saidMs}`}
    />
  );
}
