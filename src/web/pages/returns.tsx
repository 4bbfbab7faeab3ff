import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { FilterBar } from '../parts/filter-bar.tsx';
import { money, percent, whole } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { More } from '../parts/more.tsx';
import { usePlace } from '../parts/place.ts';
import { AsOf, Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Title } from '../parts/title.tsx';
import { useList } from '../parts/use-list.ts';

type Answer = AnswerOf<'/v1/connections/{id}/return'>;
type Row = Answer['partners'][number];

/** Return on partners. */
export function ReturnPage(): ReactNode {
  const { connection, search } = usePlace();
  const partner = search['partner'];
  const found = useList(['return', connection, partner], (after) =>
    get('/v1/connections/{id}/return', { id: connection }, { partner, after }),
  );
  return (
    <>
      <Title of="Return on partners" />
      <p className="lead">
        What came back in twelve months of what was spent on each partner, on margin. Without a cost
        on record there is no return, however much was won.
      </p>
      <FilterBar fields={[{ kind: 'text', name: 'partner', label: 'Name' }]} />
      <Loaded of={found} what="the return on partners">
        {({ pages }) => (
          <>
            <AsOf at={pages[0]?.asOf ?? null} />
            {pages[0] !== undefined && <p>{coverageOf(pages[0])}</p>}
            <List
              {...{ connection, currency: pages[0]?.currency ?? '' }}
              rows={pages.flatMap((one) => one.partners)}
            />
            <More of={found} what="partners" />
          </>
        )}
      </Loaded>
    </>
  );
}

const WHY = {
  'no cost': () => 'no cost on record',
  'no margin': (known: string) => `margins known of ${known} only`,
};

function coverageOf({ coverage: { known, missing } }: Answer): string {
  const all = known.length + missing.length;
  const none = missing.length === 0 ? '' : `; none of: ${missing.join(', ')}`;
  return `${known.length} of ${all} types of cost are on record${none}.`;
}

const columnsOf = (connection: string, currency: string): Column<Row>[] => [
  {
    id: 'name',
    header: 'Partner',
    cell: (row) => (
      <>
        <Go to={[connection, 'partners', row.id]}>{row.name}</Go>
        <small>{row.type}</small>
      </>
    ),
  },
  {
    id: 'return',
    header: 'Return',
    kind: 'number',
    cell: (row) => (row.return.value === null ? 'n/a' : percent(row.return.value)),
  },
  {
    id: 'why',
    header: 'Why not',
    cell: (row) =>
      row.return.why === null ? '' : WHY[row.return.why](percent(row.return.marginKnown)),
  },
  {
    id: 'margin',
    header: 'Margin',
    kind: 'number',
    cell: (row) => money(row.return.margin, currency),
  },
  {
    id: 'cost',
    header: 'Cost',
    kind: 'number',
    cell: (row) => money(row.return.cost, currency),
  },
  {
    id: 'won',
    header: 'Won',
    kind: 'number',
    cell: (row) => money(row.return.won, currency),
  },
  {
    id: 'costs',
    header: 'Kinds of cost',
    cell: (row) => row.return.costs.map(({ of }) => of).join(', '),
  },
  {
    id: 'unknown',
    header: 'Without amount',
    kind: 'number',
    cell: (row) => whole(row.return.unknownCosts),
  },
];

function List(props: { connection: string; currency: string; rows: Row[] }): ReactNode {
  const { connection, currency, rows } = props;
  if (rows.length === 0) return <Empty>No partner matches these filters.</Empty>;
  const columns = columnsOf(connection, currency);
  return <DataTable caption="Return on partners" {...{ columns, rows }} idOf={(row) => row.id} />;
}
