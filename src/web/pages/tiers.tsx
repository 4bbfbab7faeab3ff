import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { FilterBar } from '../parts/filter-bar.tsx';
import { plainDay } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { More } from '../parts/more.tsx';
import { usePlace } from '../parts/place.ts';
import { AsOf, Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Title } from '../parts/title.tsx';
import { useList } from '../parts/use-list.ts';

type Row = AnswerOf<'/v1/connections/{id}/tiers'>['partners'][number];

/** Where partners stand on their ladders. */
export function TiersPage(): ReactNode {
  const { connection, search } = usePlace();
  const filter = {
    partner: search['partner'],
    open: search['open'] === 'true' ? ('true' as const) : undefined,
  };
  const found = useList(['tiers', connection, filter], (after) =>
    get('/v1/connections/{id}/tiers', { id: connection }, { ...filter, after }),
  );
  return (
    <>
      <Title of="Tiers" />
      <p className="lead">
        A tier changes only when somebody approves it (<code>headwater tier approve</code>, with who
        and why). What is proposed has been reached, or missed, for long enough.
      </p>
      <FilterBar
        fields={[
          { kind: 'text', name: 'partner', label: 'Name' },
          {
            ...{ kind: 'pick', name: 'open', label: 'Show', all: 'All partners' },
            choices: [{ value: 'true', label: 'Proposed or lapsing soon' }],
          },
        ]}
      />
      <Loaded of={found} what="the tiers">
        {({ pages }) => (
          <>
            <AsOf at={pages[0]?.asOf ?? null} />
            <List connection={connection} rows={pages.flatMap((page) => page.partners)} />
            <More of={found} what="partners" />
          </>
        )}
      </Loaded>
    </>
  );
}

const columnsOf = (connection: string): Column<Row>[] => [
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
  { id: 'tier', header: 'In force', kind: 'short', cell: ({ standing }) => standing.tier ?? '' },
  { id: 'proposed', header: 'Proposed', kind: 'short', cell: (row) => row.standing.proposed ?? '' },
  { id: 'text', header: 'Where it stands', cell: (row) => row.text },
  {
    id: 'items',
    header: 'What the next tier asks',
    cell: ({ standing: { next }, items }) =>
      next === null ? (
        ''
      ) : (
        <ul>
          {next.items.map(({ measure, met }, i) => (
            <li key={measure}>
              {met ? '✓' : '✗'} {items[i]}
            </li>
          ))}
        </ul>
      ),
  },
  {
    id: 'lapses',
    header: 'Lapses if nothing is won',
    kind: 'short',
    cell: ({ standing: { lapsesOn } }) => (lapsesOn === null ? '' : plainDay(lapsesOn)),
  },
];

function List({ connection, rows }: { connection: string; rows: Row[] }): ReactNode {
  if (rows.length === 0)
    return (
      <Empty>
        Nothing to show: no partner matches, or the mapping has no ladders under settings.tiers.
      </Empty>
    );
  const columns = columnsOf(connection);
  return <DataTable caption="Tiers" {...{ columns, rows }} idOf={(row) => row.id} />;
}
