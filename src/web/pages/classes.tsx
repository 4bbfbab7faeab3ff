import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { FilterBar } from '../parts/filter-bar.tsx';
import { chance, day, money, percent, plainDay, plural } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { More } from '../parts/more.tsx';
import { usePlace } from '../parts/place.ts';
import { AsOf, Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Title } from '../parts/title.tsx';
import { useList } from '../parts/use-list.ts';

type Row = AnswerOf<'/v1/connections/{id}/classes'>['partners'][number];

const CLASSES = ['grow', 'intervene', 'review'] as const;
const WORDS = { grow: 'Grow', intervene: 'Intervene', review: 'Review' };

/** Which partners to grow, to help, to review. */
export function ClassesPage(): ReactNode {
  const { connection, search } = usePlace();
  const filter = {
    partner: search['partner'],
    class: CLASSES.find((one) => one === search['class']),
  };
  const found = useList(['classes', connection, filter], (after) =>
    get('/v1/connections/{id}/classes', { id: connection }, { ...filter, after }),
  );
  return (
    <>
      <Title of="Partner classes" />
      <p className="lead">
        A silent partner is up for review only after something was tried with it (
        <code>headwater class tried</code>) and had its time. No class is an exit: that is for
        people.
      </p>
      <FilterBar
        fields={[
          { kind: 'text', name: 'partner', label: 'Name' },
          {
            ...{ kind: 'pick', name: 'class', label: 'Class', all: 'All classes' },
            choices: CLASSES.map((value) => ({ value, label: WORDS[value] })),
          },
        ]}
      />
      <Loaded of={found} what="the classes">
        {({ pages }) => (
          <>
            <AsOf at={pages[0]?.asOf ?? null} />
            <List
              {...{ connection, currency: pages[0]?.currency ?? '' }}
              rows={pages.flatMap((page) => page.partners)}
            />
            <More of={found} what="partners" />
          </>
        )}
      </Loaded>
    </>
  );
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
    id: 'class',
    header: 'Class',
    kind: 'short',
    cell: ({ classed: { name } }) => (name === null ? 'none yet' : WORDS[name]),
  },
  { id: 'why', header: 'Why', cell: (row) => row.text },
  {
    id: 'attainment',
    header: 'Expected of the goal',
    kind: 'number',
    cell: ({ classed }) => percent(classed.evidence.attainment),
  },
  {
    id: 'active',
    header: 'Still sells',
    kind: 'number',
    cell: ({ classed }) => chance(classed.evidence.active),
  },
  {
    id: 'silent',
    header: 'Last win or new deal',
    cell: ({ classed: { evidence } }) =>
      evidence.silentMonths === null
        ? 'none'
        : evidence.silentMonths === 0
          ? 'this month'
          : `${plural(evidence.silentMonths, 'month')} ago`,
  },
  {
    id: 'value',
    header: 'Worth in a year',
    kind: 'number',
    cell: ({ value1y }) => (value1y === null ? '' : money(value1y, currency)),
  },
  {
    id: 'tried',
    header: 'Tried',
    cell: ({ classed: { tried, reviewOn } }) =>
      tried.length === 0 ? (
        ''
      ) : (
        <ul>
          {tried.map(({ atMs, by, what }) => (
            <li key={atMs}>
              {day(atMs)}, {by}: {what}
            </li>
          ))}
          {reviewOn !== null && <li>review due on {plainDay(reviewOn)}</li>}
        </ul>
      ),
  },
];

function List(props: { connection: string; currency: string; rows: Row[] }): ReactNode {
  const { connection, currency, rows } = props;
  if (rows.length === 0) return <Empty>No partner matches these filters.</Empty>;
  const columns = columnsOf(connection, currency);
  return <DataTable caption="Partner classes" {...{ columns, rows }} idOf={(row) => row.id} />;
}
