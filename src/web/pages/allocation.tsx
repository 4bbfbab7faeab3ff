import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { FilterBar } from '../parts/filter-bar.tsx';
import { money, oneTenth, signed } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { More } from '../parts/more.tsx';
import { usePlace } from '../parts/place.ts';
import { AsOf, Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Title } from '../parts/title.tsx';
import { useList } from '../parts/use-list.ts';

type Answer = AnswerOf<'/v1/connections/{id}/allocation'>;
type Row = NonNullable<Answer['partners']>[number];

/** What is spent on partners today beside the same total by what they are worth. */
export function AllocationPage(): ReactNode {
  const { connection, search } = usePlace();
  const of = search['of'] === 'funds' ? ('funds' as const) : ('hours' as const);
  const found = useList(['allocation', connection, of], (after) =>
    get('/v1/connections/{id}/allocation', { id: connection }, { of, after }),
  );
  return (
    <>
      <Title of="Allocation" />
      <p className="lead">
        The same total, spread so that one more hour is worth the same wherever any is spent. One
        shape of diminishing returns is assumed for all partners, since it cannot be learned from
        the past.
      </p>
      <FilterBar
        fields={[
          {
            ...{ kind: 'pick', name: 'of', label: 'Spread', all: 'Hours of a quarter' },
            choices: [{ value: 'funds', label: 'Funds of a year' }],
          },
        ]}
      />
      <Loaded of={found} what="the allocation">
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.partners ?? []);
          const currency = pages[0]?.currency ?? '';
          const text = (value: number): string =>
            of === 'hours' ? `${oneTenth(value)} h` : money(value, currency);
          const columns = columnsOf(connection, text, currency);
          return (
            <>
              <AsOf at={pages[0]?.asOf ?? null} />
              {rows.length === 0 ? (
                <Empty>
                  {of === 'hours'
                    ? 'No activity of our own people is on record for the last quarter.'
                    : 'No costs with a known amount are on record for the last year.'}
                </Empty>
              ) : (
                <DataTable caption="Allocation" {...{ columns, rows }} idOf={(row) => row.id} />
              )}
              <More of={found} what="partners" />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

const columnsOf = (
  connection: string,
  text: (value: number) => string,
  currency: string,
): Column<Row>[] => [
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
    id: 'value',
    header: 'Worth in a year',
    kind: 'number',
    cell: (row) => money(row.value1y, currency),
  },
  { id: 'now', header: 'Spent today', kind: 'number', cell: (row) => text(row.now) },
  { id: 'suggested', header: 'By worth', kind: 'number', cell: (row) => text(row.suggested) },
  {
    id: 'difference',
    header: 'Difference',
    kind: 'number',
    cell: (row) => signed(row.suggested - row.now, text),
  },
  {
    id: 'marginal',
    header: 'One more is worth, mean = 1',
    kind: 'number',
    cell: (row) => oneTenth(row.marginal),
  },
];
