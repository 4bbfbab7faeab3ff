import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { FilterBar } from '../parts/filter-bar.tsx';
import { money, percent, tenth, whole } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { More } from '../parts/more.tsx';
import { usePlace } from '../parts/place.ts';
import { AsOf, Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Title } from '../parts/title.tsx';
import { useList } from '../parts/use-list.ts';

type Answer = AnswerOf<'/v1/connections/{id}/customer-value'>;
type Row = Answer['partners'][number];

/** Customers of partners. */
export function CustomerValuePage(): ReactNode {
  const { connection, search } = usePlace();
  const partner = search['partner'];
  const found = useList(['customer-value', connection, partner], (after) =>
    get('/v1/connections/{id}/customer-value', { id: connection }, { partner, after }),
  );
  return (
    <>
      <Title of="Customers of partners" />
      <p className="lead">
        What customers that a partner was first to win with are worth in their first year, beside
        direct customers of the same industries.
      </p>
      <FilterBar fields={[{ kind: 'text', name: 'partner', label: 'Name' }]} />
      <Loaded of={found} what="customers of partners">
        {({ pages }) => (
          <>
            <AsOf at={pages[0]?.asOf ?? null} />
            {pages[0] !== undefined && <p>{wholeOf(pages[0])}</p>}
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

function wholeOf({ customers: { all, missing } }: Answer): string {
  const ratio = all?.ratio ?? null;
  const said =
    ratio === null
      ? 'Too few customers to compare partners as a whole with direct sales'
      : `All partners together: ${tenth(ratio.mean)} times a direct customer (${tenth(ratio.low)} to ${tenth(ratio.high)})`;
  return `${said}. Not on record: ${missing.join(', ')}.`;
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
    id: 'ratio',
    header: 'Times a direct one',
    kind: 'number',
    cell: ({ value: { ratio } }) =>
      ratio === null ? (
        <small>too few</small>
      ) : (
        <>
          {tenth(ratio.mean)}
          <small>
            {tenth(ratio.low)} to {tenth(ratio.high)}
          </small>
        </>
      ),
  },
  {
    id: 'year',
    header: 'First year',
    kind: 'number',
    cell: ({ value }) => money(value.firstYear, currency),
  },
  {
    id: 'direct',
    header: 'Direct',
    kind: 'number',
    cell: ({ value }) => money(value.directFirstYear, currency),
  },
  {
    id: 'again',
    header: 'Bought again',
    kind: 'number',
    cell: ({ value }) => `${percent(value.again)} (direct ${percent(value.directAgain)})`,
  },
  {
    id: 'n',
    header: 'Customers',
    kind: 'number',
    cell: ({ value }) => `${whole(value.n)} beside ${whole(value.direct)}`,
  },
  { id: 'alone', header: 'Not compared', kind: 'number', cell: ({ value }) => whole(value.alone) },
];

function List(props: { connection: string; currency: string; rows: Row[] }): ReactNode {
  const { connection, currency, rows } = props;
  if (rows.length === 0) return <Empty>No partner matches these filters.</Empty>;
  const columns = columnsOf(connection, currency);
  return (
    <DataTable caption="Customers of partners" {...{ columns, rows }} idOf={(row) => row.id} />
  );
}
