import { useMemo, type ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { lookAgain } from '../api/queries.ts';
import { moment, whole } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { More } from '../parts/more.tsx';
import { Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { useList } from '../parts/use-list.ts';

type Run = AnswerOf<'/v1/runs'>['runs'][number];

export const runWords = (run: Run): string =>
  `${run.kind === 'sync' && run.dryRun ? 'plan' : run.kind}${run.full ? ', everything' : ''}`;
export const STATE_WORDS: Record<Run['state'], string> = {
  running: 'at work',
  done: 'done',
  failed: 'failed',
  'paused-budget': 'waits for the API limit',
  abandoned: 'the process ended',
  stopped: 'stopped',
};

/** Every run of the connection, the newest first. */
export function Runs({ connection }: { connection: string }): ReactNode {
  const columns = useMemo<Column<Run>[]>(
    () => [
      {
        id: 'started',
        header: 'Started',
        cell: (row) => <Go to={[connection, 'runs', row.id]}>{moment(row.startedAt)}</Go>,
      },
      { id: 'kind', header: 'Kind', cell: runWords },
      {
        id: 'state',
        header: 'State',
        cell: (row) => <span className={`mark ${row.state}`}>{STATE_WORDS[row.state]}</span>,
      },
      { id: 'calls', header: 'Calls', kind: 'number', cell: (row) => whole(row.calls) },
      { id: 'error', header: 'What went wrong', cell: (row) => row.error ?? '' },
    ],
    [connection],
  );
  const found = useList(
    ['run-list', connection],
    (after) => get('/v1/runs', {}, { connection, after }),
    (data) => lookAgain(data?.pages.flatMap(({ runs }) => runs)),
  );
  return (
    <Loaded of={found} what="the runs">
      {({ pages }) => {
        const runs = pages.flatMap((page) => page.runs);
        if (runs.length === 0) return <Empty>Nothing has run yet.</Empty>;
        return (
          <>
            <DataTable caption="Newest first" columns={columns} rows={runs} idOf={({ id }) => id} />
            <More of={found} what="runs" />
          </>
        );
      }}
    </Loaded>
  );
}
