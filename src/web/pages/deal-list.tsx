import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { Band } from '../parts/band.tsx';
import { money, percent, plainDay } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { More } from '../parts/more.tsx';
import { Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';

type Row = AnswerOf<'/v1/connections/{id}/deals'>['deals'][number];
export interface DealFilter {
  name?: string;
  partner?: string;
  owner?: string;
  state?: Row['state'];
  health?: 'on track' | 'slipping' | 'stalled';
  order?: 'value' | 'amount' | 'close' | 'probability' | 'name';
}

/** Deals with the chance of a win, most expected money first. */
export function DealList(props: { connection: string; filter: DealFilter }): ReactNode {
  const { connection, filter } = props;
  const found = useInfiniteQuery({
    queryKey: ['deals', connection, filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      get('/v1/connections/{id}/deals', { id: connection }, { ...filter, after: pageParam }),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const columns = useMemo(() => columnsOf(connection), [connection]);
  return (
    <Loaded of={found} what="the deals">
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.deals);
        if (rows.length === 0) return <Empty>No deal matches.</Empty>;
        return (
          <>
            <DataTable caption="Deals" columns={columns} rows={rows} idOf={(row) => row.id} />
            <More of={found} what="deals" />
          </>
        );
      }}
    </Loaded>
  );
}

const columnsOf = (connection: string): Column<Row>[] => [
  {
    id: 'name',
    header: 'Deal',
    cell: (row) => (
      <>
        <strong>{row.name}</strong>
        <small>{row.stage}</small>
      </>
    ),
  },
  {
    id: 'partner',
    header: 'Partner',
    cell: (row) =>
      row.partnerId === null ? (
        'direct'
      ) : (
        <Go to={[connection, 'partners', row.partnerId]}>{row.partnerName ?? row.partnerId}</Go>
      ),
  },
  {
    id: 'amount',
    header: 'Amount',
    number: true,
    cell: (row) => (row.amount === null ? 'none' : money(row.amount, row.currency)),
  },
  { id: 'close', header: 'Closes', cell: (row) => plainDay(row.closeDate) },
  {
    id: 'chance',
    header: 'Chance',
    cell: ({ score, state }) =>
      score === null ? (
        state
      ) : (
        <Band value={score.probability} low={score.low} high={score.high} max={1} text={percent} />
      ),
  },
  { id: 'health', header: 'Health', cell: (row) => row.score?.health ?? row.state },
  { id: 'next', header: 'Next action', cell: (row) => row.score?.nextAction?.text ?? 'none' },
];
