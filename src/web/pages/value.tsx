import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { Band } from '../parts/band.tsx';
import { Facts, type Fact } from '../parts/facts.tsx';
import { FilterBar } from '../parts/filter-bar.tsx';
import { chance, money, percent, tenth, whole } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { More } from '../parts/more.tsx';
import { usePlace } from '../parts/place.ts';
import { AsOf, Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Title } from '../parts/title.tsx';
import { useList } from '../parts/use-list.ts';

type Answer = AnswerOf<'/v1/connections/{id}/value'>;
type Row = Answer['partners'][number];

/** What partners are worth, and how few of them bring how much. */
export function ValuePage(): ReactNode {
  const { connection, search } = usePlace();
  const partner = search['partner'];
  const found = useList(['value', connection, partner], (after) =>
    get('/v1/connections/{id}/value', { id: connection }, { partner, after }),
  );
  return (
    <>
      <Title of="Partner value" />
      <p className="lead">
        What is expected to be won with each partner, from how often it wins, how much, and how
        likely it has stopped selling without saying so.
      </p>
      <FilterBar fields={[{ kind: 'text', name: 'partner', label: 'Name' }]} />
      <Loaded of={found} what="what partners are worth">
        {({ pages }) => {
          const [first] = pages;
          const currency = first?.currency ?? '';
          return (
            <>
              <AsOf at={first?.asOf ?? null} />
              <Facts facts={concentrationOf(first?.concentration ?? null, currency)} />
              <List {...{ connection, currency }} rows={pages.flatMap((page) => page.partners)} />
              <More of={found} what="partners" />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function concentrationOf(found: Answer['concentration'], currency: string): Fact[] {
  if (found === null)
    return [{ label: 'Won in twelve months', value: 'nothing', note: 'nothing to share out' }];
  const { topFifth, effective } = found;
  return [
    {
      label: 'Won in twelve months',
      value: money(found.total, currency),
      note: `by ${whole(found.partners)} partners`,
    },
    {
      label: 'Brought by the largest fifth',
      value: <Band {...topFifth} max={1} text={percent} />,
      note: 'measured, with its 80% interval',
    },
    {
      label: 'As concentrated as',
      value: <Band {...effective} max={found.partners} />,
      note: 'partners of one size',
    },
  ];
}

const columnsOf = (connection: string, currency: string): Column<Row>[] => {
  const inMoney = (value: number): string => money(value, currency);
  return [
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
      id: 'year',
      header: 'Next year',
      cell: ({ value: { value1y } }) => (
        <Band
          {...{ value: value1y.mean, low: value1y.low, high: value1y.high }}
          {...{ max: value1y.high || 1, text: inMoney }}
        />
      ),
    },
    {
      id: 'threeYears',
      header: 'Three years',
      kind: 'number',
      cell: ({ value: { value3y } }) => inMoney(value3y.mean),
    },
    {
      id: 'again',
      header: 'Still sells',
      kind: 'number',
      cell: ({ value }) => chance(value.active),
    },
    {
      id: 'last',
      header: 'Last twelve months',
      kind: 'number',
      cell: ({ value }) => inMoney(value.lastYear),
    },
    {
      id: 'wins',
      header: 'Months with a win',
      kind: 'number',
      cell: ({ value: { history } }) => `${tenth(history.wins)} of ${tenth(history.months)}`,
    },
  ];
};

function List(props: { connection: string; currency: string; rows: Row[] }): ReactNode {
  const { connection, currency, rows } = props;
  if (rows.length === 0) return <Empty>No valued partner matches.</Empty>;
  const columns = columnsOf(connection, currency);
  return <DataTable caption="Partner value" {...{ columns, rows }} idOf={(row) => row.id} />;
}
