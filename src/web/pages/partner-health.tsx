import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { FilterBar } from '../parts/filter-bar.tsx';
import { percent, tenth } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { More } from '../parts/more.tsx';
import { usePlace } from '../parts/place.ts';
import { AsOf, Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Title } from '../parts/title.tsx';
import { useList } from '../parts/use-list.ts';

type Row = AnswerOf<'/v1/connections/{id}/partner-health'>['partners'][number];
type Pillar = Row['health']['pillars'][number];

const PILLARS: Record<Pillar['pillar'], string> = {
  onboarding: 'Onboarding',
  enablement: 'Enablement',
  marketing: 'Marketing',
  pipeline: 'Pipeline',
  incentives: 'Incentives',
  engagement: 'Engagement',
};

/** The health of partners by six pillars. */
export function PartnerHealthPage(): ReactNode {
  const { connection, search } = usePlace();
  const partner = search['partner'];
  const found = useList(['partner-health', connection, partner], (after) =>
    get('/v1/connections/{id}/partner-health', { id: connection }, { partner, after }),
  );
  return (
    <>
      <Title of="Partner health" />
      <p className="lead">
        The worst first. Only outcomes, and metrics that are proven to foretell wins on your own
        deals (<code>headwater kpi list</code>), weigh anything; without wins nobody passes 60.
      </p>
      <FilterBar fields={[{ kind: 'text', name: 'partner', label: 'Name' }]} />
      <Loaded of={found} what="the health of partners">
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

function PillarCell({ of }: { of: Pillar | undefined }): ReactNode {
  if (of === undefined || of.value === null) return <small>nothing on record</small>;
  return (
    <>
      {tenth(of.value)}
      <small>{of.weight > 0 ? `weight ${percent(of.weight)}` : 'unproven, no weight'}</small>
    </>
  );
}

function List({ connection, rows }: { connection: string; rows: Row[] }): ReactNode {
  if (rows.length === 0) return <Empty>No partner matches these filters.</Empty>;
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
    {
      id: 'health',
      header: 'Health',
      kind: 'number',
      cell: ({ health: { value, most } }) => (
        <>
          {tenth(value)}
          <small>at most {tenth(most)} by its wins</small>
        </>
      ),
    },
    ...Object.entries(PILLARS).map(
      ([pillar, header]): Column<Row> => ({
        ...{ id: pillar, header },
        kind: 'number',
        cell: ({ health }) => (
          <PillarCell of={health.pillars.find((one) => one.pillar === pillar)} />
        ),
      }),
    ),
  ];
  return <DataTable caption="Partner health" {...{ columns, rows }} idOf={(row) => row.id} />;
}
