import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { FilterBar } from '../parts/filter-bar.tsx';
import { tenth } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { More } from '../parts/more.tsx';
import { usePlace } from '../parts/place.ts';
import { AsOf, Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Title } from '../parts/title.tsx';
import { useList } from '../parts/use-list.ts';

type Row = AnswerOf<'/v1/connections/{id}/c3'>['partners'][number];
type Name = keyof Row['c3'];
type Code = Row['c3'][Name]['parts'][number]['code'];

const PARTS: Record<Code, string> = {
  certificates: 'certificates in force',
  depth: 'different certificates',
  wins: 'wins above expectation',
  sellers: 'people who sell',
  load: 'load beyond the usual',
  throughput: 'wins of a year',
  plan: 'plan in force',
  sessions: 'planning sessions',
  promises: 'promises kept',
  progress: 'deals shown to be real',
  signals: 'signs proven to foretell wins',
};

/** Capability, capacity and commitment of partners. */
export function C3Page(): ReactNode {
  const { connection, search } = usePlace();
  const partner = search['partner'];
  const found = useList(['c3', connection, partner], (after) =>
    get('/v1/connections/{id}/c3', { id: connection }, { partner, after }),
  );
  return (
    <>
      <Title of="Capability, capacity, commitment" />
      <p className="lead">
        Each from 0 to 100 beside the partners of its type, 50 as is usual; its parts lead from 50
        to the number. Signs weigh only where they are proven to foretell wins (
        <code>headwater kpi list</code>).
      </p>
      <FilterBar fields={[{ kind: 'text', name: 'partner', label: 'Name' }]} />
      <Loaded of={found} what="what partners are able to do">
        {({ pages }) => (
          <>
            <AsOf at={pages[0]?.asOf ?? null} />
            <List {...{ connection }} rows={pages.flatMap((page) => page.partners)} />
            <More of={found} what="partners" />
          </>
        )}
      </Loaded>
    </>
  );
}

const signed = (points: number): string => `${points > 0 ? '+' : ''}${tenth(points)}`;

function Score({ of }: { of: Row['c3'][Name] }): ReactNode {
  const { value, parts, evidence, missing } = of;
  return (
    <>
      <strong>{tenth(value)}</strong>
      <small>
        {parts.map(({ code, points }) => `${PARTS[code]} ${signed(points)}`).join(', ')}
        {parts.length > 0 && '; '}
        {evidence} behind it
        {missing.length > 0 &&
          `; nothing on record: ${missing.map((one) => PARTS[one]).join(', ')}`}
      </small>
    </>
  );
}

function List({ connection, rows }: { connection: string; rows: Row[] }): ReactNode {
  if (rows.length === 0) return <Empty>No partner matches these filters.</Empty>;
  const of = (name: Name, header: string): Column<Row> => ({
    ...{ id: name, header },
    cell: ({ c3 }) => <Score of={c3[name]} />,
  });
  const columns: Column<Row>[] = [
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
    of('capability', 'Capability'),
    of('capacity', 'Capacity'),
    of('commitment', 'Commitment'),
  ];
  return (
    <DataTable
      caption="Capability, capacity, commitment"
      {...{ columns, rows }}
      idOf={(row) => row.id}
    />
  );
}
