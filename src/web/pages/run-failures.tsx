import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { moment, whole } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';

type Group = AnswerOf<'/v1/connections/{id}/run-failures'>['failures'][number];

/** What the engine does about an error by itself, in the words of somebody who waits for it. */
const KINDS: Record<NonNullable<Group['kind']>, string> = {
  config: 'settings: needs a person',
  auth: 'sign-in: the connection waits',
  limit: 'API limit: waits, then goes on',
  transient: 'temporary: retried',
  rejected: 'a record was refused',
  bug: 'a fault of Headwater',
};

const columnsOf = (connection: string): Column<Group>[] => [
  { id: 'runs', header: 'Runs', kind: 'number', cell: (row) => whole(row.runs) },
  {
    id: 'kind',
    header: 'Kind',
    cell: (row) => (row.kind === null ? 'the process ended' : KINDS[row.kind]),
  },
  { id: 'why', header: 'What went wrong', cell: (row) => row.message },
  { id: 'cure', header: 'What to do', cell: (row) => row.cure ?? '' },
  {
    id: 'last',
    header: 'Last',
    cell: (row) => <Go to={[connection, 'runs', row.lastRun]}>{moment(row.lastAt)}</Go>,
  },
];

/** Why runs ended early in the past month, by reason, each with its cure. */
export function RunFailures({ connection }: { connection: string }): ReactNode {
  const found = useQuery({
    queryKey: ['run-failures', connection],
    queryFn: () => get('/v1/connections/{id}/run-failures', { id: connection }),
  });
  return (
    <section aria-labelledby="failures">
      <h2 id="failures">Errors of the past 30 days</h2>
      <Loaded of={found} what="the errors">
        {({ failures }) =>
          failures.length === 0 ? (
            <Empty>No run has failed.</Empty>
          ) : (
            <DataTable
              caption="By reason, the latest first"
              columns={columnsOf(connection)}
              rows={failures}
              idOf={(row) => row.lastRun}
            />
          )
        }
      </Loaded>
    </section>
  );
}
