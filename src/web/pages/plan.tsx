import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get } from '../api/client.ts';
import { runOf } from '../api/queries.ts';
import { usePlace } from '../parts/place.ts';
import { Empty, Loaded } from '../parts/states.tsx';
import { Title } from '../parts/title.tsx';
import { useSource } from '../parts/words.ts';
import { StartRun } from './start-run.tsx';
import { Writes } from './writes.tsx';

/** The newest plan that waits, or how to make one. */
export function PlanPage(): ReactNode {
  const { connection } = usePlace();
  const source = useSource();
  const newest = useQuery({
    queryKey: ['newest-plan', connection],
    queryFn: () =>
      get('/v1/runs', {}, { connection, dryRun: 'true', state: 'done', kind: 'sync', limit: 1 }),
    refetchInterval: 5_000,
  });
  return (
    <>
      <Title of="Write-back plan" />
      <p className="lead">
        What Headwater would write into the {source}. Nothing is written before you approve it.
      </p>
      <StartRun connection={connection} dryRun label="Make a new plan" />
      <Loaded of={newest} what="the plan">
        {({ runs: [run] }) =>
          run === undefined ? (
            <Empty>There is no plan yet. Make one: it reads the {source} and writes nothing.</Empty>
          ) : (
            <Writes key={run.id} run={run.id} />
          )
        }
      </Loaded>
    </>
  );
}

/** What any run wrote or would write; what it wrote can be taken back. */
export function WritesPage(): ReactNode {
  const { params } = usePlace();
  const id = params['run'] ?? '';
  return (
    <Loaded of={useQuery(runOf(id))} what="the run" title="What a run writes">
      {({ run }) => (
        <>
          <Title of={run.kind === 'undo' ? 'What is taken back' : 'What a run writes'} />
          <p className="lead">
            Run <code>{run.id}</code>
            {run.dryRun ? ', which wrote nothing' : ''}
          </p>
          <Writes key={run.id} run={run.id} />
        </>
      )}
    </Loaded>
  );
}
