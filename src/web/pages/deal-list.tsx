import { useMemo, type ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { Band } from '../parts/band.tsx';
import { money, percent, plainDay } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { More } from '../parts/more.tsx';
import { Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { useList } from '../parts/use-list.ts';

type Row = AnswerOf<'/v1/connections/{id}/deals'>['deals'][number];
export interface DealFilter {
  name?: string;
  partner?: string;
  owner?: string;
  state?: Row['state'];
  health?: 'on track' | 'slipping' | 'stalled';
  zombie?: 'true';
  order?: 'value' | 'amount' | 'close' | 'probability' | 'name';
}

/** Deals as a table, most expected money first unless the filter says otherwise. */
export function DealList({
  connection,
  filter,
  none,
}: {
  connection: string;
  filter: DealFilter;
  none: string;
}): ReactNode {
  const found = useList(['deals', connection, filter], (after) =>
    get('/v1/connections/{id}/deals', { id: connection }, { ...filter, after }),
  );
  const columns = useMemo(
    () => columnsOf(connection, filter.partner !== undefined),
    [connection, filter.partner],
  );
  return (
    <Loaded of={found} what="the deals">
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.deals);
        if (rows.length === 0) return <Empty>{none}</Empty>;
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

const columnsOf = (connection: string, ofOnePartner: boolean): Column<Row>[] => [
  {
    id: 'name',
    header: 'Deal',
    cell: (row) => (
      <>
        <Go to={[connection, 'deals', row.id]}>{row.name}</Go>
        <small>{row.stage}</small>
      </>
    ),
  },
  {
    id: 'partner',
    header: 'Partner',
    cell: (row) => {
      if (ofOnePartner) return '';
      if (row.partnerId === null) return 'direct';
      return (
        <Go to={[connection, 'partners', row.partnerId]}>{row.partnerName ?? row.partnerId}</Go>
      );
    },
  },
  {
    id: 'amount',
    header: 'Amount',
    kind: 'number',
    cell: (row) => (row.amount === null ? 'none' : money(row.amount, row.currency)),
  },
  { id: 'close', header: 'Closes', kind: 'short', cell: (row) => plainDay(row.closeDate) },
  {
    id: 'chance',
    header: 'Chance to win',
    cell: ({ score, state }) =>
      score === null ? (
        state
      ) : (
        <Band
          value={score.probability}
          low={score.low}
          high={score.high}
          max={1}
          text={percent}
          little={score.littleEvidence}
        />
      ),
  },
  { id: 'health', header: 'Health', kind: 'short', cell: (row) => row.score?.health ?? row.state },
  { id: 'next', header: 'Next action', cell: (row) => row.score?.nextAction?.text ?? '' },
];
