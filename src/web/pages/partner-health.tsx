import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { percent, tenth } from '../parts/format.ts';
import type { Column } from '../parts/table.tsx';
import { PartnerList } from './partner-list.tsx';

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
  return (
    <PartnerList
      title="Partner health"
      lead={
        <>
          Worst first. Only outcomes, and metrics that are proven to foretell wins on your own deals
          (<code>headwater kpi list</code>), weigh anything; without wins nobody passes 60.
        </>
      }
      what="the health of partners"
      load={(id, asked) => get('/v1/connections/{id}/partner-health', { id }, asked)}
      columns={() => COLUMNS}
    />
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

const COLUMNS: Column<Row>[] = [
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
      cell: ({ health }) => <PillarCell of={health.pillars.find((one) => one.pillar === pillar)} />,
    }),
  ),
];
