import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { FilterBar } from '../parts/filter-bar.tsx';
import { money, plainDay, tenth, whole } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { More } from '../parts/more.tsx';
import { usePlace } from '../parts/place.ts';
import { AsOf, Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Title } from '../parts/title.tsx';
import { useList } from '../parts/use-list.ts';

type Answer = AnswerOf<'/v1/connections/{id}/funds'>;
type Fund = Answer['funds'][number];
type Group = Answer['returns'][number];
type Proposal = AnswerOf<'/v1/connections/{id}/funds/proposals'>['proposals'][number];

const GROUPS = ['activity', 'territory', 'vertical'] as const;
const LABELS = { activity: 'Activity', territory: 'Territory', vertical: 'Industry' };

/** Campaigns with partners: what they cost, what came of them, where the next would pay. */
export function FundsPage(): ReactNode {
  const { connection, search } = usePlace();
  const by = GROUPS.find((one) => one === search['by']) ?? 'activity';
  const found = useList(['funds', connection, by], (after) =>
    get('/v1/connections/{id}/funds', { id: connection }, { by, after }),
  );
  return (
    <>
      <Title of="Development funds" />
      <p className="lead">
        Campaigns with partners, by deals that are credited to them and to their partner. People
        decide (<code>headwater fund decide</code>, with who and why); nothing is paid or written.
      </p>
      <FilterBar
        fields={[
          {
            ...{ kind: 'pick', name: 'by', label: 'Returns by', all: 'Activity' },
            choices: GROUPS.slice(1).map((value) => ({ value, label: LABELS[value] })),
          },
        ]}
      />
      <Loaded of={found} what="the funds">
        {({ pages }) => {
          const currency = pages[0]?.currency ?? '';
          return (
            <>
              <AsOf at={pages[0]?.asOf ?? null} />
              <Returns {...{ by, currency }} rows={pages[0]?.returns ?? []} />
              <Proposals connection={connection} />
              <Funds {...{ currency }} rows={pages.flatMap((page) => page.funds)} />
              <More of={found} what="campaigns" />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

const timesOf = ({ times }: { times: Group['times'] }): string =>
  `${tenth(times.mean)} (${tenth(times.low)} to ${tenth(times.high)})`;

function Returns(props: {
  by: (typeof GROUPS)[number];
  currency: string;
  rows: Group[];
}): ReactNode {
  const { by, currency, rows } = props;
  if (rows.length === 0) return <Empty>No campaign with a known cost is done.</Empty>;
  const columns: Column<Group>[] = [
    { id: 'of', header: LABELS[by], cell: ({ of }) => of ?? 'not named' },
    { id: 'times', header: 'Won over cost', kind: 'number', cell: timesOf },
    {
      id: 'lead',
      header: 'Cost a deal',
      kind: 'number',
      cell: ({ costPerLead }) => (costPerLead === null ? 'no deal' : money(costPerLead, currency)),
    },
    { id: 'n', header: 'Campaigns', kind: 'number', cell: ({ funds }) => whole(funds) },
  ];
  return <DataTable caption="Returns" {...{ columns, rows }} idOf={({ of }) => of ?? ''} />;
}

function Proposals({ connection }: { connection: string }): ReactNode {
  const found = useQuery({
    queryKey: ['fund-proposals', connection],
    queryFn: async () => await get('/v1/connections/{id}/funds/proposals', { id: connection }, {}),
  });
  return (
    <Loaded of={found} what="the proposals">
      {({ proposals, findings, currency }) => {
        const columns: Column<Proposal>[] = [
          {
            id: 'partner',
            header: 'Partner',
            cell: (row) => <Go to={[connection, 'partners', row.partnerId]}>{row.partner}</Go>,
          },
          {
            id: 'amount',
            header: 'Proposed',
            kind: 'number',
            cell: ({ amount }) => money(amount, currency),
          },
          { id: 'times', header: 'Expected won over cost', kind: 'number', cell: timesOf },
          {
            id: 'why',
            header: 'Why',
            cell: ({ own, ownTimes }) =>
              ownTimes === null
                ? 'no campaign yet: by its territory'
                : `${whole(own)} of its own brought ${tenth(ownTimes)} times the cost`,
          },
        ];
        return (
          <>
            {proposals.length > 0 && (
              <DataTable
                caption="Where the next would pay"
                {...{ columns, rows: proposals }}
                idOf={(row) => row.partnerId}
              />
            )}
            <p>{findings.length} to look at (headwater fund review).</p>
          </>
        );
      }}
    </Loaded>
  );
}

const saidOf = ({ decision, by, why }: NonNullable<Fund['decided']>): ReactNode => (
  <>
    {decision} by {by}
    <small>{why}</small>
  </>
);

function Funds({ currency, rows }: { currency: string; rows: Fund[] }): ReactNode {
  if (rows.length === 0) return <Empty>No campaign of a partner is on record.</Empty>;
  const columns: Column<Fund>[] = [
    {
      id: 'name',
      header: 'Campaign',
      cell: ({ name, partner }) => (
        <>
          {name}
          <small>{partner}</small>
        </>
      ),
    },
    {
      id: 'start',
      header: 'Start',
      cell: ({ startOn }) => (startOn === null ? '' : plainDay(startOn)),
    },
    { id: 'state', header: 'State', kind: 'short', cell: ({ state }) => state },
    {
      id: 'decided',
      header: 'Decided',
      cell: ({ decided }) => decided !== null && saidOf(decided),
    },
    {
      id: 'cost',
      header: 'Cost',
      kind: 'number',
      cell: ({ cost }) => (cost === null ? 'unknown' : money(cost, currency)),
    },
    { id: 'leads', header: 'Deals', kind: 'number', cell: ({ leads }) => whole(leads) },
    { id: 'won', header: 'Won', kind: 'number', cell: ({ won }) => money(won, currency) },
  ];
  return <DataTable caption="Campaigns" {...{ columns, rows }} idOf={({ id }) => id} />;
}
