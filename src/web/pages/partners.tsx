import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { Band } from '../parts/band.tsx';
import { FilterBar } from '../parts/filter-bar.tsx';
import { money, percent } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { More } from '../parts/more.tsx';
import { usePlace } from '../parts/place.ts';
import { AsOf, Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Title } from '../parts/title.tsx';
import { useList } from '../parts/use-list.ts';

type Row = AnswerOf<'/v1/connections/{id}/partners'>['partners'][number];

const ORDERS = ['stake', 'best', 'worst', 'name'] as const;
const ORDER_WORDS = {
  ...{ stake: 'Most money at stake', best: 'Highest score', worst: 'Lowest score', name: 'Name' },
};

/** The partners that were scored, most money at stake first. */
export function PartnersPage(): ReactNode {
  const { connection, search } = usePlace();
  const filter = {
    name: search['name'],
    tier: search['tier'],
    region: search['region'],
    owner: search['owner'],
    order: ORDERS.find((one) => one === search['order']),
  };
  const found = useList(['partners', connection, filter], (after) =>
    get('/v1/connections/{id}/partners', { id: connection }, { ...filter, after }),
  );
  return (
    <>
      <Title of="Partners" />
      <p className="lead">
        Money at stake is what is missing to the goal, times what one more typical win adds to the
        chance of reaching it.
      </p>
      <Filters connection={connection} />
      <Loaded of={found} what="the partners">
        {({ pages }) => (
          <>
            <AsOf at={pages[0]?.asOf ?? null} />
            <List
              connection={connection}
              rows={pages.flatMap((page) => page.partners)}
              currency={pages[0]?.currency ?? ''}
              none={
                Object.entries(filter).some(
                  ([name, value]) => name !== 'order' && value !== undefined,
                )
                  ? 'No partner matches these filters.'
                  : 'No partner has been scored yet: a run reads them and scores them.'
              }
            />
            <More of={found} what="partners" />
          </>
        )}
      </Loaded>
    </>
  );
}

function Filters({ connection }: { connection: string }): ReactNode {
  const choices = useQuery({
    queryKey: ['partner-choices', connection],
    queryFn: () => get('/v1/connections/{id}/partner-choices', { id: connection }),
  }).data;
  const kind = 'pick' as const;
  const open = true;
  const { tiers = [], regions = [], owners = [] } = choices ?? {};
  return (
    <FilterBar
      fields={[
        { kind: 'text', name: 'name', label: 'Name' },
        { kind, open, name: 'tier', label: 'Tier', all: 'All tiers', choices: tiers },
        { kind, open, name: 'region', label: 'Region', all: 'All regions', choices: regions },
        { kind, open, name: 'owner', label: 'Owner', all: 'All owners', choices: owners },
        {
          ...{ kind, name: 'order', label: 'Order', all: ORDER_WORDS.stake },
          choices: ORDERS.slice(1).map((value) => ({ value, label: ORDER_WORDS[value] })),
        },
      ]}
    />
  );
}

function List(props: {
  connection: string;
  rows: Row[];
  currency: string;
  none: string;
}): ReactNode {
  const { connection, rows, currency, none } = props;
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        id: 'name',
        header: 'Partner',
        cell: (row) => (
          <>
            <Go to={[connection, 'partners', row.id]}>{row.name}</Go>
            <small>{[row.tier, row.region, row.ownerName].filter(Boolean).join(' · ')}</small>
          </>
        ),
      },
      {
        id: 'stake',
        header: 'At stake',
        kind: 'number',
        cell: (row) => money(row.score.moneyAtStake, currency),
      },
      {
        id: 'score',
        header: 'Score',
        cell: ({ score }) => (
          <Band
            value={score.score}
            low={score.low}
            high={score.high}
            little={score.littleEvidence}
          />
        ),
      },
      {
        id: 'expected',
        header: 'Expected of the goal',
        kind: 'number',
        cell: (row) => percent(row.score.expectedAttainment),
      },
      {
        id: 'gap',
        header: 'Gap',
        kind: 'number',
        cell: (row) => money(row.score.gap, currency),
      },
      { id: 'next', header: 'Next action', cell: (row) => row.score.nextAction?.text ?? '' },
    ],
    [connection, currency],
  );
  if (rows.length === 0) return <Empty>{none}</Empty>;
  return <DataTable caption="Partners" columns={columns} rows={rows} idOf={(row) => row.id} />;
}
