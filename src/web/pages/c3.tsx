import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { tenth } from '../parts/format.ts';
import type { Column } from '../parts/table.tsx';
import { PartnerList } from './partner-list.tsx';

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
  return (
    <PartnerList
      title="Capability, capacity, commitment"
      lead={
        <>
          Each from 0 to 100 among the partners of its type, 50 being typical; its parts lead from
          50 to the number. Signs weigh only where they are proven to foretell wins (
          <code>headwater kpi list</code>).
        </>
      }
      what="what partners are able to do"
      load={(id, asked) => get('/v1/connections/{id}/c3', { id }, asked)}
      columns={() => COLUMNS}
    />
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

const columnOf = (name: Name, header: string): Column<Row> => ({
  ...{ id: name, header },
  cell: ({ c3 }) => <Score of={c3[name]} />,
});
const COLUMNS = [
  columnOf('capability', 'Capability'),
  columnOf('capacity', 'Capacity'),
  columnOf('commitment', 'Commitment'),
];
